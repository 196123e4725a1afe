internal import CSQLite

/// Columns of the current row, counted from 0.
extension Statement {
  /// A column as a whole number; 0 for null.
  package func integer(_ column: Int32) -> Int64 {
    unsafe sqlite3_column_int64(handle, column)
  }

  /// A column as a whole number, or nil for null.
  package func integerOrNil(_ column: Int32) -> Int64? {
    isNull(column) ? nil : integer(column)
  }

  /// A column as a number; 0 for null.
  package func double(_ column: Int32) -> Double {
    unsafe sqlite3_column_double(handle, column)
  }

  /// A column as text; empty for null. Bytes that are not UTF-8 become U+FFFD.
  package func text(_ column: Int32) -> String {
    guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// A hash of a column's bytes: the same as that of `Tokenizer.hash`.
  package func hash(_ column: Int32) -> UInt64 {
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return FNV1a().value }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe Tokenizer.hash(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// A column as text; nil if its bytes are not UTF-8, or contain U+0000.
  package func soundText(_ column: Int32) -> String? {
    guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
    guard unsafe !bytes.contains(0) else { return nil }
    return unsafe String(validating: bytes, as: UTF8.self)
  }

  /// A column as text, or nil for null.
  package func textOrNil(_ column: Int32) -> String? {
    isNull(column) ? nil : text(column)
  }

  /// A column as bytes; empty for null.
  package func bytes(_ column: Int32) -> [UInt8] {
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Whether a column is null.
  package func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  /// The number of columns in a row.
  package var columnCount: Int32 { unsafe sqlite3_column_count(handle) }
}

extension Statement {
  /// Whether a column equals this text, compared byte by byte without a copy.
  package func isText(_ column: Int32, _ expected: StaticString) -> Bool {
    guard let start = unsafe sqlite3_column_text(handle, column) else { return false }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    guard count == expected.utf8CodeUnitCount else { return false }
    return unsafe favs_is_same(start, expected.utf8Start, count) != 0
  }

  /// Whether a column contains some bytes, without a copy of it.
  package func holds(_ column: Int32, _ part: [UInt8]) -> Bool {
    guard let start = unsafe sqlite3_column_text(handle, column) else { return part.isEmpty }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe part.withUnsafeBytes { part in
      unsafe favs_has(start, count, part.baseAddress, part.count) != 0
    }
  }
}
