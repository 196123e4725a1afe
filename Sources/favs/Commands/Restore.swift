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
        + "and the exit code is 1. With --on-conflict rename it comes back under another title, with merge "
        + "the one that is there gets its note, tags and metadata, and with fail nothing comes back.",
    ],
    operands: .some("REF…", atLeast: 0, .trashed),
    options: [
      .flag("last", nil, "what went to the trash last", \.isLast),
      .read(
        "change", nil, "N", "what change N put into the trash", \.change, .change, by: Value.change),
      .flag("all", nil, "all that is in the trash", \.isAll),
      .read(
        "category", "c", "PATH", "this category, with all that went with it", \.category,
        .trashedCategory, by: Value.category),
      .read(
        "on-conflict", nil, "WHAT", "skip, rename, merge or fail", \.conflicts,
        .choices(RestoreConflict.allCases.map(\.rawValue)), by: Value.choice(RestoreConflict.self)),
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
  var conflicts: RestoreConflict?
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
      if let category {
        return try store.restoreCategory(category, conflicts: conflicts ?? .skip)
      }
      return try store.restore(try chosen(words, in: &store), conflicts: conflicts ?? .skip)
    } show: { (store, context, results) throws(Failure) in
      var seen: Set<Int64> = []
      let living = results.compactMap(\.living).filter { seen.insert($0).inserted }
      try context.show(living, in: &store, output)
      for result in results {
        if let told = Self.told(result) { try context.tell(told) }
      }
      guard results.isEmpty else { return }
      if let category {
        return try context.tell(
          Told(
            done: "category '\(category.text)' is back; no favourites went with it",
            would: "category '\(category.text)' would come back; no favourites went with it"))
      }
      try context.output.note("the trash has nothing of it")
    }
    return results.allSatisfy(\.isDone) ? .done : .incomplete
  }

  private func chosen(
    _ words: [String], in store: inout Store
  ) throws(StoreError) -> [Int64] {
    if isLast { return try store.lastTrashed() }
    guard isAll || change != nil else { return try store.findTrashed(words) }
    var query = TrashQuery()
    query.change = change
    return try store.trashedIDs(query)
  }

  /// What is said of one that did not just come back.
  private static func told(_ result: Restoration) -> Told? {
    switch result {
    case .restored: return nil
    case .renamed(let id, let title, let old, let category):
      let why = "its URL is in '\(category)' again"
      return Told(
        done: "\(id) (\(old)) came back as '\(title)': \(why)",
        would: "\(id) (\(old)) would come back as '\(title)': \(why)")
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
