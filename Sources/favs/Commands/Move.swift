internal import Favourites

/// Moves favourites.
struct Move: Command {
  static let synopsis = Synopsis<Self>(
    "Move favourites to another rank or category",
    details: [
      "Several favourites stay in the order in which they are named. With --before and --after, "
        + "they move to that favourite's category. A last word that ends with a slash is the "
        + "target category, like --to.",
      "Without REF and filters, on a terminal, favs lets you pick.",
    ],
    operands: .some("REF…", atLeast: 0, .reference),
    options: [
      .read("to", nil, "PATH", "move to this category", \.target, .category, by: Value.newCategory),
      .read("rank", nil, "N", "move to this rank: a number, first or last", \.rank, by: Value.rank),
      .flag("first", nil, "move to the first rank", \.isFirst),
      .flag("last", nil, "move to the last rank", \.isLast),
      .text("before", nil, "REF", "move right before this favourite", \.before, .reference),
      .text("after", nil, "REF", "move right after this favourite", \.after, .reference),
    ] + SelectionOptions.writingOptions.lifted(to: \.selection)
      + WriteOptions.askingOptions.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs move 12 --first", "move it to the top of its category"),
      Example("favs move 3 7 books/ --rank 2", "move both to books, at ranks 2 and 3"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
      .interrupted,
    ],
    seeAlso: ["swap", "edit", "undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var target: CategoryPath?
  var rank: Patch.Destination?
  var isFirst = false
  var isLast = false
  var before: String?
  var after: String?
  var selection = SelectionOptions()
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let (operands, target) = try destination()
    let ways = [rank != nil, isFirst, isLast, before != nil, after != nil].count { $0 }
    guard ways <= 1 else {
      throw Failure(.usage, "use only one of --rank, --first, --last, --before and --after")
    }
    guard ways == 1 || target != nil else {
      throw Failure(
        .usage, "no target given", hint: "use --to, --rank, --first, --last, --before or --after")
    }
    guard target == nil || (before == nil && after == nil) else {
      throw Failure(.usage, "--to cannot be used with --before or --after")
    }
    try context.changeSelected(operands, selection, write, verb: "Move") {
      (store, ids) throws(StoreError) in
      var patch = Patch()
      patch.category = target
      patch.placing = rank
      if isFirst { patch.placing = .rank(1) }
      if isLast { patch.placing = .last }
      if let before { patch.placing = .before(try store.find(before)) }
      if let after { patch.placing = .after(try store.find(after)) }
      return try store.edit(ids, patch)
    } show: { (store, context, ids, changed) throws(Failure) in
      try context.show(ids, in: &store, output)
      if changed.isEmpty {
        try context.tell(
          Told(done: "already in place", would: "would change nothing"))
      }
    }
    return .done
  }

  /// The favourites to move, and their new category.
  private func destination() throws(Failure) -> ([String], CategoryPath?) {
    guard let last = operands.last, AddWords.isCategory(last),
      operands.count > 1 || selection.isAny
    else { return (operands, target) }
    guard target == nil else {
      throw Failure(.usage, "--to and '\(last)' both name a category")
    }
    do {
      return (operands.dropLast(), try Value.newCategory(last))
    } catch {
      throw Failure(.usage, error.message)
    }
  }
}
