internal import Favourites

/// Lists completions of a command line for a shell, which shows and inserts the output but never
/// evaluates it.
///
/// The first line says what kind of answer follows (see `CompletionAnswer.kind`); each further line
/// is one completion of the last word. bash passes the line up to the cursor, `$COMP_WORDBREAKS`
/// and `$COMP_TYPE`; zsh and fish pass the words, beginning with the program's name. Any error
/// gives no completions, since a message would disturb the prompt.
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
