internal import SQLite

/// Brings an archive into a file that holds something, as a part of a change: by uid, under new ids, without its
/// history.
package struct ArchiveMerge {
  private let duplicates: Duplicates
  private var paths: [Int64: CategoryPath] = [:]
  private var ranks: [Int64: Int64] = [:]
  /// How the favourites are to be ordered in the end.
  package private(set) var order = ImportOrder()
  /// How many categories of the archive's trash have a note or fields, which are not brought in: what was in them is,
  /// and makes them anew where it is restored.
  package private(set) var leftCategories = 0

  package init(duplicates: Duplicates) {
    self.duplicates = duplicates
  }

  /// Takes in one row.
  ///
  /// - Returns: what became of a favourite, and its draft; nil for a row of another kind.
  package mutating func take(
    _ row: ArchiveRow, in store: inout Store
  ) throws(StoreError) -> (addition: Addition, draft: Draft)? {
    switch row.table.name {
    case "category":
      guard let id = row.integer("id"), let path = row.path else { return nil }
      paths[id] = path
      try store.takeCategory(path, note: row.text("note"), schema: row.text("schema"))
      return nil
    case "favourite":
      var draft = row.draft
      let category = row.integer("category") ?? 0
      ranks[category, default: 0] += 1
      draft.category = paths[category]
      draft.rank = ranks[category]
      let addition = try store.take(PreparedDraft(draft), duplicates: duplicates, order: &order)
      return (addition, draft)
    case "trash":
      var draft = row.draft
      draft.category = row.text("category_name").flatMap { try? CategoryPath.parse($0) }
      draft.rank = row.integer("rank")
      let addition = try store.takeTrashed(draft, deletedAt: row.integer("deleted_at"))
      return addition.map { ($0, draft) }
    case "trash_category":
      if row.text("note") != nil || row.text("schema") != nil { leftCategories += 1 }
      return nil
    default: return nil
    }
  }
}

extension Store {
  /// Makes a category, and gives it the note and the fields that it has not.
  mutating func takeCategory(
    _ path: CategoryPath, note: String?, schema: String?
  ) throws(StoreError) {
    var record = try category(making: path)
    record.note = record.note ?? note
    record.schema = record.schema ?? schema
    try apply(.live(record), to: record.id, isNew: true)
  }

  /// Puts a favourite into the trash that is in neither the trash nor a category; nil where it is known.
  mutating func takeTrashed(
    _ draft: Draft, deletedAt: Int64?
  ) throws(StoreError) -> Addition? {
    guard let uid = draft.uid, try favourite(withUID: uid) == nil, try trashed(withUID: uid) == nil
    else { return nil }
    var draft = draft
    let rank = draft.rank ?? 1
    draft.rank = nil
    let addition = try add(draft, duplicates: .allow)
    try remove([addition.id])
    let update = try connection.query("UPDATE trash SET deleted_at = ?, rank = ? WHERE id = ?")
    update.bind(deletedAt ?? changeTime.milliseconds, at: 1)
    update.bind(rank, at: 2)
    update.bind(addition.id, at: 3)
    try update.run()
    return addition
  }
}
