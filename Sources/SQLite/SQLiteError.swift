/// An error from SQLite.
package struct SQLiteError: Error, Equatable, Sendable {
  /// The extended result code.
  package let code: ResultCode
  /// SQLite's own message.
  package let message: String
  /// The statement that failed, without its values; nil outside a statement.
  package let sql: String?
  /// The operating system's `errno` for an input or output error; 0 if there is none.
  package let systemError: Int32

  package init(code: ResultCode, message: String, sql: String? = nil, systemError: Int32 = 0) {
    self.code = code
    self.message = message
    self.sql = sql
    self.systemError = systemError
  }
}
