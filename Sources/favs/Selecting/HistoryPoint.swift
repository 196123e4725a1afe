internal import Favourites

/// A point in the history, as the command line names it.
enum HistoryPoint {
  /// The number of the last change at that point: `@N` means just after change N, a day means its
  /// end, and an age means that long ago.
  static func change(
    _ text: String, _ option: String, in store: borrowing Store, _ context: Context
  ) throws(Failure) -> Int64 {
    if Value.isMarkedChange(text) || text.utf8.first == UInt8(ascii: "#") {
      let number: Int64
      do {
        number = try Value.change(text)
      } catch {
        throw Failure(.usage, "\(option): \(error.message)")
      }
      return try context.opened(store.change(numbered: number).number)
    }
    guard let moment = try SelectionOptions.moment(text, option, context.now) else { return 0 }
    return try context.opened(store.lastChange(at: moment.latest))
  }
}

extension Context {
  /// The favourites that references name, including those that no longer exist.
  func findEver(_ words: [String], in store: inout Store) throws(Failure) -> [Int64] {
    var ids: [Int64] = []
    for word in words { ids += try opened(store.findEver(word)) }
    return ids.unique()
  }
}
