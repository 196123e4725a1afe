internal import SQLite

/// What a parameter of a statement can be given.
protocol Bindable {
  /// Gives it to a parameter, counted from 1.
  func bind(to statement: borrowing Statement, at position: Int32)
}

extension Int64: Bindable {
  func bind(to statement: borrowing Statement, at position: Int32) {
    statement.bind(self, at: position)
  }
}

extension Int: Bindable {
  func bind(to statement: borrowing Statement, at position: Int32) {
    statement.bind(self, at: position)
  }
}

extension Double: Bindable {
  func bind(to statement: borrowing Statement, at position: Int32) {
    statement.bind(self, at: position)
  }
}

extension String: Bindable {
  func bind(to statement: borrowing Statement, at position: Int32) {
    statement.bind(self, at: position)
  }
}

extension [UInt8]: Bindable {
  /// As a blob.
  func bind(to statement: borrowing Statement, at position: Int32) {
    statement.bind(self, at: position)
  }
}

extension Optional: Bindable where Wrapped: Bindable {
  func bind(to statement: borrowing Statement, at position: Int32) {
    guard let self else { return statement.bindNull(at: position) }
    self.bind(to: statement, at: position)
  }
}

/// Bytes that are known to be UTF-8, which a parameter takes as text.
struct TextBytes: Bindable {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func bind(to statement: borrowing Statement, at position: Int32) {
    statement.bind(text: bytes, at: position)
  }
}
