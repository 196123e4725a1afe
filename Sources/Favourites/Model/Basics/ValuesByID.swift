/// Values of some favourites, found by id.
///
/// A dictionary hashes each id, and before its first use the runtime looks up how ids are hashed.
/// For a page that takes longer than everything else done with it.
struct ValuesByID<Value> {
  private var pairs: [(id: Int64, value: Value)] = []

  init() {}

  /// - Parameter pairs: in any order, with each id once.
  init(_ pairs: [(id: Int64, value: Value)]) { self.pairs = pairs.sorted { $0.id < $1.id } }

  /// The value of a favourite; nil if it is not among them.
  subscript(id: Int64) -> Value? {
    let place = pairs.partitionPoint { $0.id >= id }
    return place < pairs.count && pairs[place].id == id ? pairs[place].value : nil
  }
}
