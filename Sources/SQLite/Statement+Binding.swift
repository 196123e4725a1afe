internal import CSQLite

/// Values are bound by position, counted from 1. Lengths are always given, so an embedded NUL
/// survives.
///
/// An invalid position is a programming error; if a value is too long or memory runs out, the
/// parameter stays unbound, which the table's own checks then refuse.
extension Statement {
  /// Binds a whole number.
  package func bind(_ value: Int64, at position: Int32) {
    check(unsafe sqlite3_bind_int64(handle, position, value))
  }

  /// Binds a whole number or null.
  package func bind(_ value: Int64?, at position: Int32) {
    guard let value else { return bindNull(at: position) }
    bind(value, at: position)
  }

  /// Binds a whole number.
  package func bind(_ value: Int, at position: Int32) {
    bind(Int64(value), at: position)
  }

  /// Binds a number.
  package func bind(_ value: Double, at position: Int32) {
    check(unsafe sqlite3_bind_double(handle, position, value))
  }

  /// Binds text.
  package func bind(_ value: String, at position: Int32) {
    var text = value
    let code = text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else {
        return unsafe favs_sqlite3_bind_text(handle, position, "", 0)
      }
      return unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { text in
        unsafe favs_sqlite3_bind_text(handle, position, text, UInt64(bytes.count))
      }
    }
    check(code)
  }

  /// Binds text or null.
  package func bind(_ value: String?, at position: Int32) {
    guard let value else { return bindNull(at: position) }
    bind(value, at: position)
  }

  /// Binds bytes as a blob.
  package func bind(_ value: [UInt8], at position: Int32) {
    let code = unsafe value.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, bytes.count > 0 else {
        return unsafe sqlite3_bind_zeroblob(handle, position, 0)
      }
      return unsafe favs_sqlite3_bind_blob(handle, position, start, UInt64(bytes.count))
    }
    check(code)
  }

  /// Binds bytes known to be UTF-8 as text.
  package func bind(text value: [UInt8], at position: Int32) {
    let code = unsafe value.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else {
        return unsafe favs_sqlite3_bind_text(handle, position, "", 0)
      }
      return unsafe favs_sqlite3_bind_text(
        handle, position, start.assumingMemoryBound(to: CChar.self), UInt64(bytes.count))
    }
    check(code)
  }

  /// Binds null.
  package func bindNull(at position: Int32) {
    check(unsafe sqlite3_bind_null(handle, position))
  }

  private func check(_ code: Int32) {
    precondition(
      code != SQLITE_RANGE && code != SQLITE_MISUSE, "a value was bound where no parameter is")
  }
}
