internal import Favourites

/// Redoes changes.
struct Redo: Command {
  static let synopsis = Synopsis<Self>(
    "Redo the last undone change",
    details: [
      "Repeat it to redo more. After a new change, nothing can be redone."
    ],
    options: [
      .read("last", nil, "COUNT", "redo up to this many changes", \.count, by: Value.steps)
    ] + WriteOptions.options.lifted(to: \.write),
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["undo", "history"])

  var operands: [String] = []
  var global = GlobalOptions()
  var count: Int64?
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    _ = try context.change(write, isLarge: true) { (store) throws(StoreError) in
      try store.redo(last: Int(count ?? 1))
    } show: { (store, context, changes) throws(Failure) in
      var printer = ChangePrinter(context)
      try printer.report(
        Told(done: "redone", would: "would redo"), changes, in: &store, &context)
    }
    return .done
  }
}
