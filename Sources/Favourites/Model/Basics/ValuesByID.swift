/// Values of some favourites, found by id.
///
/// For the few of a page, a dictionary takes longer: it hashes each id, and before its first use
/// the runtime looks up how ids are hashed.
struct ValuesByID<Value> {
  private var pairs: [(id: Int64, value: Value)] = []

  init() {}

  /// - Parameter pairs: in any order, with each id once.
  init(_ pairs: [(id: Int64, value: Value)]) { self.pairs = pairs.sorted { $0.id < $1.id } }

  /// The value of a favourite; nil if it is not among them.
  subscript(id: Int64) -> Value? {
    pairs.sortedIndex(of: id, by: \.id).map { pairs[$0].value }
  }
}
