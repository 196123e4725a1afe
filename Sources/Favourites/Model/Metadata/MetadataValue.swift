/// One typed value of metadata.
package enum MetadataValue: Hashable, Sendable {
  /// Any text, at most 16 KiB, without NUL.
  case text(String)
  /// A number, as spelled.
  case number(Number)
  /// A day.
  case date(CalendarDate)
  /// One of the choices of an `enum` field; any text without a schema.
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

  /// The value as typed: `3.10`, `2024-02-11`.
  package var text: String {
    switch self {
    case .text(let value), .choice(let value): value
    case .date(let value): value.text
    case .number(let value): value.text
    }
  }

  /// Parses a text as a value of this type; `key` is for the error.
  package init(_ text: String, as kind: MetadataKind, key: String) throws(MetadataError) {
    switch kind {
    case .text: self = .text(try Self.checked(text, key: key))
    case .choice:
      guard !text.isEmpty else { throw .mismatch(key: key, text: text, kind: kind) }
      self = .choice(try Self.checked(text, key: key))
    case .number:
      guard let value = Number(text) else {
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

  /// Parses a text of unknown type: a number, a date, otherwise a text.
  ///
  /// An ISBN or a telephone number, with a leading zero or plus or with more than 15 digits, is a
  /// text: see `Number`.
  package init(inferring text: String, key: String) throws(MetadataError) {
    if let value = Number(text) {
      self = .number(value)
    } else if let value = CalendarDate(text: text) {
      self = .date(value)
    } else {
      self = .text(try Self.checked(text, key: key))
    }
  }

  private static func checked(_ given: String, key: String) throws(MetadataError) -> String {
    let text = given.composed
    let size = text.utf8.count
    guard size <= Limits.metadataTextBytes else { throw .longValue(key: key, bytes: size) }
    guard !text.utf8.contains(0) else { throw .holdsNUL(key: key) }
    return text
  }
}
