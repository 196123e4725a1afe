internal import Favourites

// Lenient readers of values by other programs: a value of an unexpected type is ignored rather than
// an error.

extension JSONReader {
  /// A non-empty string, or a number as it is written; otherwise nil.
  mutating func readText() throws(JSONError) -> String? {
    switch try peekKind() {
    case .string:
      let text = try readString()
      return text.isEmpty ? nil : text
    case .number: return try readNumberText()
    default:
      try skipValue()
      return nil
    }
  }

  /// A date, as a number or a string.
  mutating func readDate() throws(JSONError) -> Timestamp? {
    guard try peekKind() == .number else { return try readText().flatMap(ForeignDate.any) }
    return try readNumber().integer.flatMap(ForeignDate.epoch)
  }

  /// A whole number; otherwise nil.
  mutating func readWhole() throws(JSONError) -> Int64? {
    guard try peekKind() == .number else { return try readText().flatMap { Int64($0) } }
    return try readNumber().integer
  }
}
