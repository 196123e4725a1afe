internal import CSQLite

/// The idle prepared statements of one connection, kept for reuse.
///
/// A class, like `Meter`: a statement returns itself to its pool in its `deinit`, and both the
/// connection and the statement need the same list.
final class StatementPool {
  @safe private struct Entry {
    let key: UInt
    let handle: OpaquePointer
  }

  private var idle: [Entry] = []

  /// Takes the idle statement of a call site, if any.
  func take(_ key: UInt) -> OpaquePointer? {
    var index = idle.count - 1
    while index >= 0, idle[index].key != key { index -= 1 }
    guard index >= 0 else { return nil }
    idle.swapAt(index, idle.count - 1)
    return unsafe idle.removeLast().handle
  }

  /// Keeps a reset statement.
  func put(_ handle: OpaquePointer, for key: UInt) {
    unsafe idle.append(Entry(key: key, handle: handle))
  }

  /// Finalizes all idle statements; those in use finalize themselves.
  func drain() {
    for entry in idle {
      unsafe sqlite3_finalize(entry.handle)
    }
    idle.removeAll()
    isDraining = true
  }

  /// Whether the connection is closing: nothing is kept from then on.
  private(set) var isDraining = false
}
