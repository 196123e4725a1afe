/// One of the forms in which a word of a query may stand in the index.
struct WordForm: Equatable, Sendable {
  /// The tokens, one after another; a part of a word has `SearchText.partMark` before it.
  let tokens: [String]
  /// Whether the last of them may go on.
  let isPrefix: Bool
  /// How much a hit on it counts, 1 for the word as it was typed.
  var weight: Double

  init(_ tokens: [String], isPrefix: Bool = false, weight: Double = 1) {
    self.tokens = tokens
    self.isPrefix = isPrefix
    self.weight = weight
  }

  /// The same words as parts of others.
  static func part(
    _ tokens: [String], isPrefix: Bool, weight: Double = WordForm.ofPart
  ) -> WordForm {
    WordForm(
      tokens.map { String(Character(SearchText.partMark)) + $0 }, isPrefix: isPrefix,
      weight: weight)
  }

  /// As FTS5 is asked for it.
  var phrase: String { "\"\(tokens.joined(separator: " "))\"" + (isPrefix ? " *" : "") }

  /// Whether a word that says in which category a favourite is could be one of its hits: see `SearchText.placeWord`.
  var mayBePlace: Bool {
    guard tokens.count == 1, tokens[0].utf8.first == UInt8(ascii: "k") else { return false }
    let digits = tokens[0].utf8.dropFirst()
    return digits.allSatisfy(\.isASCIIDigit) && (isPrefix || !digits.isEmpty)
  }

  // How much the other forms of a word count.
  static let plural = 0.8
  static let joined = 0.9
  static let apart = 0.7
  static let ofPart = 0.6
  static let goingOn = 0.7
  static let undotted = 0.7
}
