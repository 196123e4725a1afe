internal import SQLite

/// Merges an archive into a file that has data already, as part of a change: by uid, with new ids,
/// without its history.
package struct ArchiveMerge {
  private let duplicates: Duplicates
  private var paths: [Int64: CategoryPath] = [:]
  private var ranks: [Int64: Int64] = [:]
  /// The final order of the favourites.
  package private(set) var order = ImportOrder()
  /// The number of trashed categories in the archive with a note or fields, which are not imported:
  /// their contents are, and make them again when restored.
  package private(set) var leftCategories = 0

  package init(duplicates: Duplicates) {
    self.duplicates = duplicates
  }

  /// Announces a row, so that no other favourite is taken for the one in it.
  package mutating func expect(_ row: ArchiveRow) {
    if row.isFavourite, let uid = row["uid"].uid { order.expect(uid) }
  }

  /// Imports one row.
  ///
  /// - Returns: the outcome for a favourite, and its draft; nil for a row of another kind.
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
      order.distrust()
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
  /// Makes a category, and gives it the note and the fields that it lacks. A note that it has stays
  /// alone, since an archive may be imported again.
  mutating func takeCategory(
    _ path: CategoryPath, note: String?, schema: String?
  ) throws(StoreError) {
    let record = try category(making: usable(path))
    var other = record
    (other.note, other.schema) = (record.note ?? note, schema)
    try unite(record.id, with: other)
  }

  /// Puts a favourite that is neither in the trash nor in a category into the trash; returns nil if
  /// it is known.
  mutating func takeTrashed(
    _ draft: Draft, deletedAt: Int64?
  ) throws(StoreError) -> Addition? {
    guard let uid = draft.uid, try favourite(withUID: uid) == nil, try trashed(withUID: uid) == nil
    else { return nil }
    var draft = draft
    let rank = draft.rank ?? 1
    draft.rank = nil
    draft.category = try draft.category.map { (path) throws(StoreError) in try usable(path) }
    let addition = try add(draft, duplicates: .allow)
    try remove([addition.id])
    try connection.run(
      "UPDATE trash SET deleted_at = ?, rank = ? WHERE id = ?",
      deletedAt ?? changeTime.milliseconds, rank, addition.id)
    return addition
  }
}
