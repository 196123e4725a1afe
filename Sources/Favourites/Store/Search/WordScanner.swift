internal import SQLite

/// Splits ASCII text into the words that the vocabulary stores: four to 24 letters, in lower case.
struct WordScanner {
  private let bytes: [UInt8]
  private var position = 0
  /// The last word found. Its buffer is reused, so that the next word needs no allocation.
  private(set) var word: [UInt8] = []

  init(_ text: String) {
    bytes = Array(text.utf8)
    word.reserveCapacity(Self.lengths.upperBound)
  }

  /// The words of a text that were not met before.
  static func newWords(of text: String, _ met: inout HashesMet) -> [String] {
    var words: [String] = []
    var scanner = WordScanner(text)
    while let hash = scanner.next() {
      if met.insert(hash) { words.append(String(decoding: scanner.word, as: UTF8.self)) }
    }
    return words
  }

  /// The lengths stored: shorter words are not corrected, longer ones are not words.
  static let lengths = 4...24

  /// Whether the vocabulary stores a token that is not plain ASCII: letters, and the marks that
  /// belong to them, such as a virama.
  static func isKept(_ token: String) -> Bool {
    lengths.contains(token.unicodeScalars.count)
      && token.unicodeScalars.allSatisfy {
        $0.isASCII
          ? UInt8($0.value).isASCIILetter
          : $0.properties.isAlphabetic || $0.properties.generalCategory.isMark
      }
  }

  /// The hash of the next word; nil at the end.
  mutating func next() -> UInt64? {
    while position < bytes.count {
      let start = position
      while position < bytes.count, bytes[position].isASCIILetter { position += 1 }
      let end = position
      // A run with digits in it is one token, but not a word.
      while position < bytes.count, Self.isTokenByte(bytes[position]) { position += 1 }
      let isWord = position == end && Self.lengths.contains(end - start)
      if position == start { position += 1 }
      guard isWord else { continue }
      word.removeAll(keepingCapacity: true)
      for place in start..<end { word.append(bytes[place] | 0x20) }
      return Self.hash(word)
    }
    return nil
  }

  /// A collision within one change would cost no more than a missed correction.
  static func hash(_ word: [UInt8]) -> UInt64 { FNV1a(word).value }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit
  }
}
