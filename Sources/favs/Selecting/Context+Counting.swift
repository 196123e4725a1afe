internal import Favourites

extension Context {
  /// Refuses to count by metadata that no favourite has: a name that was mistyped is no empty answer.
  /// - Parameters:
  ///   - option: what counts, as it is typed.
  ///   - others: what it counts by besides.
  func checkIsUsed(
    _ facet: Facet, by option: String, or others: String, in store: borrowing Store
  ) throws(Failure) {
    guard case .metadata(let name) = facet else { return }
    let isUsed = try opened { () throws(StoreError) in
      if try store.isUsed(name) { return true }
      return try store.countAll() == 0
    }
    guard !isUsed else { return }
    throw Failure(
      .usage, "\(option): no favourite has metadata '\(name)'",
      hint: "count by \(others), or by existing metadata")
  }
}
