internal import Favourites

/// Undoes changes.
struct Undo: Command {
  static let synopsis = Synopsis<Self>(
    "Undo the last change, or change N",
    details: [
      "A change is everything that one command did; undo passes over the opening of links. "
        + "Without N, undoes the last change that is not undone yet, so repeating it goes further "
        + "back. "
        + "Change N can be undone if no later change touched the same fields of the same "
        + "favourites or categories; --with-later undoes those too. --last undoes the last COUNT "
        + "changes, or all if there are fewer; if one of them cannot be undone, none is.",
      "favs redo redoes what was undone.",
    ],
    operands: .optional("N", .change),
    options: [
      .read("last", nil, "COUNT", "undo this many changes", \.count, by: Value.steps),
      .flag("with-later", nil, "also undo later changes that are in the way", \.takesLater),
      .flag("list", nil, "list the changes that can be undone", \.lists),
    ] + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example("favs undo", "undo the last change"),
      Example("favs undo 42", "undo change 42"),
      Example("favs undo --last 3", "undo the last three changes"),
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["redo", "history", "restore"])

  var operands: [String] = []
  var global = GlobalOptions()
  var lists = false
  var takesLater = false
  var count: Int64?
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    guard [lists, count != nil, !operands.isEmpty].count(where: { $0 }) <= 1 else {
      throw Failure(.usage, "use only one of N, --last and --list")
    }
    guard !takesLater || !operands.isEmpty else {
      throw Failure(.usage, "--with-later requires the number of a change")
    }
    if lists {
      var store = try context.reading()
      var query = ChangeQuery(.state(.undoable), limit: context.output.isTerminal ? 20 : 1_000)
      var printer = ChangePrinter(context)
      try printer.begin(&context.output)
      repeat {
        let changes = try context.opened(store.changes(query))
        try printer.add(changes, in: &store, &context)
        query.before = changes.count == query.limit ? changes.last?.number : nil
      } while query.before != nil && !context.output.isTerminal
      try printer.finish(&context.output)
      return .done
    }
    let number = try wantedChange()
    _ = try context.change(write, isLarge: true, wayBack: .redo) { (store) throws(StoreError) in
      if let number {
        return takesLater ? try store.undo(withLater: number) : [try store.undo(number)]
      }
      return try store.undo(last: Int(count ?? 1))
    } show: { (store, context, changes) throws(Failure) in
      var printer = ChangePrinter(context)
      try printer.report(
        Told(done: "undone", would: "would undo"), changes, in: &store, &context)
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
