/// A text as the tokenizer gets it, and the origin of each of its bytes.
struct PreparedText {
  /// The text that the tokenizer splits.
  var text: String { String(decoding: bytes, as: UTF8.self) }
  /// For each byte, the bytes of the original text that it comes from.
  private(set) var origins: [Range<Int>] = []

  private var bytes: [UInt8] = []
  private let folded: FoldedText

  init(_ text: String) {
    folded = FoldedText(text)
    bytes.reserveCapacity(folded.scalars.count)
    let (scalars, kinds) = (folded.scalars, folded.kinds)
    /// The start of the word that ends before the current scalar.
    var wordStart: Int?
    for (index, scalar) in scalars.enumerated() {
      let origin = folded.origins[index]
      switch kinds[index] {
      case .single:
        append(" ", from: origin)
        append(scalar, from: origin)
        append(" ", from: origin)
        wordStart = nil
      case .letter, .capital, .digit, .mark:
        if wordStart == nil { wordStart = index }
        append(scalar, from: origin)
      case .separator, .joiner:
        append(scalar == SearchText.partMark ? " " : scalar, from: origin)
        if let wordStart, let sign = Self.sign(of: wordStart..<index, scalars, kinds) {
          let end = folded.origins[index + sign.count - 1].upperBound
          appendNamed(wordStart..<index, sign.name, from: origin.lowerBound..<end)
        }
        wordStart = nil
      }
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar, from origin: Range<Int>) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      bytes.append(byte)
      origins.append(origin)
    }
  }

  // MARK: C++ and C#

  /// The name of the signs that follow a word, as in C++. A number may follow them, as in C++20 and
  /// C#12; but issue#12 is no language.
  private static func sign(
    of word: Range<Int>, _ scalars: [Unicode.Scalar], _ kinds: [FoldedText.Kind]
  ) -> (name: String, count: Int)? {
    let rest = scalars[word.upperBound...]
    let sign: (name: String, count: Int)
    if rest.starts(with: "++".unicodeScalars) {
      sign = ("plusplus", 2)
    } else if rest.first == "#" {
      sign = ("sharp", 1)
    } else {
      return nil
    }
    let after = word.upperBound + sign.count
    guard after < scalars.count, kinds[after].isOfWord else { return sign }
    return kinds[after] == .digit && (sign.count == 2 || word.count == 1) ? sign : nil
  }

  private mutating func appendNamed(_ word: Range<Int>, _ name: String, from origin: Range<Int>) {
    append(" ", from: origin)
    for index in word { append(folded.scalars[index], from: origin) }
    for scalar in name.unicodeScalars { append(scalar, from: origin) }
    append(" ", from: origin)
  }

  // MARK: Parts

  /// Appends the further words that find the text, each with its mark.
  mutating func appendParts(inLink: Bool = false) {
    for run in WordRun.runs(of: folded) {
      for row in run.extras(of: folded, inLink: inLink) {
        for extra in row { appendPart(extra) }
      }
      if !inLink, let word = run.dotted { appendPart([word], behind: "dot") }
    }
  }

  private mutating func appendPart(_ pieces: WordRun.Extra, behind beginning: String = "") {
    guard let first = pieces.first, let last = pieces.last else { return }
    let whole = origin(of: first.lowerBound..<last.upperBound)
    append(" ", from: whole)
    append(SearchText.partMark, from: whole)
    for scalar in beginning.unicodeScalars { append(scalar, from: whole) }
    for piece in pieces {
      for index in piece { append(folded.scalars[index], from: whole) }
    }
  }

  private func origin(of range: Range<Int>) -> Range<Int> {
    folded.origins[range.lowerBound].lowerBound..<folded.origins[range.upperBound - 1].upperBound
  }
}
