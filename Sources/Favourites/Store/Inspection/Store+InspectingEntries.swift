internal import SQLite

// Checks that data entered by users is readable and valid. It is stored nowhere else, so none of it
// can be rebuilt.

extension Store {
  /// The first thing whose row holds a value that favs would never have written.
  func unreadableEntry() throws(StoreError) -> String? {
    if let favourite = try unreadableFavourite() { return favourite }
    if let trashed = try unreadableTrashed() { return trashed }
    if let category = try unreadableCategory() { return category }
    return try unreadableChange()
  }

  private func unreadableFavourite() throws(StoreError) -> String? {
    let rows = try connection.query(composed: FavouriteSQL.all)
    while try rows.next() {
      if let fault = EntryCheck.fault(inFavourite: rows) {
        return "favourite \(rows.integer(0)): \(fault)"
      }
    }
    return nil
  }

  private func unreadableTrashed() throws(StoreError) -> String? {
    let rows = try connection.query(composed: FavouriteSQL.allInTrash)
    while try rows.next() {
      var fault = EntryCheck.fault(inFavourite: rows)
      let own = FavouriteColumn.count
      if !ColumnKind.time.isKept(rows.integer(own + 2)) { fault = fault ?? "its dates" }
      if rows.soundText(own) == nil { fault = fault ?? "its category" }
      if let fault { return "favourite \(rows.integer(0)) in the trash: \(fault)" }
    }
    return nil
  }

  private func unreadableCategory() throws(StoreError) -> String? {
    let rows = try connection.query(
      """
      SELECT id, uid, created_at, modified_at, name, note, schema, '' FROM category
      UNION ALL
      SELECT id, uid, created_at, modified_at, name, note, schema, ' in the trash'
      FROM trash_category
      """)
    while try rows.next() {
      if let fault = EntryCheck.fault(inCategory: rows) {
        return "category \(rows.text(4))\(rows.text(7)): \(fault)"
      }
    }
    return nil
  }

  private func unreadableChange() throws(StoreError) -> String? {
    let changes = try connection.query("SELECT number, at FROM change")
    while try changes.next() {
      guard ColumnKind.time.isKept(changes.integer(1)) else {
        return "change \(changes.integer(0)): its date"
      }
    }
    let items = try connection.query(
      "SELECT change, kind, item, before FROM change_item WHERE before IS NOT NULL")
    while try items.next() {
      let image = items.soundText(3)
      let isReadable =
        switch ItemKind(rawValue: items.integer(1)) {
        case .favourite:
          image.flatMap {
            FavouriteImage.state(before: $0, of: items.integer(2), after: .absent)
          } != nil
        case .category:
          image.flatMap {
            CategoryImage.state(before: $0, of: items.integer(2), after: .absent)
          } != nil
        case .mention: true
        case nil: false
        }
      guard isReadable else {
        return "change \(items.integer(0)): what \(items.integer(2)) was before"
      }
    }
    return nil
  }
}
