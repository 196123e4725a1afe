/// A number as spelled: a JSON number with at most 15 significant digits.
///
/// `3.10` stays `3.10` and equals `3.1`, since numbers are compared by value. Other spellings
/// (`.5`, `+5`, `007`) and numbers with more digits are more often names than numbers, and a double
/// would not represent them exactly.
package struct Number: Hashable, Sendable {
  /// The spelling: JSON, unchanged.
  package let text: String
  /// The nearest double.
  package let value: Double

  /// The most significant digits: as many as every double preserves.
  static let mostDigits = 15
  /// The longest spelling, in bytes; longer ones are mostly zeros.
  static let longest = 64

  /// Parses a text; nil if it is not a number.
  package init?(_ text: String) {
    guard Self.isSpelling(text), let value = Double(text), value.isFinite else { return nil }
    // A number too small for a double would lose digits.
    guard
      value.isNormal
        || !text.utf8.prefix(while: { $0 | 0x20 != 0x65 }).contains(where: Self.isNonzero)
    else { return nil }
    self.text = text
    self.value = value
  }

  /// Takes a number from JSON that was stored as one, whatever its digits; nil if it is out of
  /// range.
  init?(kept text: String) {
    guard text.utf8.count <= Limits.metadataTextBytes, let value = Double(text), value.isFinite
    else {
      return nil
    }
    self.text = text
    self.value = value
  }

  /// Whether the text is a JSON number (RFC 8259, 6), with no more digits than are stored exactly.
  static func isSpelling(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count <= longest else { return false }
    var rest = bytes[...]
    func digits(_ rest: inout Substring.UTF8View) -> Substring.UTF8View? {
      let run = rest.prefix(while: \.isASCIIDigit)
      rest = rest.dropFirst(run.count)
      return run.isEmpty ? nil : run
    }
    if rest.first == 0x2D { rest = rest.dropFirst() }
    guard let whole = digits(&rest), whole.first != 0x30 || whole.count == 1 else { return false }
    var significant = whole.first == 0x30 ? 0 : whole.count
    if rest.first == 0x2E {
      rest = rest.dropFirst()
      guard let fraction = digits(&rest) else { return false }
      significant += significant > 0 ? fraction.count : fraction.drop { $0 == 0x30 }.count
    }
    if let exponent = rest.first, exponent | 0x20 == 0x65 {
      rest = rest.dropFirst()
      if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
      guard digits(&rest) != nil else { return false }
    }
    return rest.isEmpty && significant <= mostDigits
  }

  private static func isNonzero(_ byte: UInt8) -> Bool { (0x31...0x39).contains(byte) }

  /// Whether both have the same value, however they are spelled.
  package static func == (first: Number, second: Number) -> Bool { first.value == second.value }

  /// Hashes the value, not the spelling.
  package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
