internal import Favourites

// Values as other programs write them: what is of another type than expected says nothing, and is no error.

extension JSONReader {
  /// A string that is not empty, or a number as it is spelled; nil for all else.
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

  /// An instant, as a number or as text.
  mutating func readDate() throws(JSONError) -> Timestamp? {
    guard try peekKind() == .number else { return try readText().flatMap(ForeignDate.any) }
    return try readNumber().integer.flatMap(ForeignDate.epoch)
  }

  /// A whole number; nil for all else.
  mutating func readWhole() throws(JSONError) -> Int64? {
    guard try peekKind() == .number else { return try readText().flatMap { Int64($0) } }
    return try readNumber().integer
  }
}
