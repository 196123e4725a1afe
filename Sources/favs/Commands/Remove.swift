internal import Favourites

/// Moves favourites to the trash.
struct Remove: Command {
  static let synopsis = Synopsis<Self>(
    "Move favourites to the trash",
    details: [
      "They keep all that they have; favs restore brings them back to their rank. Three or more are "
        + "asked about on a terminal."
    ],
    operands: .some("REF…", atLeast: 0, .reference),
    options: SelectionOptions.writingOptions.lifted(to: \.selection)
      + WriteOptions.askingOptions.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs rm 3 7-9", "remove four of them"),
      Example("favs rm -c old --until 2y", "remove what was added to 'old' two years ago or more"),
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["restore", "trash", "undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var selection = SelectionOptions()
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let ids = try context.resolveToChange(operands, selection, write, verb: "Remove")
    _ = try context.change(write) { (store) throws(StoreError) in
      try store.remove(ids)
    } show: { (store, context, removed) throws(Failure) in
      try context.show(removed, in: &store, output)
      guard !removed.isEmpty else { return try context.output.note("nothing is to be removed") }
      let things = removed.count == 1 ? "1 favourite" : "\(removed.count) favourites"
      try context.tell(
        Told(
          done: "\(things) \(removed.count == 1 ? "is" : "are") in the trash now",
          would: "would move \(things) to the trash",
          wayBack: "favs undo or favs restore --last takes it back"))
    }
    return .done
  }
}
