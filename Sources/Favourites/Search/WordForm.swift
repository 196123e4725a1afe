/// One of the forms in which a word of a query may occur in the index.
struct WordForm: Equatable, Sendable {
  /// The tokens in sequence; a part of a word has `SearchText.partMark` before it.
  let tokens: [String]
  /// Whether the last token may continue.
  let isPrefix: Bool
  /// The weight of a hit, 1 for the word as typed.
  var weight: Double

  init(_ tokens: [String], isPrefix: Bool = false, weight: Double = 1) {
    self.tokens = tokens
    self.isPrefix = isPrefix
    self.weight = weight
  }

  /// The form for the same words as parts of others.
  static func part(
    _ tokens: [String], isPrefix: Bool, weight: Double = WordForm.ofPart
  ) -> WordForm {
    WordForm(
      tokens.map { String(Character(SearchText.partMark)) + $0 }, isPrefix: isPrefix,
      weight: weight)
  }

  /// The phrase in FTS5's syntax.
  var phrase: String { "\"\(tokens.joined(separator: " "))\"" + (isPrefix ? " *" : "") }

  /// Whether a category's word could be one of its hits: see `SearchText.word(ofCategory:)`.
  var mayBeCategory: Bool {
    guard tokens.count == 1, tokens[0].utf8.first == UInt8(ascii: "k") else { return false }
    let digits = tokens[0].utf8.dropFirst()
    return digits.allSatisfy(\.isASCIIDigit) && (isPrefix || !digits.isEmpty)
  }

  // The weights of other forms of a word.
  static let plural = 0.8
  static let joined = 0.9
  static let apart = 0.7
  static let ofPart = 0.6
  static let goingOn = 0.7
  static let undotted = 0.7
}
