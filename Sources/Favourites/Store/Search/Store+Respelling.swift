internal import SQLite

// Words that nothing has as they were typed, but in another form: apart, joined, in other groups of
// digits, in another writing.

extension Store {
  /// How many other forms of a word are searched for.
  private static let mostForms = 4

  /// The forms of a word that favourites have.
  func respelled(
    _ term: TextTerm, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    guard term.kind == .word else { return [] }
    let tokens = compiler.tokens(of: term)
    var forms = Respelling.groups(of: tokens) + Respelling.sizes(of: tokens)
    if let kana = Respelling.kana(of: term.text) { forms.append(kana) }
    if tokens.count == 1 {
      forms += Respelling.umlauts(of: tokens[0])
      if WordScanner.isKept(tokens[0]) { forms += try apart(tokens[0]) }
    }
    return try used(forms, for: term, &compiler)
  }

  /// The words that have a word inside which was typed with `ue` for `ü`, and abbreviations with a
  /// dot behind each letter.
  func respelledFurther(
    _ term: TextTerm, _ word: String, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    for other in Respelling.umlauts(of: word) {
      let wider = try wider(
        TextTerm(other, in: term.field), other, inAnyCase: false, &compiler)
      if !wider.isEmpty { return wider }
    }
    return try used(Respelling.letters(of: word).map { [$0] } ?? [], for: term, &compiler)
  }

  /// Those of some forms of a term that favourites have.
  private func used(
    _ forms: [String], for term: TextTerm, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    guard !forms.isEmpty else { return [] }
    var phrases: [String] = []
    for form in forms {
      let tokens = compiler.tokens(of: TextTerm(form))
      if !tokens.isEmpty { phrases.append(WordForm(tokens).phrase) }
    }
    // Most occur nowhere: one query finds out.
    guard !phrases.isEmpty, try hasHits(.words(phrases)) else { return [] }
    var found: [TextTerm] = []
    for form in forms where found.count < Self.mostForms {
      let other = TextTerm(form, in: term.field)
      if let expression = try compiler.expression(.text(other)), try hasHits(expression) {
        found.append(other)
      }
    }
    return found
  }

  /// Two words that one may be: the second in the other number (`hotdog` as `hot dogs`), or with an
  /// apostrophe before the last letter of the first (`letsencrypt` as `let s encrypt`).
  private func apart(_ word: String) throws(StoreError) -> [String] {
    var found: [String] = []
    let letters = Array(word.unicodeScalars)
    for cut in letters.indices.dropFirst(2).dropLast(1) {
      let (first, second) = (Self.text(letters[..<cut]), Self.text(letters[cut...]))
      if try mayOccur(first) {
        for other in WordForms.others(of: second) where try mayOccur(other) {
          found.append("\(first) \(other)")
        }
      }
      let stem = Self.text(letters[..<(cut - 1)])
      let last = letters[cut - 1]
      if "stnd".unicodeScalars.contains(last), try mayOccur(second), try mayOccur(stem) {
        found.append("\(stem) \(last) \(second)")
      }
    }
    return found
  }

  private static func text(_ letters: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: letters)
    return String(text)
  }

  /// Whether a word may be in use: the vocabulary has no short ones.
  func mayOccur(_ word: String) throws(StoreError) -> Bool {
    guard WordScanner.lengths.contains(word.unicodeScalars.count) else { return true }
    return try isInVocabulary(word)
  }
}
