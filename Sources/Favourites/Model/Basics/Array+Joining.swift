extension [String] {
  /// The texts one after another, with a separator between them.
  ///
  /// It stands before the one of Swift's library, whose first use looks up types and their conformances while the program
  /// runs: 94,000 instructions, of 330,000 for a whole start.
  package func joined(separator: String = "") -> String {
    var text = first ?? ""
    for part in dropFirst() {
      text += separator
      text += part
    }
    return text
  }
}
