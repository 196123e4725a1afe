/// Finds what changes did to favourites, one after another, from the newest change to the oldest.
///
/// The history is read backwards from the present state. Each step continues where the last one
/// ended, so that all changes of one favourite cost as much as reading back to its first.
package struct PastLooks {
  private var reached: [Int64: PastPoint] = [:]
  var names = PastNames()

  /// For how many favourites the point reached is kept: notes may be long.
  private static let most = 64

  package init() {}

  /// The point from which to read back to a change; nil for the present state.
  func point(of id: Int64, after number: Int64) -> PastPoint? {
    reached[id].flatMap { $0.change > number ? $0 : nil }
  }

  mutating func note(_ point: PastPoint, of id: Int64) {
    if reached[id] == nil, reached.count == Self.most {
      reached = [:]
      names = PastNames()
    }
    reached[id] = point
  }
}

/// The state of a favourite before one of its changes.
struct PastPoint {
  let change: Int64
  let before: PastFavourite
  /// Whether that state was deleted for good, by that change or a later one.
  let isForgotten: Bool
}
