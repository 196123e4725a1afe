internal import CSQLite

/// The prepared statements of one connection that wait to be used again.
///
/// A class, as `Meter` is: a statement hands itself back to its pool in its `deinit`,
/// and both the connection and the statement have to reach the same list.
final class StatementPool {
  @safe private struct Entry {
    let key: UInt
    let handle: OpaquePointer
  }

  private var idle: [Entry] = []

  /// Takes the idle statement of a call site, if there is one.
  func take(_ key: UInt) -> OpaquePointer? {
    var index = idle.count - 1
    while index >= 0, idle[index].key != key { index -= 1 }
    guard index >= 0 else { return nil }
    idle.swapAt(index, idle.count - 1)
    return unsafe idle.removeLast().handle
  }

  /// Keeps a statement that was reset.
  func put(_ handle: OpaquePointer, for key: UInt) {
    unsafe idle.append(Entry(key: key, handle: handle))
  }

  /// Finalizes all that is idle; what is in use finalizes itself.
  func drain() {
    for entry in idle {
      unsafe sqlite3_finalize(entry.handle)
    }
    idle.removeAll()
    isDraining = true
  }

  /// True once the connection is closing: nothing is kept from then on.
  private(set) var isDraining = false
}
