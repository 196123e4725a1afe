extension Store {
  /// Counts openings of favourites at a time. That is no edit: their modification dates stay.
  ///
  /// Skips favourites that are no longer live: an opened link stays opened.
  /// - Returns: the ids of the favourites counted.
  package mutating func countOpening(
    of ids: [Int64], at time: Timestamp
  ) throws(StoreError) -> [Int64] {
    var targets: [FavouriteTarget] = []
    for id in ids.unique() {
      guard case .live(var record) = try state(of: id) else { continue }
      record.addOpenings(1, last: time.milliseconds)
      targets.append(FavouriteTarget(id: id, state: .live(record), isOpening: true))
    }
    return try apply(targets, isNew: true)
  }
}
