/// What a column holds, which says how its values are checked, written to an archive and read again.
enum ColumnKind: Sendable {
  /// A whole number: an id, or one that stands for another row.
  case integer
  /// A time in milliseconds since 1970.
  case time
  /// A count, never below zero.
  case count
  case uid, text
  case title, url, note, path
  /// JSON that stands in an archive as what it is.
  case tags, metadata, schema, object
}

/// The value of a column, as it is bound and read.
enum ColumnValue: Sendable {
  case null
  case integer(Int64)
  case text(String)
  case uid(UID)

  /// Nothing for nil.
  init(_ value: Int64?) { self = value.map(ColumnValue.integer) ?? .null }

  /// Nothing for nil.
  init(_ value: String?) { self = value.map(ColumnValue.text) ?? .null }

  /// The whole number, where it is one.
  var whole: Int64? { if case .integer(let value) = self { value } else { nil } }

  /// The text, where it is one.
  var text: String? { if case .text(let value) = self { value } else { nil } }

  /// The uid, where it is one.
  var uid: UID? { if case .uid(let value) = self { value } else { nil } }
}

extension ColumnValue: Equatable {
  /// By bytes: two spellings of one accent are two texts.
  static func == (one: ColumnValue, other: ColumnValue) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.integer(let one), .integer(let other)): one == other
    case (.text(let one), .text(let other)): areSame(one, other)
    case (.uid(let one), .uid(let other)): one == other
    default: false
    }
  }
}
