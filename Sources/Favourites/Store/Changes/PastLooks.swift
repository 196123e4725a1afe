/// Looks at what changes made of favourites, one after another, from the newest change to the oldest.
///
/// The way back to a change begins at what is now. A look goes on from where the one before got to, so that all changes
/// of one favourite cost what the way to the first of them costs.
package struct PastLooks {
  private var reached: [Int64: PastPoint] = [:]
  var names = PastNames()

  /// Of how many favourites it is kept how far a look got: notes may be long.
  private static let most = 64

  package init() {}

  /// Where the way back to a change may begin; nil for what is now.
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

/// What a favourite was before one of its changes.
struct PastPoint {
  let change: Int64
  let before: PastFavourite
  /// Whether that change, or a later one, forgot what it was.
  let isForgotten: Bool
}
