/// Checks whether the text of a column is JSON without building values from it: a favourite's tags
/// and metadata are passed on unparsed.
///
/// RFC 8259, as `JSONReader` accepts it, except that lone surrogates are allowed: they do no harm
/// in output.
struct JSONCheck {
  private var rest: String.UTF8View.Iterator
  private var next: UInt8?
  private var depth = 0

  private init(_ text: String) {
    rest = text.utf8.makeIterator()
    next = rest.next()
  }

  /// Whether a text is a single array.
  static func isArray(_ text: String) -> Bool { text == "[]" || isWhole(text, 0x5B) }

  /// Whether a text is a single object.
  static func isObject(_ text: String) -> Bool { text == "{}" || isWhole(text, 0x7B) }

  private static func isWhole(_ text: String, _ bracket: UInt8) -> Bool {
    var check = JSONCheck(text)
    check.skipSpace()
    guard check.next == bracket, check.value() else { return false }
    check.skipSpace()
    return check.next == nil
  }

  private mutating func advance() { next = rest.next() }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    advance()
    return true
  }

  private mutating func skipSpace() {
    while next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { advance() }
  }

  private mutating func value() -> Bool {
    skipSpace()
    switch next {
    case 0x7B: return members(until: 0x7D, areNamed: true)
    case 0x5B: return members(until: 0x5D, areNamed: false)
    case 0x22: return string()
    case 0x74: return word("true")
    case 0x66: return word("false")
    case 0x6E: return word("null")
    default: return number()
    }
  }

  private mutating func members(until end: UInt8, areNamed: Bool) -> Bool {
    advance()
    depth += 1
    defer { depth -= 1 }
    guard depth <= JSONReader.deepest else { return false }
    skipSpace()
    if take(end) { return true }
    while true {
      if areNamed {
        skipSpace()
        guard next == 0x22, string() else { return false }
        skipSpace()
        guard take(0x3A) else { return false }
      }
      guard value() else { return false }
      skipSpace()
      if take(end) { return true }
      guard take(0x2C) else { return false }
    }
  }

  private mutating func string() -> Bool {
    // Most input is the inside of strings.
    while let byte = rest.next() {
      if byte == 0x22 {
        advance()
        return true
      }
      guard byte >= 0x20 else { return false }
      guard byte != 0x5C || escape() else { return false }
    }
    next = nil
    return false
  }

  /// Reads what follows a backslash.
  private mutating func escape() -> Bool {
    switch rest.next() {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return true
    case 0x75:
      for _ in 0..<4 {
        guard let digit = rest.next(), hexadecimalValue(of: digit) != nil else { return false }
      }
      return true
    default: return false
    }
  }

  private mutating func word(_ word: StaticString) -> Bool {
    for byte in "\(word)".utf8 where !take(byte) { return false }
    return true
  }

  private mutating func number() -> Bool {
    _ = take(0x2D)
    if !take(0x30) { guard digits() else { return false } }
    if take(0x2E) { guard digits() else { return false } }
    guard next == 0x65 || next == 0x45 else { return true }
    advance()
    if next == 0x2B || next == 0x2D { advance() }
    return digits()
  }

  /// Reads one or more digits.
  private mutating func digits() -> Bool {
    var count = 0
    while let byte = next, (0x30...0x39).contains(byte) {
      advance()
      count += 1
    }
    return count > 0
  }
}
