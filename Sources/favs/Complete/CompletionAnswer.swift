/// All completions of a word.
struct CompletionAnswer: Equatable {
  /// The beginning of the word that is kept.
  var kept = ""
  var candidates: [Candidate] = []
  /// Whether the shell should offer files if there are no candidates.
  var wantsFiles = false
  /// Whether the word continues after the insertion.
  var isOpen = false

  /// The first line of the answer: whether the shell should complete files, should not append a
  /// space, or should expect insertions that do not begin with what was typed; or "words" if none
  /// of these applies.
  var kind: String {
    if candidates.isEmpty { return wantsFiles ? "files" : "words" }
    if candidates.contains(where: { $0.title != nil }) { return "replace" }
    return isOpen ? "open" : "words"
  }

  /// For zsh: the insertion and, after a tab, its description.
  var zsh: [String] {
    [kind] + candidates.map { "\(kept)\($0.value)\t\($0.description)" }
  }

  /// For fish, which accepts only continuations of what was typed: a title is inserted as a title.
  var fish: [String] {
    [kind]
      + candidates.compactMap { candidate in
        guard let title = candidate.title else {
          return "\(kept)\(candidate.value)\t\(candidate.description)"
        }
        guard !Visibility.isAnyHidden(in: title) else { return nil }
        let detail = "\(candidate.value), \(candidate.detail)"
        return "\(kept)\(title)\t\(TextWidth.cut(Escaping.forTerminal(detail), to: 60))"
      }
  }

  /// For bash: replacements for the current word.
  /// - Parameter isListing: true if readline lists the candidates and inserts their common
  ///   beginning, false if it inserts them in full, one after the other.
  func bash(_ line: BashLine, isListing: Bool) -> [String] {
    guard candidates.count > 1 else {
      return [kind] + candidates.compactMap { line.insertion(of: kept + $0.value, isWhole: true) }
    }
    let titles = candidates.compactMap(\.title)
    guard Set(titles).count <= 1, isListing, candidates.allSatisfy(\.isNumber) else {
      let names = Set(titles).count > 1 ? titles : candidates.map(\.value)
      let values = names.filter { !Visibility.isAnyHidden(in: $0) }.map {
        kept + $0
      }
      let words = values.compactMap { line.insertion(of: $0, isWhole: false) }
      return [kind] + (isListing ? Self.keeping(line.current, values) : []) + words
    }
    let listed = candidates.map { "\(kept)\($0.value)  \($0.description)" }
    return [kind] + Self.keeping(line.current, listed) + listed
  }

  /// An extra word without a common beginning, needed if the common beginning of the others is
  /// shorter than what was typed: otherwise readline would replace that.
  private static func keeping(_ typed: String, _ words: [String]) -> [String] {
    guard let first = words.first else { return [] }
    let common = words.dropFirst().reduce(first.unicodeScalars.count) { count, word in
      zip(first.unicodeScalars, word.unicodeScalars).prefix(count).prefix { $0 == $1 }.count
    }
    return common < typed.unicodeScalars.count ? [" "] : []
  }
}
