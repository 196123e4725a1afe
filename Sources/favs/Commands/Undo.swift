internal import Favourites

/// Takes changes back.
struct Undo: Command {
  static let synopsis = Synopsis<Self>(
    "Take back the last change, or change N",
    details: [
      "A change is all that one command did. Without N the last change is taken back that was not taken "
        + "back yet; said again, the one before it. Change N is taken back when no later change "
        + "touched the same things.",
      "What is taken back can be made again by favs redo.",
    ],
    operands: .optional("N"),
    options: [
      .flag("list", nil, "print the changes that can be taken back", \.lists)
    ] + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example("favs undo", "take back the last change"),
      Example("favs undo 42", "take back change 42"),
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["redo", "history", "restore"])

  var operands: [String] = []
  var global = GlobalOptions()
  var lists = false
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    if lists {
      let store = try context.reading()
      let changes = try context.opened { () throws(StoreError) in
        try store.changes(limit: 1_000).filter(\.canBeUndone).prefix(20)
      }
      try ChangePrinter(context).print(Array(changes), &context)
      return .done
    }
    let number = try wantedChange()
    _ = try context.change(write, isLarge: true) { (store) throws(StoreError) in
      if let number { return try store.undo(number) }
      return try store.undo()
    } show: { (_, context, change) throws(Failure) in
      try ChangePrinter(context).report("undone", change, &context)
    }
    return .done
  }

  private func wantedChange() throws(Failure) -> Int64? {
    guard let word = operands.first else { return nil }
    do {
      return try Value.change(word)
    } catch {
      throw Failure(.usage, error.message)
    }
  }
}
