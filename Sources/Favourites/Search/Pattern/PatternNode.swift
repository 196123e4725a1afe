/// A pattern as it is written: what stands in what.
indirect enum PatternNode: Sendable {
  case empty
  case step(Pattern.Step)
  case set(CharacterSet)
  case sequence([PatternNode])
  case choice(PatternNode, PatternNode)
  case repeated(PatternNode, Int, Int?)
}
