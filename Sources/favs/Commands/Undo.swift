internal import Favourites

/// Takes changes back.
struct Undo: Command {
  static let synopsis = Synopsis<Self>(
    "Take back the last change, or change N",
    details: [
      "A change is all that one command did; opening something is none. Without N the last change is taken back that was not taken "
        + "back yet; said again, the one before it. Change N is taken back when no later change "
        + "touched the same fields of the same things; --with-later takes those back as well. With --last the last so many are taken back, all where "
        + "there are fewer, or none where one of them cannot be.",
      "What is taken back can be made again by favs redo.",
    ],
    operands: .optional("N", .change),
    options: [
      .read("last", nil, "COUNT", "take back so many", \.count, by: Value.steps),
      .flag("with-later", nil, "also take back the later changes in the way", \.takesLater),
      .flag("list", nil, "print the changes that can be taken back", \.lists),
    ] + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example("favs undo", "take back the last change"),
      Example("favs undo 42", "take back change 42"),
      Example("favs undo --last 3", "take back the last three changes"),
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
      throw Failure(.usage, "only one of N, --last and --list")
    }
    guard !takesLater || !operands.isEmpty else {
      throw Failure(.usage, "--with-later goes with the number of a change")
    }
    if lists {
      var store = try context.reading()
      var query = ChangeQuery(limit: context.output.isTerminal ? 20 : 1_000)
      query.canBeUndone = true
      var printer = ChangePrinter(context)
      try printer.begin(&context.output)
      repeat {
        let changes = try context.opened { () throws(StoreError) in try store.changes(query) }
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
