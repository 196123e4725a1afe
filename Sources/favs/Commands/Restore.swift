internal import Favourites

/// Brings favourites back from the trash.
struct Restore: Command {
  static let synopsis = Synopsis<Self>(
    "Bring favourites back from the trash",
    details: [
      "Each goes back to its category and its rank, or to the end where that rank is no more. A category "
        + "that is gone comes back too. With -c a removed category comes back with all that went "
        + "with it.",
      "One whose link is in its category again by another way stays in the trash; the others come back, "
        + "and the exit code is 1.",
    ],
    operands: .some("REF…", atLeast: 0, .trashed),
    options: [
      .flag("last", nil, "what went to the trash last", \.isLast),
      .read("change", nil, "N", "what change N put into the trash", \.change, by: Value.change),
      .flag("all", nil, "all that is in the trash", \.isAll),
      .read(
        "category", "c", "PATH", "this category, with all that went with it", \.category,
        by: Value.category),
    ] + WriteOptions.options.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs restore --last", "take back the last removal"),
      Example("favs restore 'Dune' 12", "two of them"),
      Example("favs restore -c films", "a category and all its films"),
    ],
    exits: [.done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["trash", "rm", "undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var isLast = false
  var change: Int64?
  var isAll = false
  var category: CategoryPath?
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let ways = [!operands.isEmpty, isLast, change != nil, isAll, category != nil].count { $0 }
    guard ways == 1 else {
      throw Failure(
        ways == 0 ? .conflict : .usage,
        ways == 0 ? "nothing to restore is named" : "only one way to choose what is restored",
        hint: "name some, or say --last, --change N, --all or -c PATH")
    }
    let words = try context.expanded(operands)
    let results = try context.change(write) { (store) throws(StoreError) in
      if let category { return try store.restoreCategory(category) }
      return try store.restore(try chosen(words, in: &store))
    } show: { (store, context, results) throws(Failure) in
      try context.show(results.filter(\.isDone).map(\.id), in: &store, output)
      for case .conflict(let id, let title, let other, let category) in results {
        try context.output.note(
          "\(id) (\(Escaping.forTerminal(title))) stays in the trash: its URL is in "
            + "'\(Escaping.forTerminal(category))' again, as \(other)")
      }
      if results.isEmpty { try context.output.note("the trash has nothing of it") }
    }
    return results.allSatisfy(\.isDone) ? .done : .incomplete
  }

  private func chosen(
    _ words: [String], in store: inout Store
  ) throws(StoreError) -> [Int64] {
    if isLast { return try store.lastTrashed() }
    if isAll { return try store.allTrashed() }
    if let change { return try store.trashed(by: change) }
    return try store.findTrashed(words)
  }
}
