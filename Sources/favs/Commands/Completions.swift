/// Prints the completion script of a shell.
struct Completions: Command {
  static let synopsis = Synopsis<Self>(
    "Print a shell's completion script",
    operands: .one("SHELL", .choices(Shell.allCases.map(\.rawValue))),
    examples: [
      Example("source <(favs completions bash)", "enable completion in this bash")
    ],
    exits: [.done, .usage, .inputOutput])

  /// A supported shell.
  enum Shell: String, CaseIterable, Sendable {
    case bash, zsh, fish
  }

  static let opensFile = false

  var operands: [String] = []
  var global = GlobalOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    guard let shell = Shell(rawValue: operands[0]) else {
      throw Failure(
        .usage, "no completions for '\(operands[0])'", hint: "bash, zsh, fish")
    }
    switch shell {
    case .bash: try context.output.write(BashCompletion.text)
    case .zsh: try context.output.write(ZshCompletion.text)
    case .fish: try context.output.write(FishCompletion.text)
    }
    return .done
  }
}
