internal import CSQLite

// Functions that SQL here can call beside SQLite's own. They are made known only where they are needed, and
// nothing that stands in a file may call them.

extension Connection {
  /// Makes the ranking function `favs_score` known, for as long as the connection is open.
  package func prepareForSearch() throws(SQLiteError) {
    let code = unsafe favs_fts5_register(handle)
    guard code == SQLITE_OK else { throw failure(code, nil) }
  }

  /// Makes `favs_holds(PART, TEXT, …)` known, and `favs_matches(PATTERN, TEXT)`, which takes an extended regular
  /// expression, POSIX.1-2017, 9.4. Both compare without case.
  package func prepareForPatterns() throws(SQLiteError) {
    let code = unsafe favs_patterns_register(handle)
    guard code == SQLITE_OK else { throw failure(code, nil) }
  }

  /// What is wrong with an extended regular expression; nil where nothing is.
  package static func mistake(inPattern pattern: String) -> String? {
    var message = [CChar](repeating: 0, count: 200)
    let code = unsafe message.withUnsafeMutableBufferPointer { buffer in
      unsafe favs_regex_check(pattern, buffer.baseAddress, Int32(buffer.count))
    }
    guard code != 0 else { return nil }
    return String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
