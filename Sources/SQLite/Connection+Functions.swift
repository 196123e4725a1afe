internal import CSQLite

// SQL functions in addition to SQLite's own. They are registered only where needed, and nothing in
// a file may call them.

extension Connection {
  /// Registers `favs_counts`, for ranking, and `favs_phrases`, until the connection is closed.
  package func prepareForSearch() throws(SQLiteError) {
    let code = unsafe favs_fts5_register(handle)
    guard code == SQLITE_OK else { throw failure(code, nil) }
  }

  /// Registers `favs_holds(PART, COUNT, TEXT, …, JSON, …)`: whether any of so many texts, once
  /// folded, contains a part, which is folded already, or any of the values of the JSON texts
  /// behind them.
  ///
  /// - Parameters:
  ///   - fold: folds a text. What is ASCII differs from its folded form only in case.
  ///   - foldValues: gives the values of a JSON text, folded, with bytes between them that are in
  ///     no part.
  package func prepareForParts(
    _ fold: @escaping ([UInt8]) -> [UInt8], values foldValues: @escaping ([UInt8]) -> [UInt8]
  ) throws(SQLiteError) {
    let code = unsafe favs_holds_register(handle, Folder.retained(fold, foldValues))
    guard code == SQLITE_OK else { throw failure(code, nil) }
  }

  /// Registers `favs_matches(TEXT)`: the result of a closure for the bytes of a text. If it returns
  /// nil, since it would take too long, the statement ends with `.interrupted`.
  package func prepareForPattern(
    _ finds: @escaping ([UInt8]) -> Bool?
  ) throws(SQLiteError) {
    let known = unsafe Unmanaged.passRetained(Finder(finds)).toOpaque()
    let code = unsafe favs_matches_register(
      handle, known,
      { context, _, values in
        guard let value = unsafe values?[0], let text = unsafe sqlite3_value_text(value) else {
          return unsafe sqlite3_result_int(context, 0)
        }
        let count = Int(unsafe sqlite3_value_bytes(value))
        let bytes = unsafe Array(UnsafeBufferPointer(start: text, count: count))
        guard let known = unsafe sqlite3_user_data(context) else { return }
        let finder = unsafe Unmanaged<Finder>.fromOpaque(known).takeUnretainedValue()
        guard let isFound = finder.finds(bytes) else {
          return unsafe sqlite3_result_error_code(context, SQLITE_INTERRUPT)
        }
        unsafe sqlite3_result_int(context, isFound ? 1 : 0)
      }, { known in unsafe known.map { unsafe Unmanaged<Finder>.fromOpaque($0).release() } })
    guard code == SQLITE_OK else { throw failure(code, nil) }
  }

  /// The fault in an extended regular expression; nil if there is none.
  package static func mistake(inPattern pattern: String) -> String? {
    var message = [CChar](repeating: 0, count: 200)
    let code = unsafe message.withUnsafeMutableBufferPointer { buffer in
      unsafe favs_regex_check(pattern, buffer.baseAddress, Int32(buffer.count))
    }
    guard code != 0 else { return nil }
    return String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// How often a column of a row contains a phrase, and where.
package struct PhraseCount {
  package let phrase: Int
  package let column: Int
  package let count: Int
  /// The first and the last position, in words.
  package let (first, last): (Int, Int)
}

extension Statement {
  /// A column with the result of `favs_counts`, in the order of phrases and columns; nil for null.
  package func phraseCounts(_ column: Int32) -> [PhraseCount]? {
    guard !isNull(column) else { return nil }
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    let size = MemoryLayout<favs_count>.stride
    return (0..<(Int(unsafe sqlite3_column_bytes(handle, column)) / size)).map { index in
      let count = unsafe start.loadUnaligned(fromByteOffset: index * size, as: favs_count.self)
      return PhraseCount(
        phrase: Int(count.phrase), column: Int(count.column), count: Int(count.count),
        first: Int(count.first), last: Int(count.last))
    }
  }
}

/// The object that SQLite keeps with `favs_holds`, and a scan with its part.
final class Folder {
  let fold: ([UInt8]) -> [UInt8]
  let foldValues: ([UInt8]) -> [UInt8]

  init(_ fold: @escaping ([UInt8]) -> [UInt8], _ foldValues: @escaping ([UInt8]) -> [UInt8]) {
    self.fold = fold
    self.foldValues = foldValues
  }

  /// One for use in C, to be given back by its function `forget`.
  static func retained(
    _ fold: @escaping ([UInt8]) -> [UInt8], _ foldValues: @escaping ([UInt8]) -> [UInt8]
  ) -> favs_folder {
    unsafe favs_folder(
      known: Unmanaged.passRetained(Folder(fold, foldValues)).toOpaque(),
      holds: { known, text, size, part in
        unsafe Folder.holds(known, text, size, part) { $0.fold }
      },
      holds_within: { known, json, size, part in
        unsafe Folder.holds(known, json, size, part) { $0.foldValues }
      }, forget: { known in unsafe known.map { unsafe Unmanaged<Folder>.fromOpaque($0).release() } }
    )
  }

  /// Whether a text contains a part once the object has folded it.
  private static func holds(
    _ known: UnsafeMutableRawPointer?, _ text: UnsafePointer<UInt8>?, _ size: Int32,
    _ part: UnsafePointer<favs_part>?, by fold: (Folder) -> ([UInt8]) -> [UInt8]
  ) -> Int32 {
    guard let known = unsafe known else { return 0 }
    let folder = unsafe Unmanaged<Folder>.fromOpaque(known).takeUnretainedValue()
    let bytes = unsafe Array(UnsafeBufferPointer(start: text, count: Int(size)))
    return unsafe fold(folder)(bytes).withUnsafeBufferPointer { folded in
      unsafe favs_look_for(folded.baseAddress, Int32(folded.count), part) == Int32(favs_has_it)
        ? 1 : 0
    }
  }
}

/// The object that SQLite keeps with `favs_matches`.
private final class Finder {
  let finds: ([UInt8]) -> Bool?

  init(_ finds: @escaping ([UInt8]) -> Bool?) {
    self.finds = finds
  }
}
