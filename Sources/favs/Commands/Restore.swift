internal import Favourites

/// Restores favourites from the trash.
struct Restore: Command {
  static let synopsis = Synopsis<Self>(
    "Restore favourites from the trash",
    details: [
      "Each favourite returns to its category and rank, or to the end if that rank no longer "
        + "exists. A category that is gone is restored too. -c restores a removed category with "
        + "everything that was removed with it. If there is a category of that name again, it gets "
        + "the note and fields of the removed one too.",
      "A favourite whose URL is in its category again stays in the trash; the others are "
        + "restored, and the exit code is 1. With --on-conflict, rename restores it under another "
        + "title, merge adds its note, tags and metadata to the other one, and fail restores "
        + "nothing.",
    ],
    operands: .some("REF…", atLeast: 0, .trashed),
    options: [
      .flag("last", nil, "restore what was removed last", \.isLast),
      .read(
        "change", nil, "N", "restore what change N removed", \.change, .change, by: Value.change),
      .flag("all", nil, "restore everything in the trash", \.isAll),
      .read(
        "category", "c", "PATH", "restore this category and everything removed with it", \.category,
        .trashedCategory, by: Value.category),
      .read(
        "on-conflict", nil, "WHAT", "if its URL is back: skip, rename, merge or fail", \.conflicts,
        .choices(RestoreConflict.allCases.map(\.rawValue)), by: Value.choice(RestoreConflict.self)),
    ] + WriteOptions.options.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs restore --last", "restore what was removed last"),
      Example("favs restore 'Dune' 12", "restore two favourites"),
      Example("favs restore -c films", "restore a category and its favourites"),
    ],
    exits: [.done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["trash", "rm", "undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var isLast = false
  var change: Int64?
  var isAll = false
  var category: CategoryPath?
  var conflicts: RestoreConflict?
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let ways = [!operands.isEmpty, isLast, change != nil, isAll, category != nil].count { $0 }
    guard ways == 1 else {
      throw Failure(
        ways == 0 ? .conflict : .usage,
        ways == 0 ? "nothing to restore" : "use only one way to select what to restore",
        hint: "name some, or use --last, --change N, --all or -c PATH")
    }
    let words = try context.expanded(operands)
    let results = try context.change(write) { (store) throws(StoreError) in
      if let category {
        return try store.restoreCategory(category, conflicts: conflicts ?? .skip)
      }
      return try store.restore(try chosen(words, in: &store), conflicts: conflicts ?? .skip)
    } show: { (store, context, results) throws(Failure) in
      try context.show(results.compactMap(\.living).unique(), in: &store, output)
      for result in results {
        if let told = Self.told(result) { try context.tell(told) }
      }
      try context.tell(store.clashes)
      guard results.isEmpty else { return }
      if let category {
        return try context.tell(
          Told(
            done: "category '\(category.text)' restored; no favourites were removed with it",
            would: "would restore category '\(category.text)'; no favourites were removed with it"))
      }
      try context.output.note("not found in the trash")
    }
    return results.allSatisfy(\.isDone) ? .done : .incomplete
  }

  private func chosen(
    _ words: [String], in store: inout Store
  ) throws(StoreError) -> [Int64] {
    if isLast { return try store.lastTrashed() }
    guard isAll || change != nil else { return try store.findTrashed(words) }
    var query = TrashQuery()
    if let change { query.filters = [.change(change)] }
    return try store.trashedIDs(query)
  }

  /// The message for a favourite that was not simply restored.
  private static func told(_ result: Restoration) -> Told? {
    switch result {
    case .restored: return nil
    case .renamed(let id, let title, let old, let category):
      let why = "its URL is in '\(category)' again"
      return Told(
        done: "\(id) (\(old)) restored as '\(title)': \(why)",
        would: "would restore \(id) (\(old)) as '\(title)': \(why)")
    case .merged(let id, let title, let other, _):
      return Told(
        done: "\(id) (\(title)) was merged into \(other), which has its URL",
        would: "\(id) (\(title)) would be merged into \(other), which has its URL")
    case .conflict(let id, let title, let other, let category):
      let why = "its URL is in '\(category)' again, as \(other)"
      return Told(
        done: "\(id) (\(title)) stays in the trash: \(why)",
        would: "\(id) (\(title)) would stay in the trash: \(why)")
    }
  }
}
