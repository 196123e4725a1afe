internal import Favourites

/// Makes changes again.
struct Redo: Command {
  static let synopsis = Synopsis<Self>(
    "Make the change again that was undone last",
    details: ["Refused once another change was made."],
    options: WriteOptions.options.lifted(to: \.write),
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["undo", "history"])

  var operands: [String] = []
  var global = GlobalOptions()
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    _ = try context.change(write, isLarge: true) { (store) throws(StoreError) in
      try store.redo()
    } show: { (_, context, change) throws(Failure) in
      try ChangePrinter(context).report("redone", change, &context)
    }
    return .done
  }
}
