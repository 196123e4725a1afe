internal import Favourites

/// The favourites that have only been added since the last sync: as ranges of ids, since there may
/// be a million, with exceptions for single ids.
struct AddedFavourites {
  /// Sorted, without overlaps.
  private let ranges: [ClosedRange<Int64>]
  private var others: [Int64: Bool] = [:]

  /// - Parameter ranges: the ranges of ids that changes added, in any order.
  init(_ ranges: [ClosedRange<Int64>]) {
    self.ranges = ranges.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Whether the favourite is in a range of added ids.
  func isInRange(_ id: Int64) -> Bool {
    let place = ranges.partitionPoint { $0.upperBound >= id }
    return place < ranges.count && ranges[place].contains(id)
  }

  func contains(_ id: Int64) -> Bool { others[id] ?? isInRange(id) }

  mutating func insert(_ id: Int64) { others[id] = true }

  /// Records that the favourite was changed further.
  mutating func remove(_ id: Int64) { others[id] = false }
}
