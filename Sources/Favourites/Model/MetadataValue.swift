/// One typed value of metadata.
package enum MetadataValue: Hashable, Sendable {
  /// Any text, 16 KiB at most, without NUL.
  case text(String)
  /// A finite number.
  case number(Double)
  /// A day.
  case date(CalendarDate)
  /// One of the choices of an `enum` field; without a schema, any text.
  case choice(String)

  /// Its type.
  package var kind: MetadataKind {
    switch self {
    case .text: .text
    case .number: .number
    case .date: .date
    case .choice: .choice
    }
  }

  /// The value as a user would type it: `1965`, `2024-02-11`.
  package var text: String {
    switch self {
    case .text(let value), .choice(let value): value
    case .date(let value): value.text
    case .number(let value):
      if value.magnitude < 1e15, let whole = value.wholeNumber {
        whole.description
      } else {
        value.description
      }
    }
  }

  /// Reads a text as a value of this type; `key` is for the error.
  package init(_ text: String, as kind: MetadataKind, key: String) throws(MetadataError) {
    switch kind {
    case .text: self = .text(try Self.checked(text, key: key))
    case .choice:
      guard !text.isEmpty else { throw .mismatch(key: key, text: text, kind: kind) }
      self = .choice(try Self.checked(text, key: key))
    case .number:
      guard let value = Self.number(text) else {
        throw .mismatch(key: key, text: text, kind: kind)
      }
      self = .number(value)
    case .date:
      guard let value = CalendarDate(text: text) else {
        throw .mismatch(key: key, text: text, kind: kind)
      }
      self = .date(value)
    }
  }

  /// Reads a text whose type is not given: a number, a date, else a text.
  ///
  /// A number only where nothing is lost by it: an isbn or a telephone number, with a zero or a
  /// plus in front or with more than 15 digits, stays a text.
  package init(inferring text: String, key: String) throws(MetadataError) {
    if let value = Self.number(text), Self.isPlainNumber(text) {
      self = .number(value)
    } else if let value = CalendarDate(text: text) {
      self = .date(value)
    } else {
      self = .text(try Self.checked(text, key: key))
    }
  }

  /// A finite decimal number: sign, digits, a point, an exponent; nothing around it.
  package static func number(_ text: String) -> Double? {
    guard text.utf8.count <= 400, text.utf8.contains(where: { (0x30...0x39).contains($0) }),
      text.utf8.allSatisfy({ "+-.eE0123456789".utf8.contains($0) }),
      let value = Double(text), value.isFinite
    else { return nil }
    return value
  }

  private static func isPlainNumber(_ text: String) -> Bool {
    let digits = text.utf8.drop { $0 == 0x2D }
    let isPadded = digits.first == 0x30 && digits.dropFirst().first.map { $0 != 0x2E } ?? false
    return digits.first != 0x2B && !isPadded
      && digits.count { (0x30...0x39).contains($0) } <= 15
  }

  private static func checked(_ text: String, key: String) throws(MetadataError) -> String {
    let size = text.utf8.count
    guard size <= Limits.metadataTextBytes else { throw .longValue(key: key, bytes: size) }
    guard !text.utf8.contains(0) else { throw .holdsNUL(key: key) }
    return text
  }
}
