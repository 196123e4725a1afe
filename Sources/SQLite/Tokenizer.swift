internal import CSQLite

/// One token of a text, in the form used for comparing: lower-cased.
package struct Token: Equatable, Sendable {
  /// Its comparable form: capitals become lower case.
  package let text: String
  /// Its bytes in the text.
  package let range: Range<Int>
}

/// Splits text into runs of letters, digits, marks and `^`, of any script, as the full-text index
/// does.
///
/// FTS5's `unicode61`: https://www.sqlite.org/fts5.html#unicode61_tokenizer
@safe package struct Tokenizer: ~Copyable {
  private let tokenizer: favs_tokenizer

  private init(_ tokenizer: favs_tokenizer) {
    unsafe self.tokenizer = tokenizer
  }

  deinit {
    unsafe withUnsafePointer(to: tokenizer) { unsafe favs_tokenizer_end($0) }
  }

  /// Makes a tokenizer; the connection is only needed for that.
  package static func make(_ connection: borrowing Connection) throws(SQLiteError) -> Tokenizer {
    var made = unsafe favs_tokenizer()
    let code = unsafe favs_tokenizer_make(connection.handle, &made)
    guard code == SQLITE_OK else { throw connection.failure(code, nil) }
    return unsafe Tokenizer(made)
  }

  /// A hash of a token's bytes.
  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 { unsafe FNV1a(bytes).value }

  /// Writes a hash of each token of a text into `hashes`, in order, without making strings.
  package borrowing func hashes(of text: String, into hashes: inout [UInt64]) {
    hashes.removeAll(keepingCapacity: true)
    unsafe withUnsafeMutablePointer(to: &hashes) { list in
      unsafe run(text, list) { context, _, token, length, _, _ in
        guard let list = unsafe context?.assumingMemoryBound(to: [UInt64].self),
          let token = unsafe token
        else { return SQLITE_OK }
        // FTS5 truncates longer tokens there.
        let count = min(Int(length), Tokenizer.longest)
        unsafe list.pointee.append(
          Tokenizer.hash(UnsafeRawBufferPointer(start: token, count: count)))
        return SQLITE_OK
      }
    }
  }

  /// The number of bytes of a token that an index stores: FTS5_MAX_TOKEN_SIZE.
  private static let longest = 32_768

  /// The tokens of a text, in order. If memory runs out, they end early.
  package borrowing func tokens(of text: String) -> [Token] {
    var tokens: [Token] = []
    unsafe withUnsafeMutablePointer(to: &tokens) { list in
      unsafe run(text, list) { context, _, token, length, from, to in
        guard let list = unsafe context?.assumingMemoryBound(to: [Token].self),
          let token = unsafe token
        else { return SQLITE_OK }
        let bytes = unsafe UnsafeRawBufferPointer(start: token, count: Int(length))
        let text = unsafe String(decoding: bytes, as: UTF8.self)
        unsafe list.pointee.append(Token(text: text, range: Int(from)..<Int(to)))
        return SQLITE_OK
      }
    }
    return tokens
  }

  /// Splits a text, and passes each token to `callback` with `context`.
  private borrowing func run(
    _ text: String, _ context: UnsafeMutableRawPointer,
    _ callback:
      @convention(c) (
        UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int32, Int32, Int32
      ) -> Int32
  ) {
    var text = text
    let tokenizer = unsafe tokenizer
    text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return }
      unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
        _ = unsafe withUnsafePointer(to: tokenizer) { tokenizer in
          unsafe favs_tokenizer_run(tokenizer, start, Int32(bytes.count), context, callback)
        }
      }
    }
  }
}
