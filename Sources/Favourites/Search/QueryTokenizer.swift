/// Splits a query into tokens, reading each byte a bounded number of times.
///
/// White space, parentheses and `|` end a word; a quote within a word does not. In quotes, two
/// quotes stand for one. A quote that is never closed is ignored.
struct QueryTokenizer {
  private let bytes: [UInt8]
  private let qualifiers: QualifierReader
  private var position = 0
  /// The first word that looks like a filter but is not a valid one.
  private(set) var refusal: QueryRefusal?

  /// Makes a tokenizer for `text` that asks `qualifiers` what `NAME:VALUE` means.
  init(_ text: String, qualifiers: QualifierReader) {
    bytes = Array(text.utf8)
    self.qualifiers = qualifiers
  }

  /// The next token, nil at the end.
  mutating func next() -> QueryToken? {
    while position < bytes.count {
      let length = spaceLength(at: position)
      if length > 0 {
        position += length
      } else if let token = nextPiece() {
        return token
      }
    }
    return nil
  }

  /// Reads the piece at the next byte, which is not white space; nil if it is ignored.
  private mutating func nextPiece() -> QueryToken? {
    switch bytes[position] {
    case Byte.close:
      position += 1
      return .close
    case Byte.bar:
      // `||` means the same.
      let length = byte(at: position + 1) == Byte.bar ? 2 : 1
      return .keyword(.or, text: take(to: position + length))
    default: break
    }
    let isNegated = isOperator(dashAt: position)
    if isNegated { position += 1 }
    switch bytes[position] {
    case Byte.open:
      position += 1
      return .open(nil, isNegated: isNegated)
    case Byte.quote: return quotedOperand(isNegated: isNegated)
    case Byte.number: return .operand(tag(), isNegated: isNegated)
    default: return word(isNegated: isNegated)
    }
  }

  /// Reads `"left hand"` or `"left ha"*`.
  private mutating func quotedOperand(isNegated: Bool) -> QueryToken? {
    guard let quoted = quoted(at: position) else {
      if isNegated {
        position -= 1
        return .operand(.text(Self.term(take(to: endOfWord(from: position)))), isNegated: false)
      }
      position += 1
      return nil
    }
    position = quoted.end
    guard !quoted.text.isEmpty else { return nil }
    let term = TextTerm(quoted.text, isPrefix: skipStar())
    return .operand(.text(term), isNegated: isNegated)
  }

  /// Reads `#tag` or `#"two words"`; an invalid tag is a word.
  private mutating func tag() -> Query {
    let start = position + 1
    let quoted = quoted(at: start)
    let end = quoted?.end ?? endOfWord(from: start)
    let name = quoted?.text ?? text(start, end)
    if !isQuote(at: start) || quoted != nil, let tag = try? TagName.parse(name) {
      position = end
      return .tag(tag)
    }
    return .text(TextTerm(take(to: end)))
  }

  /// Reads a word, a qualifier with its value, or a field for parentheses.
  private mutating func word(isNegated: Bool) -> QueryToken {
    let start = position
    guard let colon = colonOfWord(from: start) else {
      let word = take(to: endOfWord(from: start))
      refusal = refusal ?? qualifiers.refusal(ofWord: word)
      if !isNegated, let keyword = QueryToken.Keyword(word) {
        return .keyword(keyword, text: word)
      }
      if !isNegated, word.unicodeScalars.allSatisfy(\.isSign) { return .sign(word) }
      return .operand(.text(Self.term(word)), isNegated: isNegated)
    }
    let name = text(start, colon)
    let field = TextTerm.Field(rawValue: name.lowercased())
    if let field, byte(at: colon + 1) == Byte.open {
      position = colon + 2
      return .open(field, isNegated: isNegated)
    }
    return .operand(qualified(name, field, valueAt: colon + 1), isNegated: isNegated)
  }

  /// Reads the value of `NAME:`; if the two have no meaning together, they are taken as typed.
  private mutating func qualified(
    _ name: String, _ field: TextTerm.Field?, valueAt valueStart: Int
  ) -> Query {
    let sign = field == nil ? sign(at: valueStart) : nil
    let start = valueStart + (sign?.length ?? 0)
    let quoted = quoted(at: start)
    let end = quoted?.end ?? endOfWord(from: start)
    let value = quoted?.text ?? text(start, end)
    guard !value.isEmpty else { return .text(TextTerm(take(to: end))) }
    if let field {
      position = end
      if quoted == nil { return .text(Self.term(value).limited(to: field)) }
      return .text(TextTerm(value, isPrefix: skipStar(), in: field))
    }
    let qualifier = QualifierReader.Qualifier(
      name: name, relation: sign?.relation, value: value, isQuoted: quoted != nil)
    if !isQuote(at: start) || quoted != nil, let query = qualifiers.query(for: qualifier) {
      position = end
      return query
    }
    let word = take(to: end)
    refusal = refusal ?? qualifiers.refusal(of: qualifier, typed: word)
    return .text(Self.term(word))
  }

