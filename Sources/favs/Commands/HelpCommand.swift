internal import Favourites

/// Shows how commands are used.
struct HelpCommand: Command {
  static let synopsis = Synopsis<Self>(
    "Show how a command is used",
    operands: .some("COMMAND", atLeast: 0, .command),
    exits: [.done, .usage, .inputOutput])

  static let opensFile = false

  var operands: [String] = []
  var global = GlobalOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    try context.output.write(try Help.text(for: operands))
    return .done
  }
}
