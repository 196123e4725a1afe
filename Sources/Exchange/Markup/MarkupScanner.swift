internal import Favourites

/// Splits HTML or XML into tokens in a single pass, with only one token in memory.
///
/// Accepts any HTML that a browser would; a token cut off by the end of the file is dropped with a
/// remark. In XML, throws if a token is not well-formed, except for an unescaped `&`, and for
/// character names that only HTML has. `XMLReader` checks the sequence of tokens.
///
/// Sources: HTML Living Standard, "Tokenization"; XML 1.0 (Fifth Edition).
struct MarkupScanner {
  /// The most attributes in a tag.
  static let mostAttributes = 256
  /// Elements of HTML in which only their own end tag is recognised.
  private static let rawElements: Set<String> = ["script", "style", "title", "textarea"]

  let isXML: Bool
  /// The longest text, and the largest size of a tag's attributes, in bytes.
  let limit: Int
  /// Attributes to skip, such as those with images.
  let ignored: Set<String>
  /// The position of the last token.
  private(set) var location = Location(line: 1, column: 1)
  /// The element that only its own end tag can close.
  private var rawElement: String?
  /// Such elements whose text is kept, with a limit for each in bytes.
  var keptRaw: [String: Int] = [:]
  /// The text of the last of these elements, with references unresolved; to be used at its end tag.
  private(set) var raw: [UInt8] = []

  init(
    isXML: Bool = false, ignoring ignored: Set<String> = [], limit: Int = ForeignFile.longestLine
  ) {
    self.isXML = isXML
    self.ignored = ignored
    self.limit = limit
  }

  /// Returns the next token; nil at the end. Skips what has no meaning, such as a document type.
  mutating func next(_ input: inout ForeignFile) throws(ExchangeError) -> MarkupToken? {
    do throws(ExchangeError) {
      return try read(&input)
    } catch {
      guard !isXML, case .malformed(_, let reason) = error, try input.peek() == nil else {
        throw error
      }
      input.note("\(reason), and what follows it is lost", at: location, isLoss: true)
      return nil
    }
  }

  private mutating func read(_ input: inout ForeignFile) throws(ExchangeError) -> MarkupToken? {
    if let name = rawElement {
      rawElement = nil
      try skipRaw(name, &input)
      return .end(name)
    }
    while let byte = try input.peek() {
      location = input.location
      guard byte == UInt8(ascii: "<") else { return try text([], &input) }
      _ = try input.next()
      if let token = try markup(&input) { return token }
    }
    return nil
  }

  /// Reads the rest of a token after `<`; nil if it is to be ignored.
  private mutating func markup(
    _ input: inout ForeignFile
  ) throws(ExchangeError) -> MarkupToken? {
    switch try input.peek() {
    case let byte? where Self.isLetter(byte) || (isXML && Self.isNameStart(byte)):
      let tag = try tag(&input)
      if !isXML, Self.rawElements.contains(tag.name) { rawElement = tag.name }
      return .start(tag)
    case UInt8(ascii: "/"):
      _ = try input.next()
      return try endTag(&input)
    case UInt8(ascii: "!"):
      _ = try input.next()
      return try declaration(&input)
    case UInt8(ascii: "?"):
      try skipInstruction(&input)
      return nil
    case nil where !isXML: return .text([UInt8(ascii: "<")])
    default:
      guard !isXML else { throw wrong("'<' that starts no tag") }
      return try text([UInt8(ascii: "<")], &input)
    }
  }

  /// An error at the position of the last token.
  func wrong(_ reason: String) -> ExchangeError { .malformed(location, reason) }

  /// The error for a file that ends too early.
  func cut(inside what: String) -> ExchangeError { wrong("the file ends inside \(what)") }

  /// A text in which tags are not recognised, with its references resolved.
  static func resolved(_ raw: [UInt8]) throws(ExchangeError) -> [UInt8] {
    guard raw.contains(UInt8(ascii: "&")) else { return raw }
    let scanner = MarkupScanner()
    var input = ForeignFile(raw, isDecoded: true)
    var bytes: [UInt8] = []
    while let byte = try input.peek() {
      guard byte == UInt8(ascii: "&") else {
        try scanner.appendByte(to: &bytes, &input)
        continue
      }
      _ = try input.next()
      try scanner.appendReference(to: &bytes, inAttribute: false, &input)
    }
    return bytes
  }

  private func text(
    _ beginning: [UInt8], _ input: inout ForeignFile
  ) throws(ExchangeError) -> MarkupToken {
    var bytes = beginning
    var brackets = 0
    while let byte = try input.peek(), byte != UInt8(ascii: "<") {
      if byte == UInt8(ascii: "&") {
        _ = try input.next()
        try appendReference(to: &bytes, inAttribute: false, &input)
      } else {
        if isXML { try checkText(byte, &brackets) }
        try appendByte(to: &bytes, &input)
      }
      guard bytes.count <= limit else { throw wrong("a text of more than \(limit) bytes") }
    }
    return .text(bytes)
  }

  /// "The right angle bracket (>) […] MUST […] be escaped […] when it appears in the string "]]>"
  /// in content" (XML, 2.4).
  private func checkText(_ byte: UInt8, _ brackets: inout Int) throws(ExchangeError) {
    try checkCharacter(byte)
    if byte == UInt8(ascii: "]") {
      brackets += 1
    } else if byte == UInt8(ascii: ">"), brackets >= 2 {
      throw wrong("']]>' in a text")
    } else {
      brackets = 0
    }
  }

  /// Throws for control characters, which XML does not allow (2.2).
  func checkCharacter(_ byte: UInt8) throws(ExchangeError) {
    guard byte >= 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else {
      throw wrong("a control character")
    }
  }

  /// Appends a byte; CR, CR LF, and the LF CR that some programs write become LF.
  func appendByte(
    to bytes: inout [UInt8], _ input: inout ForeignFile
  ) throws(ExchangeError) {
    guard let byte = try input.next() else { return }
    guard byte == 0x0D else { return bytes.append(byte) }
    let isPair = try input.peek() == 0x0A || (!isXML && bytes.last == 0x0A)
    if !isPair { bytes.append(0x0A) }
  }

  /// Reads to the end of an element in which tags are not recognised, and past its end tag.
  private mutating func skipRaw(
    _ name: String, _ input: inout ForeignFile
  ) throws(ExchangeError) {
    let wanted = Array(name.utf8)
    let room = keptRaw[name] ?? 0
    raw = []
    func keep(_ byte: UInt8) { if raw.count < room { raw.append(byte) } }
    while let byte = try input.next() {
      guard byte == UInt8(ascii: "<"), try input.peek() == UInt8(ascii: "/") else {
        keep(byte)
        continue
      }
      _ = try input.next()
      let end = raw.count
      keep(byte)
      keep(UInt8(ascii: "/"))
      var matched = 0
      while matched < wanted.count, let next = try input.peek(), next | 0x20 == wanted[matched] {
        _ = try input.next()
        keep(next)
        matched += 1
      }
      guard matched == wanted.count, let next = try input.peek(), Self.endsName(next) else {
        continue
      }
      raw.removeLast(raw.count - end)
      while let next = try input.next() { if next == UInt8(ascii: ">") { return } }
    }
    throw cut(inside: "<\(name)>")
  }

  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// In XML, names may also begin with `_`, `:` and letters beyond ASCII.
  static func isNameStart(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte == 0x5F || byte == 0x3A || byte >= 0x80
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
  }

  static func endsName(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">")
  }
}
