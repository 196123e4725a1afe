/// The option to print a count instead of a list.
struct CountOption: Sendable {
  var countsOnly = false

  static let options: [Option<CountOption>] = [
    .flag("count", nil, "print only the number of results", \.countsOnly)
  ]
}

extension Context {
  /// Prints a number on a line of its own, also in JSON.
  mutating func print(count: Int64) throws(Failure) { try output.write("\(count)\n") }
}
