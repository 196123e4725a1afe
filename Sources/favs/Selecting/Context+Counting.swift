internal import Favourites

extension Context {
  /// Throws if asked to count by metadata that no favourite has: a mistyped name must not give an
  /// empty result.
  /// - Parameters:
  ///   - option: the option that counts, as typed.
  ///   - others: the other things it can count by.
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
