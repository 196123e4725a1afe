/// Prints a page of the manual.
struct Man: Command {
  static let synopsis = Synopsis<Self>(
    "Print a manual page in roff format",
    details: [
      "Without COMMAND, prints the page of favs itself."
    ],
    operands: .optional("COMMAND", .command),
    examples: [Example("favs man add | man -l -", "read the page of favs add")],
    exits: [.done, .usage, .inputOutput])

  static let opensFile = false

  var operands: [String] = []
  var global = GlobalOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let pages = Commands.all.map { $0.page() }
    guard let name = operands.first else {
      try context.output.write(Manual.overview(pages))
      return .done
    }
    guard let page = pages.first(where: { $0.name == name || $0.aliases.contains(name) }) else {
      throw Failure(
        UsageError.unknownCommand(
          name, under: "", nearest: Suggestion.nearest(to: name, among: pages.map(\.name))))
    }
    try context.output.write(Manual.page(page))
    return .done
  }
}
