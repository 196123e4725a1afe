internal import Host
internal import SQLite

extension Store {
  /// Makes sure that the file's pages hold no deleted data, and that it is not far larger than what
  /// is in it.
  ///
  /// Files that favs writes hold none, which one pass over all pages confirms. A file that an older
  /// favs or another program has written is rebuilt page by page: first as a copy beside it, while
  /// others read, then all of its pages in one transaction. If that is interrupted, the next run
  /// finds out and does it. So is a file a quarter of which is free, if there is room for that.
  package func clearRemains() throws(StoreError) {
    let resolved = connection.filePath
    let gate = try Store.takeGate(path: resolved, named: path, meter: meter)
    defer { _ = gate }
    guard gate != nil else { return }
    let hasRemains = try translating { try connection.hasRemains() }
    if !hasRemains, try !isMuchFree() { return }
    do throws(StoreError) {
      try translating {
        let draft = try StagedFile(for: resolved)
        try Store.fill(draft.path, from: resolved, named: path, meter)
        try Store.replace(resolved, by: draft.path, meter)
      }
    } catch let error where !hasRemains && error.isOfRoom {
      return
    }
  }

  /// Whether a quarter of the file is free pages, and that is 1 MiB at least.
  private func isMuchFree() throws(StoreError) -> Bool {
    let free = try connection.integer("PRAGMA freelist_count") ?? 0
    let pages = try connection.integer("PRAGMA page_count") ?? 0
    let size = try connection.integer("PRAGMA page_size") ?? 0
    return free >= pages / 4 && free * size >= 1 << 20
  }

  /// The uids of favourites that are in the trash or have nothing left but history.
  package func uids(of ids: [Int64]) throws(StoreError) -> Set<UID> {
    let trashed = try connection.query("SELECT uid FROM trash WHERE id = ?")
    let undone = try connection.query(
      """
      SELECT json_extract(before, '$.uid') FROM change_item
      WHERE kind = 1 AND item = ? AND before <> '{}'
      """)
    var uids: Set<UID> = []
    for id in ids {
      trashed.bind(id)
      if try trashed.next(), let uid = UID(bytes: trashed.bytes(0)) { uids.insert(uid) }
      trashed.reset()
      undone.bind(id)
      while try undone.next() {
        if let uid = undone.textOrNil(0).flatMap(UID.init(text:)) { uids.insert(uid) }
      }
      undone.reset()
    }
    return uids
  }
}

extension StoreError {
  /// Whether the disk was full, or others did not stop reading.
  fileprivate var isOfRoom: Bool {
    switch self {
    case .host(let error): error.isDiskFull
    case .sqlite(let error): [.full, .busy].contains(error.code.primary)
    default: false
    }
  }
}