  /// A word as typed; a trailing star makes it a prefix.
  private static func term(_ word: String) -> TextTerm {
    let stem = word.utf8.dropLast()
    let isPrefix = word.utf8.last == Byte.star && !stem.isEmpty
    return TextTerm(isPrefix ? String(decoding: stem, as: UTF8.self) : word, isPrefix: isPrefix)
  }

  /// The text between the quote at `start` and the closing one, trimmed of white space, and where
  /// it ends; nil if there is no quote, or it is never closed.
  private func quoted(at start: Int) -> (text: String, end: Int)? {
    guard isQuote(at: start) else { return nil }
    var content: [UInt8] = []
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == Byte.quote {
        guard byte(at: index + 1) == Byte.quote else {
          return (String(decoding: content, as: UTF8.self).trimmed, index + 1)
        }
        index += 1
      }
      content.append(bytes[index])
      index += 1
    }
    return nil
  }

  /// Skips a star that follows a quote and ends the word.
  private mutating func skipStar() -> Bool {
    guard byte(at: position) == Byte.star, isDelimiter(at: position + 1) else { return false }
    position += 1
    return true
  }

  /// The longest operator at a place, and its length.
  private func sign(at start: Int) -> (relation: MetadataCondition.Relation, length: Int)? {
    for length in [2, 1] where start + length <= bytes.count {
      if let relation = MetadataCondition.Relation(operator: bytes[start..<start + length]) {
        return (relation, length)
      }
    }
    return nil
  }

  /// The first colon in the word, unless the word begins with it.
  private func colonOfWord(from start: Int) -> Int? {
    var index = start
    while !isDelimiter(at: index) {
      if bytes[index] == Byte.colon { return index > start ? index : nil }
      index += 1
    }
    return nil
  }

  private func endOfWord(from start: Int) -> Int {
    var index = start
    while !isDelimiter(at: index) { index += 1 }
    return index
  }

  /// Whether a word ends before this byte.
  private func isDelimiter(at index: Int) -> Bool {
    guard let byte = byte(at: index) else { return true }
    return byte == Byte.open || byte == Byte.close || byte == Byte.bar || spaceLength(at: index) > 0
  }

  /// Whether the dash here negates what follows; a dash before another does not: `--help`.
  private func isOperator(dashAt index: Int) -> Bool {
    guard byte(at: index) == Byte.dash, let following = byte(at: index + 1) else { return false }
    return following == Byte.open || (following != Byte.dash && !isDelimiter(at: index + 1))
  }

  private func isQuote(at index: Int) -> Bool { byte(at: index) == Byte.quote }

  /// The number of bytes of the white space that begins here; 0 if there is none.
  private func spaceLength(at index: Int) -> Int {
    let byte = bytes[index]
    if byte < 0x80 { return byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) ? 1 : 0 }
    // Every white space beyond ASCII begins with one of these in UTF-8.
    guard byte == 0xC2 || (byte >= 0xE1 && byte <= 0xE3) else { return 0 }
    let length = byte == 0xC2 ? 2 : 3
    let scalar = String(decoding: bytes[index..<min(index + length, bytes.count)], as: UTF8.self)
      .unicodeScalars.first
    return scalar?.isWhitespace ?? false ? length : 0
  }

  private func byte(at index: Int) -> UInt8? {
    index < bytes.count ? bytes[index] : nil
  }

  private func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The text up to `end`, which becomes the new position.
  private mutating func take(to end: Int) -> String {
    let taken = text(position, end)
    position = end
    return taken
  }

  private enum Byte {
    static let quote: UInt8 = 0x22
    static let number: UInt8 = 0x23
    static let open: UInt8 = 0x28
    static let close: UInt8 = 0x29
    static let star: UInt8 = 0x2A
    static let dash: UInt8 = 0x2D
    static let colon: UInt8 = 0x3A
    static let bar: UInt8 = 0x7C
  }
}

extension Unicode.Scalar {
  /// Whether it is punctuation, or a sign of mathematics, which stands between words rather than
  /// for one; a picture or the sign of a currency may be meant.
  fileprivate var isSign: Bool {
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .modifierSymbol:
      true
    default: false
    }
  }
}
