internal import SQLite

// Listings by title or by metadata. Their index leads from the value to the favourite; if few
// favourites match, they are read one by one and sorted here.

extension ListQuery {
  /// The column that holds the value to sort by, where no index is used.
  var columnToSort: String? {
    switch (source, ordering.key) {
    case (.places, .title), (.candidates, .title): "f.title"
    case (.places, .metadata), (.candidates, .metadata): "f.metadata"
    default: nil
    }
  }
}

extension Store {
  /// Lists the favourites of a query sorted by a value from one of their columns.
  mutating func rows(
    of query: ListQuery, by column: String, _ selection: Selection, _ slice: Slice
  ) throws(StoreError) -> FavouriteRows {
    let ordering = query.ordering
    let fragment = query.only(column)
    let rows = try connection.query(fragment)
    var found: [Sorted] = []
    while try rows.next() {
      let value = rows.textOrNil(1).flatMap { text in ordering.value(of: text) }
      found.append(Sorted(value: value, id: rows.integer(0)))
    }
    rows.reset()
    let isDescending = ordering.isDescending
    found.sort { $0.precedes($1, isDescending) }
    let (start, limit) = slice.span { cursor in
      let last = Sorted(value: cursor.sortValue, id: cursor.id)
      return found.firstIndex { last.precedes($0, isDescending) } ?? found.count
    }
    return try given(
      found.map(\.id), from: start, limit: limit, ordering,
      highlighter: try highlighter(selection))
  }

  /// Refuses to sort by metadata that no favourite has and no category defines.
  func checkIsUsed(_ name: String) throws(StoreError) {
    if try isUsed(name) { return }
    if try countAll() > 0 { throw .noSortKey(name) }
  }

  /// Whether any favourite has metadata of this name, or a category defines it.
  package func isUsed(_ name: String) throws(StoreError) -> Bool {
    let find = try connection.query(
      "SELECT 1 FROM attribute WHERE name = ? LIMIT 1", name.foldedName)
    if try find.next() { return true }
    let schemas = try connection.query("SELECT schema FROM category WHERE schema IS NOT NULL")
    while try schemas.next() {
      guard let json = try? JSONValue.parse(Array(schemas.text(0).utf8)),
        let schema = try? MetadataSchema(from: json)
      else { continue }
      if schema[name] != nil { return true }
    }
    return false
  }
}

/// A favourite and its value to sort by.
private struct Sorted {
  let value: SortValue?
  let id: Int64

  /// Whether it comes before another; those without a value come last, by id.
  func precedes(_ other: Sorted, _ isDescending: Bool) -> Bool {
    switch (value, other.value) {
    case (let own?, let theirs?):
      if own == theirs { return isDescending ? id > other.id : id < other.id }
      return isDescending ? theirs < own : own < theirs
    case (nil, nil): return id < other.id
    case (_?, nil): return true
    case (nil, _?): return false
    }
  }
}

extension Ordering {
  /// The value to sort by, from the title or the metadata of a favourite.
  fileprivate func value(of text: String) -> SortValue? {
    guard case .metadata(let name) = key else { return .text(text.nameKey) }
    return Metadata(stored: text)[name]?.sortValue
  }
}

extension Cursor {
  /// The value that the last favourite shown was sorted by.
  fileprivate var sortValue: SortValue? {
    ordering.key == .title ? keys[0].text.map(SortValue.text) : SortValue(keys[0])
  }
}
