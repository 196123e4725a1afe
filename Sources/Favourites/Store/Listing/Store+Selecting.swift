internal import SQLite

extension Store {
  /// The ids of the favourites in a selection, by rank.
  package mutating func ids(_ selection: Selection) throws(StoreError) -> [Int64] {
    var rows = try rows(selection, ordering: Ordering(.rank), slice: .all)
    var ids: [Int64] = []
    while let id = try rows.nextID() { ids.append(id) }
    return ids
  }
}
