internal import Favourites
internal import Host

/// Lets the user pick favourites interactively.
struct Pick: Command {
  static let synopsis = Synopsis<Self>(
    "Pick favourites while you type",
    details: [
      "Shows a line to type in, the matches below it, and a preview of the chosen one. The search "
        + "is that of favs search, and the word at the end may be unfinished. Without words, the "
        + "most used favourites come first.",
      "Enter prints the choice as favs list does; --action opens, edits, removes or copies it "
        + "instead. Tab marks several. Ctrl-O opens, Ctrl-E edits, Ctrl-Y copies the link, Ctrl-D "
        + "moves to the trash, Ctrl-Z undoes, Ctrl-R redoes, Alt-Up and Alt-Down change the rank, "
        + "Ctrl-T narrows to the category, ? shows all keys, Esc leaves.",
      "It draws on the terminal even if its output goes to a pipe, and leaves the screen as it "
        + "was.",
    ],
    operands: .query(atLeast: 0),
    options: [
      .read(
        "action", nil, "ACTION", "open, edit, rm, copy or print the choice", \.action,
        .choices(Action.allCases.map(\.rawValue)), by: Value.choice(Action.self))
    ] + PickOptions.options.lifted(to: \.pick) + SelectionOptions.options.lifted(to: \.selection)
      + WriteOptions.askingOptions.lifted(to: \.write)
      + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs pick --action open", "pick a link and open it"),
      Example("favs pick -c books --fields id | xargs favs show", "pick books and show them"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
      .invalidInput, .interrupted,
    ],
    seeAlso: ["search", "open"])

  /// What to do with the choice.
  enum Action: String, CaseIterable, Sendable {
    case open, edit, rm, copy, print
  }

  var operands: [String] = []
  var global = GlobalOptions()
  var action: Action?
  var pick = PickOptions()
  var selection = SelectionOptions()
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let action = if let action { action } else { try context.settings.value(of: .pick) }
    let outcome = try context.pick(
      query: operands.joined(separator: " "), self, action: action.rawValue)
    switch outcome {
    case .left: return .interrupted
    case .nothing: return .incomplete
    case .chosen(let ids): return try act(action, on: ids, in: &context)
    }
  }

  private func act(
    _ action: Action, on ids: [Int64], in context: inout Context
  ) throws(Failure) -> ExitCode {
    let words = ids.map(String.init)
    context.deedWords = CommandWords([action.rawValue] + words)
    switch action {
    case .print:
      try PickDeeds(write: write, terminal: 1).present(ids, in: context)
      var store = try context.reading()
      try context.show(ids, in: &store, output, isAsked: true)
      return .done
    case .copy:
      let (links, note) = try PickDeeds(write: write, terminal: 1).links(of: ids, in: context)
      guard let code = Clipboard.sequence(for: links.joined(separator: "\n")) else {
        throw Failure(.invalidInput, "the links are too long to be copied")
      }
      try Failure.of(Terminal.write(code))
      if let note { try context.output.warn(Escaping.forTerminal(note)) }
      return note == nil ? .done : .incomplete
    case .open:
      var command = Open()
      command.operands = words
      command.global = global
      command.write = write
      command.output = output
      return try command.run(in: &context)
    case .edit:
      var command = Edit()
      command.write = write
      command.output = output
      for id in ids { try command.change(only: id, in: &context) }
      return .done
    case .rm:
      var command = Remove()
      command.operands = words
      command.global = global
      command.write = write
      command.output = output
      return try command.run(in: &context)
    }
  }
}
