/// The kind of value in a column: how it is checked, written to an archive and read back.
package enum ColumnKind: Sendable {
  /// A whole number: an id, or a reference to another row.
  case integer
  /// A time in milliseconds since 1970.
  case time
  /// A count, never negative.
  case count
  case uid, text
  case title, url, note, path
  /// JSON that an archive contains as JSON.
  case tags, metadata, schema, object

  /// Whether it is a number.
  package var isNumber: Bool { self == .integer || self == .time || self == .count }
}

/// The value of a column, as bound and read.
package enum ColumnValue: Sendable {
  case null
  case integer(Int64)
  case text(String)
  case uid(UID)

  /// Null for nil.
  package init(_ value: Int64?) { self = value.map(ColumnValue.integer) ?? .null }

  /// Null for nil.
  package init(_ value: String?) { self = value.map(ColumnValue.text) ?? .null }

  /// The whole number, if it is one.
  package var whole: Int64? { if case .integer(let value) = self { value } else { nil } }

  /// The text, if it is one.
  package var text: String? { if case .text(let value) = self { value } else { nil } }

  /// The uid, if it is one.
  package var uid: UID? { if case .uid(let value) = self { value } else { nil } }
}

extension ColumnValue: Equatable {
  /// Compares bytes: two spellings of one accent are different texts.
  package static func == (one: ColumnValue, other: ColumnValue) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.integer(let one), .integer(let other)): one == other
    case (.text(let one), .text(let other)): areSame(one, other)
    case (.uid(let one), .uid(let other)): one == other
    default: false
    }
  }
}
