/// Reads values one by one from JSON (RFC 8259) in UTF-8.
///
/// Strict, with two exceptions: a byte order mark at the very beginning is skipped (RFC 8259, 8.1
/// allows it), and keys may be duplicate. Nesting is limited to `deepest` levels. After an error
/// the reader stays where the error was found.
package struct JSONReader: Sendable {
  /// How deeply objects and arrays may be nested by default.
  package static let deepest = 64

  let bytes: [UInt8]
  let end: Int
  var position: Int
  private var depth = 0
  /// Whether nothing was read yet from the innermost object or array.
  private var isAtStart = false
  /// The start and number of the line last requested: later ones are counted from there.
  private var lineStart: Int
  private var lineNumber: Int
  /// How far lines and columns were counted, and the column there.
  private var countedEnd: Int
  private var countedColumn = 1
  private let deepest: Int

  /// Reads `bytes` from offset `start` up to offset `end`, without a copy.
  ///
  /// `line` is the number of the line at `start` in errors. `deepest` is how deeply objects and
  /// arrays may be nested.
  package init(
    _ bytes: [UInt8], from start: Int = 0, to end: Int? = nil, line: Int = 1,
    deepest: Int = JSONReader.deepest
  ) {
    self.bytes = bytes
    self.deepest = deepest
    self.end = end ?? bytes.count
    precondition(start >= 0 && start <= self.end && self.end <= bytes.count, "outside the bytes")
    position = start
    lineStart = start
    lineNumber = line
    countedEnd = start
    if start == 0, self.end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      position = 3
      lineStart = 3
      countedEnd = 3
    }
  }

  /// The offset of the next byte.
  package var offset: Int { position }

  /// The kind of the next value.
  package mutating func peekKind() throws(JSONError) -> JSONKind {
    switch skipSpace() {
    case 0x7B: return .object
    case 0x5B: return .array
    case 0x22: return .string
    case 0x2D, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39: return .number
    case 0x74, 0x66: return .bool
    case 0x6E: return .null
    default: throw error("expected a value")
    }
  }

  /// Enters an object; then call `nextKey()` until it returns nil.
  package mutating func beginObject() throws(JSONError) {
    try open(0x7B, otherwise: "expected '{'")
  }

  /// The next key of the object, whose value is to be read next; nil at the end of the object,
  /// which it leaves.
  package mutating func nextKey() throws(JSONError) -> String? {
    guard try advance(closing: 0x7D, otherwise: "expected ',' or '}'") else { return nil }
    guard skipSpace() == 0x22 else { throw error("expected a key in double quotes") }
    let key = try readQuoted()
    guard skipSpace() == 0x3A else { throw error("expected ':'") }
    position += 1
    return key
  }

  /// Enters an array; then call `nextElement()` until it returns false.
  package mutating func beginArray() throws(JSONError) {
    try open(0x5B, otherwise: "expected '['")
  }

  /// Whether the array has another element to be read next; false at the end of the array, which it
  /// leaves.
  package mutating func nextElement() throws(JSONError) -> Bool {
    try advance(closing: 0x5D, otherwise: "expected ',' or ']'")
  }

  /// Reads a string, unescaped; it may contain U+0000.
  package mutating func readString() throws(JSONError) -> String {
    guard skipSpace() == 0x22 else { throw error("expected a string") }
    return try readQuoted()
  }

  /// Reads a string, or nil for `null`.
  package mutating func readStringOrNull() throws(JSONError) -> String? {
    switch skipSpace() {
    case 0x22: return try readQuoted()
    case 0x6E:
      try readNull()
      return nil
    default: throw error("expected a string or null")
    }
  }

  /// Reads `true` or `false`.
  package mutating func readBool() throws(JSONError) -> Bool {
    switch skipSpace() {
    case 0x74:
      try readWord([0x74, 0x72, 0x75, 0x65], otherwise: "expected true or false")
      return true
    case 0x66:
      try readWord([0x66, 0x61, 0x6C, 0x73, 0x65], otherwise: "expected true or false")
      return false
    default: throw error("expected true or false")
    }
  }

  /// Reads `null`.
  package mutating func readNull() throws(JSONError) {
    guard skipSpace() == 0x6E else { throw error("expected null") }
    try readWord([0x6E, 0x75, 0x6C, 0x6C], otherwise: "expected null")
  }

  /// Reads and discards the next value of any kind; it is still checked.
  package mutating func skipValue() throws(JSONError) {
    switch try peekKind() {
    case .object:
      try beginObject()
      while try nextKey() != nil { try skipValue() }
    case .array:
      try beginArray()
      while try nextElement() { try skipValue() }
    case .string: _ = try readString()
    case .number: _ = try skipNumber()
    case .bool: _ = try readBool()
    case .null: try readNull()
    }
  }

  /// Skips a comma between consecutive values outside an array, if there is one; returns false if
  /// there is none.
  package mutating func skipSeparator() -> Bool {
    guard skipSpace() != nil else { return false }
    if bytes[position] == 0x2C {
      position += 1
      return true
    }
    return bytes[position] == 0x7B
  }

  /// Checks that only white space is left.
  package mutating func finish() throws(JSONError) {
    _ = skipSpace()
    guard position == end else { throw error("expected the end of the text") }
  }

  /// The line number of the next byte.
  package mutating func line() -> Int {
    countLines(to: position)
    return lineNumber
  }

  /// The line of the next value, and its column in characters, both from 1.
  package mutating func location() -> (line: Int, column: Int) {
    _ = skipSpace()
    countLines(to: position)
    return (lineNumber, countedColumn)
  }

  /// An error at the next byte; callers use it too if a value is unusable.
  package mutating func error(_ reason: String) -> JSONError {
    let isCut = position >= end
    return error(isCut ? "the text ends too early (\(reason))" : reason, at: position)
  }

  /// An error at the next byte about the value just read: valid JSON, but unusable.
  package mutating func refusal(_ reason: String) -> JSONError {
    var refusal = error(reason, at: position)
    refusal.isAboutMeaning = true
    return refusal
  }

  /// An error at an offset that is not before the line last requested.
  mutating func error(_ reason: String, at end: Int) -> JSONError {
    countLines(to: end)
    var column = 1
    for offset in lineStart..<max(end, lineStart) where bytes[offset] & 0xC0 != 0x80 {
      column += 1
    }
    return JSONError(line: lineNumber, column: column, reason: reason)
  }

  /// Skips white space; returns the byte that follows it, nil at the end.
  mutating func skipSpace() -> UInt8? {
    while position < end {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position += 1
    }
    return nil
  }

  private mutating func open(_ bracket: UInt8, otherwise reason: String) throws(JSONError) {
    guard skipSpace() == bracket else { throw error(reason) }
    guard depth < deepest else {
      throw error("nested deeper than \(deepest) levels", at: position)
    }
    position += 1
    depth += 1
    isAtStart = true
  }

  private mutating func advance(
    closing bracket: UInt8, otherwise reason: String
  ) throws(JSONError) -> Bool {
    let byte = skipSpace()
    let wasAtStart = isAtStart
    isAtStart = false
    if byte == bracket {
      position += 1
      depth -= 1
      return false
    }
    if wasAtStart, byte != nil { return true }
    guard byte == 0x2C else { throw error(reason) }
    position += 1
    return true
  }

  private mutating func readWord(
    _ word: [UInt8], otherwise reason: String
  ) throws(JSONError) {
    for (index, byte) in word.enumerated() {
      guard position + index < end, bytes[position + index] == byte else { throw error(reason) }
    }
    position += word.count
  }

  /// Continues counting from the last place, so that many places on one line cost one pass over it.
  private mutating func countLines(to end: Int) {
    while countedEnd < end {
      let byte = bytes[countedEnd]
      countedEnd += 1
      if byte == 0x0A {
        lineStart = countedEnd
        lineNumber += 1
        countedColumn = 1
      } else if byte & 0xC0 != 0x80 {
        countedColumn += 1
      }
    }
  }
}
