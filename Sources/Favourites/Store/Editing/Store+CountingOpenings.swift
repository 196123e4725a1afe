extension Store {
  /// Counts that favourites were opened at a time. They were not changed by it: their dates of change stay.
  ///
  /// Those that live no more are passed over: what was opened is open.
  /// - Returns: the ids of those that were counted.
  package mutating func countOpening(
    of ids: [Int64], at time: Timestamp
  ) throws(StoreError) -> [Int64] {
    var targets: [FavouriteTarget] = []
    for id in unique(ids) {
      guard case .live(var record) = try state(of: id) else { continue }
      record.addOpenings(1, last: time.milliseconds)
      targets.append(FavouriteTarget(id: id, state: .live(record), isOpening: true))
    }
    return try apply(targets, isNew: true)
  }
}
