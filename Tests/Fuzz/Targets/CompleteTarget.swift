import Favourites
import Host

@testable import favs

extension FuzzTarget {
  /// A command line that is being typed, and stored texts that it may go on with, a NUL between
  /// them. No file is looked into.
  static let complete = FuzzTarget(name: "complete", longest: 2_048) { bytes in
    let texts = texts(bytes)
    let line = texts[0]
    let stored = texts.dropFirst().filter { !Visibility.isAnyHidden(in: $0) }
    for text in stored { try checkQuoting(text) }
    let read = BashLine(line, breaks: " \t\n\"'><=;|&(:")
    let words = line.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false)
      .map { FishWord.text(String($0)) }
    try ask(Array(read.words.dropFirst()), read.current, stored, in: read)
    try ask(Array(words.dropLast()), words.last ?? "", stored, in: read)
  }

  private static func ask(
    _ words: [String], _ current: String, _ stored: [String], in line: BashLine
  ) throws {
    let question = CompletionQuestion(after: words, current: current)
    try BrokenLaw.unless(
      (question.kept + question.beginning).utf8.elementsEqual(current.utf8),
      "\(current.debugDescription) is cut into \(question.kept) and \(question.beginning)")
    var answer = CompletionAnswer()
    if !question.sources.contains(where: isStored) {
      answer = Completer.answer(question, now: now, meter: StoreMeter())
    }
    answer.kept = question.kept
    answer.candidates += stored.map { Candidate(value: $0, title: $0, detail: $0) }
    // What was typed is shown again as it stands.
    guard !Visibility.isAnyHidden(in: line.current + current) else { return }
    let shown =
      answer.zsh + answer.fish + answer.bash(line, isListing: true)
      + answer.bash(line, isListing: false)
    for text in shown {
      let parts = text.unicodeScalars.split(separator: "\t").map(String.init)
      try BrokenLaw.unless(
        !parts.contains(where: Visibility.isAnyHidden), "a shell shows \(text.debugDescription)")
    }
  }

  /// Where a file would be looked into.
  private static func isStored(_ source: CompletionQuestion.Source) -> Bool {
    guard case .value(let completion) = source else { return false }
    return switch completion {
    case .choices, .list, .order, .field, .setting, .none: false
    default: true
    }
  }

  /// What is put behind the quotes that are open is that text again to bash.
  private static func checkQuoting(_ text: String) throws {
    for sign in ["", "'", "\"", "$'"] {
      let typed = "favs " + sign
      let line = BashLine(typed, breaks: "")
      guard let inserted = line.insertion(of: text, isWhole: false) else { continue }
      let again = BashLine(typed + inserted, breaks: "")
      try BrokenLaw.unless(
        again.current.utf8.elementsEqual(text.utf8) && again.words == ["favs"],
        "\(text.debugDescription) behind \(sign) is \(inserted), read as \(again)")
    }
  }
}
