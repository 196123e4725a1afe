internal import Favourites

/// Which favourites were only added since the last sync: by the ranges of ids that changes added, since there may be a million,
/// and one by one where more is known.
struct AddedFavourites {
  /// In their order; none overlap.
  private let ranges: [ClosedRange<Int64>]
  private var others: [Int64: Bool] = [:]

  /// - Parameter ranges: the ids that changes added, in any order.
  init(_ ranges: [ClosedRange<Int64>]) {
    self.ranges = ranges.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Whether a change added it in a row.
  func isInRange(_ id: Int64) -> Bool {
    let place = ranges.partitionPoint { $0.upperBound >= id }
    return place < ranges.count && ranges[place].contains(id)
  }

  func contains(_ id: Int64) -> Bool { others[id] ?? isInRange(id) }

  mutating func insert(_ id: Int64) { others[id] = true }

  /// Notes that more happened to it.
  mutating func remove(_ id: Int64) { others[id] = false }
}
