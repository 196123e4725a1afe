internal import Favourites

/// Tells a shell how a command line may go on. What is printed is shown and inserted, never evaluated.
///
/// The first line says what follows (see `CompletionAnswer.kind`), each further line is one thing that the last word
/// may become. bash hands over the line up to the cursor, `$COMP_WORDBREAKS` and `$COMP_TYPE`; zsh and fish hand over
/// the words, that of the program first. Whatever goes wrong is no answer: nobody has asked for a message there.
struct Complete: Command {
  static let synopsis = Synopsis<Self>(
    "Complete a command line",
    operands: .some("SHELL WORD…", atLeast: 0),
    exits: [.done, .usage, .inputOutput])

  static let opensFile = false
  static let heedsSettings = false

  var operands: [String] = []
  var global = GlobalOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let words = Array(operands.dropFirst())
    for line in lines(words, context) { try context.output.write(line + "\n") }
    return .done
  }

  private func lines(_ words: [String], _ context: Context) -> [String] {
    switch operands.first.flatMap(Completions.Shell.init(rawValue:)) {
    case .bash:
      guard words.count == 3 else { return [] }
      let line = BashLine(words[0], breaks: words[1])
      guard !line.isRedirected else { return ["files"] }
      let answer = answer(line.words, line.current, context)
      return answer.bash(line, isListing: !["37", "42"].contains(words[2]))
    case .zsh:
      guard let current = words.last else { return [] }
      return answer(words.dropLast(), current, context).zsh
    case .fish:
      guard let current = words.last else { return [] }
      return answer(words.dropLast(), FishWord.text(current), context).fish
    case nil: return []
    }
  }

  private func answer(
    _ words: [String], _ current: String, _ context: Context
  ) -> CompletionAnswer {
    let question = CompletionQuestion(after: Array(words.dropFirst()), current: current)
    return Completer.answer(question, now: context.now, meter: context.file.meter)
  }
}
