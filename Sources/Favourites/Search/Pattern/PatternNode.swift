/// The syntax tree of a pattern.
indirect enum PatternNode: Sendable {
  case empty
  case step(Pattern.Step)
  case set(CharacterSet)
  case sequence([PatternNode])
  case choice(PatternNode, PatternNode)
  case repeated(PatternNode, Int, Int?)
}
