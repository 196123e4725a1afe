internal import Favourites
internal import SQLite

/// The rows that a statement gives.
struct ForeignRows: ~Copyable {
  let statement: Statement
  let allowance: Allowance

  /// Goes to the next row; false when there is none.
  func next() throws(ExchangeError) -> Bool {
    guard allowance.text >= 0 else { throw .tooMuch }
    do {
      return try statement.step()
    } catch {
      throw ExchangeError(error)
    }
  }

  /// Goes to the first row for another value of the one parameter; false when there is none.
  func first(_ value: Int64) throws(ExchangeError) -> Bool {
    statement.reset()
    statement.bind(value, at: 1)
    return try next()
  }

  /// A column as text; nil for nothing and for an empty text.
  func text(_ column: Int32) -> String? {
    guard let text = statement.textOrNil(column), !text.isEmpty else { return nil }
    allowance.take(text.utf8.count)
    return text
  }

  /// A column as a whole number; nil for nothing.
  func integer(_ column: Int32) -> Int64? { statement.integerOrNil(column) }

  /// A column as an instant; nil for what tells none.
  func date(_ column: Int32) -> Timestamp? { integer(column).flatMap(ForeignDate.epoch) }
}

extension ExchangeError {
  /// A database that would give more, or cost more, than its size accounts for.
  static let tooMuch = ExchangeError.tooLarge("it has more rows than its size allows")

  /// The same error of a database that another program made.
  init(_ error: SQLiteError) {
    switch error.code {
    case .tooBig: self = .tooLarge("a value of more than \(ForeignDatabase.longestValue >> 20) MiB")
    case .interrupted: self = .tooMuch
    case .full: self = .malformed(nil, "no space left for a copy of it")
    default: self = .malformed(nil, "it cannot be read as a database: \(error.message)")
    }
  }
}
