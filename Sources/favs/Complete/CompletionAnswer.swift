/// What a word may become, all in all.
struct CompletionAnswer: Equatable {
  /// What stands in the word before that and stays.
  var kept = ""
  var candidates: [Candidate] = []
  /// True where the shell is to look for files itself, if there is nothing else.
  var wantsFiles = false
  /// True where the word goes on behind what is inserted.
  var isOpen = false

  /// What a shell is told first: to look for files, that a space does not follow, that what is inserted does not
  /// begin with what was typed, or nothing of all that.
  var kind: String {
    if candidates.isEmpty { return wantsFiles ? "files" : "words" }
    if candidates.contains(where: { $0.title != nil }) { return "replace" }
    return isOpen ? "open" : "words"
  }

  /// For zsh: what is inserted, and behind a tab what is said of it.
  var zsh: [String] {
    [kind] + candidates.map { "\(kept)\($0.value)\t\($0.description)" }
  }

  /// For fish, which takes only what the word is the beginning of: a title stands for itself.
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

  /// For bash: words that readline puts in the place of the one that is typed.
  /// - Parameter isListing: true where readline shows several and inserts what they have in common, false where it
  ///   inserts them whole, one after the other.
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

  /// A word that has nothing in common with the others, where what these have in common is less than what is typed:
  /// readline would put it in its place.
  private static func keeping(_ typed: String, _ words: [String]) -> [String] {
    guard let first = words.first else { return [] }
    let common = words.dropFirst().reduce(first.unicodeScalars.count) { count, word in
      zip(first.unicodeScalars, word.unicodeScalars).prefix(count).prefix { $0 == $1 }.count
    }
    return common < typed.unicodeScalars.count ? [" "] : []
  }
}
