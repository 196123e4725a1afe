internal import Favourites
internal import SQLite

/// The result rows of a statement.
struct ForeignRows: ~Copyable {
  let statement: Statement
  let allowance: Allowance

  /// Steps to the next row; false if there is none.
  func next() throws(ExchangeError) -> Bool {
    guard allowance.text >= 0 else { throw .tooMuch }
    do {
      return try statement.step()
    } catch {
      throw ExchangeError(error)
    }
  }

  /// Binds a new value to the only parameter, and steps to the first row; false if there is none.
  func first(_ value: Int64) throws(ExchangeError) -> Bool {
    statement.reset()
    statement.bind(value, at: 1)
    return try next()
  }

  /// A column as text; nil for NULL and for an empty text.
  func text(_ column: Int32) -> String? {
    guard let text = statement.textOrNil(column), !text.isEmpty else { return nil }
    allowance.take(text.utf8.count)
    return text
  }

  /// A column as an integer; nil for NULL.
  func integer(_ column: Int32) -> Int64? { statement.integerOrNil(column) }

  /// A column as a time; nil if it is not one.
  func date(_ column: Int32) -> Timestamp? { integer(column).flatMap(ForeignDate.epoch) }
}

extension ExchangeError {
  /// The error for a database that exceeds the limits derived from its size.
  static let tooMuch = ExchangeError.tooLarge("it has more rows than its size allows")

  /// Converts an error of SQLite in another program's database.
  init(_ error: SQLiteError) {
    switch error.code {
    case .tooBig: self = .tooLarge("a value of more than \(ForeignDatabase.longestValue >> 20) MiB")
    case .interrupted: self = .tooMuch
    case .full: self = .malformed(nil, "no space left for a copy of it")
    default: self = .malformed(nil, "it cannot be read as a database: \(error.message)")
    }
  }
}
