/// How many there are, in the place of a list.
struct CountOption: Sendable {
  var countsOnly = false

  static let options: [Option<CountOption>] = [
    .flag("count", nil, "print only the number of results", \.countsOnly)
  ]
}

extension Context {
  /// Prints a number alone on its line, in JSON too.
  mutating func print(count: Int64) throws(Failure) { try output.write("\(count)\n") }
}
