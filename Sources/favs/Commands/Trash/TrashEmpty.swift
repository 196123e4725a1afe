internal import Favourites
internal import Host

/// Deletes favourites in the trash for good.
struct TrashEmpty: Command {
  static let synopsis = Synopsis<Self>(
    "Delete favourites in the trash for good",
    details: [
      "This cannot be undone: no trace of the text is left in the database, not even in the "
        + "history. Automatic backups are deleted too, as are texts that a failed edit saved. With "
        + "--all and --older-than, additions that were undone are deleted as well. With nothing "
        + "named, what is older than the setting trash.keep is deleted. Without a terminal, --yes "
        + "is required."
    ],
    operands: .some("REF…", atLeast: 0, .trashed),
    options: [
      .text("older-than", nil, "AGE", "removed longer ago than this: 30d, 6m", \.age),
      .flag("all", nil, "everything in the trash", \.isAll),
    ] + WriteOptions.askingOptions.lifted(to: \.write),
    examples: [
      Example(
        "favs trash empty --older-than 30d --yes",
        "for cron: delete what was removed over 30 days ago")
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["restore"])

  var operands: [String] = []
  var global = GlobalOptions()
  var age: String?
  var isAll = false
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    var age = age
    if operands.isEmpty, age == nil, !isAll { age = try context.settings.value(of: .trashKeep) }
    let ways = [!operands.isEmpty, age != nil, isAll].count { $0 }
    guard ways == 1 else {
      throw Failure(
        ways == 0 ? .conflict : .usage,
        ways == 0 ? "nothing to delete" : "use only one way to select what to delete",
        hint: "name some, or use --older-than AGE or --all")
    }
    let limit = try SelectionOptions.moment(age, "--older-than", context.now)?.earliest
    let words = try context.expanded(operands)
    let ids = try chosen(words, limit, context)
    try context.confirmOrRefuse(
      "Delete \(counted(favourites: ids.count)) for good?",
      otherwise: "emptying the trash cannot be undone", write)
    let drafts = try EditDraft.places(context.file.path)
    _ = try context.change(write, isLarge: true, wayBack: .never) { (store) throws(StoreError) in
      let uids = try store.uids(of: ids)
      let forgotten = try store.empty(ids)
      let categories = words.isEmpty ? try store.emptyCategories(deletedBefore: limit) : 0
      // Before the commit: a process killed after it would leave the drafts behind forever.
      if !write.isRehearsal { EditDraft.sweep(uids, in: drafts) }
      return (forgotten, categories)
    } show: { (store, context, result) throws(Failure) in
      let (forgotten, categories) = result
      if !write.isRehearsal { try context.removeRemains(of: store) }
      guard !global.isJSON else { return try Self.printJSON(forgotten, &context) }
      let count = forgotten.count
      let more = counted(Int(categories), "category", "categories")
      let things =
        "\(counted(favourites: Int(count)))\(categories > 0 ? " and \(more)" : "")"
      let told = Told(done: "\(things) deleted for good", would: "would delete \(things) for good")
      try context.output.write(told.text(isRehearsal: write.isRehearsal) + "\n")
    }
    return .done
  }

  /// Reads the favourites from a store of its own, which is closed before the change begins: an
  /// open reader would block the commit.
  private func chosen(
    _ words: [String], _ limit: Timestamp?, _ context: Context
  ) throws(Failure) -> [Int64] {
    var store = try context.reading()
    return try context.opened { () throws(StoreError) in
      // Refuses a backup folder that is not to be trusted: data could not be deleted from it.
      _ = try Store.backups(of: context.file.path)
      guard words.isEmpty else { return try store.findTrashed(words) }
      var query = TrashQuery()
      if let limit {
        let last = Timestamp(milliseconds: limit.milliseconds - 1)
        query.filters = [.date(.deleted, .until, last)]
      }
      return try store.trashedIDs(query) + store.undoneIDs(before: limit)
    }
  }

  /// Prints the ids of deleted favourites: nothing else is left of them.
  private static func printJSON(_ ids: [Int64], _ context: inout Context) throws(Failure) {
    try context.output.write(arrayOf: ids) { (id, json) in
      json.beginObject()
      json.member("id", id)
      json.endObject()
    }
  }
}
