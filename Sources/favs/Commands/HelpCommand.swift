internal import Favourites

/// Shows the help.
struct HelpCommand: Command {
  static let synopsis = Synopsis<Self>(
    "Show help for a command or topic",
    details: [
      "TOPIC is one of " + HelpTopic.allCases.map(\.rawValue).joined(separator: ", ") + "."
    ],
    operands: .some("COMMAND|TOPIC", atLeast: 0, .command),
    exits: [.done, .usage, .inputOutput])

  static let opensFile = false

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    try context.output.write(try Help.text(for: operands))
    return .done
  }
}
