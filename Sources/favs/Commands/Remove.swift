internal import Favourites

/// Moves favourites to the trash.
struct Remove: Command {
  static let synopsis = Synopsis<Self>(
    "Move favourites to the trash",
    details: [
      "They keep everything they have; favs restore brings them back to their rank. On a "
        + "terminal, removing three or more asks first.",
      "Without REF and filters, on a terminal, favs lets you pick.",
    ],
    operands: .some("REF…", atLeast: 0, .reference),
    options: SelectionOptions.writingOptions.lifted(to: \.selection)
      + WriteOptions.askingOptions.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs rm 3 7-9", "remove four favourites"),
      Example(
        "favs rm -c old --until 2y", "remove favourites added to 'old' two years ago or earlier"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
      .interrupted,
    ],
    seeAlso: ["restore", "trash", "undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var selection = SelectionOptions()
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    try context.changeSelected(operands, selection, write, verb: "Remove") {
      (store, ids) throws(StoreError) in
      try store.remove(ids)
    } show: { (store, context, _, removed) throws(Failure) in
      try context.show(removed, in: &store, output)
      guard !removed.isEmpty else { return try context.output.note("nothing to remove") }
      let things = counted(favourites: removed.count)
      try context.tell(
        Told(
          done: "moved \(things) to the trash",
          would: "would move \(things) to the trash",
          wayBack: "favs undo or favs restore --last reverts it"))
    }
    return .done
  }
}
