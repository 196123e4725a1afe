/// A word of a fish command line.
enum FishWord {
  /// The word without quotes, with nothing expanded or run.
  static func text(_ word: String) -> String {
    var result = String.UnicodeScalarView()
    var rest = word.unicodeScalars[...]
    var quote: Unicode.Scalar?
    while let scalar = rest.popFirst() {
      switch (quote, scalar) {
      case (nil, "'"), (nil, "\""): quote = scalar
      case (let open?, scalar) where open == scalar: quote = nil
      case (nil, "\\"):
        if let next = rest.popFirst() { result.append(next) }
      case (let open?, "\\"):
        guard let next = rest.popFirst() else { break }
        let isEscaped = next == open || next == "\\" || (open == "\"" && next == "$")
        if !isEscaped { result.append("\\") }
        result.append(next)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
