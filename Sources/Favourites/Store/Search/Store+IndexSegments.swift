internal import SQLite

// How the segments of the full-text index are merged: FTS5 writes one in each transaction, and a
// search looks up each of its words in each of them.

extension Store {
  /// From how many entries in one change on FTS5 merges segments by itself, and how many bytes it
  /// then holds before it writes one: fewer then have to be merged.
  private static let (manyIndexed, heldOfIndex) = (5_000, 16 << 20)
  /// FTS5's defaults for both: `FTS5_DEFAULT_AUTOMERGE` and `FTS5_DEFAULT_HASHSIZE`. A merge takes
  /// as many segments (`FTS5_DEFAULT_USERMERGE`).
  private static let (usuallyMerged, usuallyHeld) = (4, 1 << 20)
  /// From how many bytes of text on a change leaves no segments of its own behind.
  private static let largeText = 200_000
  /// How many pages are merged at once. All at once left a tenth of a file of 100,000 favourites
  /// free.
  private static let portion = 64

  /// Counts a text that is about to be written or removed.
  mutating func count(_ text: SearchText) throws(StoreError) {
    indexed.entries += 1
    indexed.bytes += text.byteCount
    if indexed.entries == 1 { try stopAutomerge() }
    guard indexed.entries == Self.manyIndexed else { return }
    try configureSearch("hashsize", Self.heldOfIndex)
    try configureSearch("automerge", Self.usuallyMerged)
  }

  /// Keeps FTS5 from merging segments by itself: it does so for every 64 pages that it has written,
  /// so many at once that an addition then takes four times as long. See `joinIndex`.
  private func stopAutomerge() throws(StoreError) {
    let set = try connection.integer("SELECT v FROM search_config WHERE k = 'automerge'")
    if set != 0 { try configureSearch("automerge", 0) }
  }

  /// Merges segments of the index, about as much as the transaction in progress writes to it.
  ///
  /// FTS5 writes a segment in each transaction, and one whenever it has enough in memory. A search
  /// looks up each of its words in each segment, so four of a size are merged to one. If most of
  /// the index is new, it all becomes one segment; that takes about 2 µs per favourite.
  mutating func joinIndex() throws(StoreError) {
    defer { indexed = IndexedAmount() }
    if indexed.entries >= Self.manyIndexed {
      try configureSearch("automerge", 0)
      try configureSearch("hashsize", Self.usuallyHeld)
      try forgetSetting("hashsize")
      // The total in a damaged file may be any number.
      let toCome = change?.counts.values.reduce(0, +) ?? 0
      if Self.isLarge(indexed.entries, of: try countAll() &+ Int(toCome)) {
        return try optimiseSearch()
      }
    }
    let pages = indexed.pagesToMerge(change: change?.number ?? 0)
    guard pages > 0 else { return }
    // FTS5 merges all segments of the lowest level at once as soon as there are 16. What is large
    // does not stay there: an addition would have to wait for it.
    let isLarge = indexed.bytes >= Self.largeText
    if isLarge {
      // FTS5 writes what it holds when a savepoint begins, and merges only what is written.
      try translating { try connection.execute("SAVEPOINT written; RELEASE written") }
      try configureSearch("usermerge", 2)
    }
    // What one portion has read is free for the next one to write to.
    for start in stride(from: 0, to: pages, by: Self.portion) {
      let before = connection.totalChanges
      try configureSearch("merge", min(pages - start, Self.portion))
      // The statement itself counts as one: https://www.sqlite.org/fts5.html#the_merge_command
      if connection.totalChanges - before < 2 { break }
    }
    guard isLarge else { return }
    try configureSearch("usermerge", Self.usuallyMerged)
    try forgetSetting("usermerge")
  }

  /// Removes a setting of the index from the file, where FTS5 stores it for those who come later.
  private func forgetSetting(_ name: String) throws(StoreError) {
    let delete = "DELETE FROM search_config WHERE k = '\(name)'"
    try translating { try connection.executeUndefended(delete) }
  }

  /// Changes a setting of the index, or gives FTS5 a command that takes a number.
  private func configureSearch(_ name: String, _ value: Int) throws(StoreError) {
    try connection.run("INSERT INTO search(search, rank) VALUES(?, ?)", name, value)
  }

  /// Whether a change wrote or removed enough entries, in number and as a share of all favourites,
  /// to justify work on all of them. With fewer, each segment is small and quickly searched.
  static func isLarge(_ written: Int, of all: Int) -> Bool {
    written >= 200_000 && written >= all / 4
  }

  /// Merges all segments into one.
  func optimiseSearch() throws(StoreError) {
    try connection.run("INSERT INTO search(search) VALUES('optimize')")
  }
}

/// What a transaction wrote to the index, or removed from it.
struct IndexedAmount {
  var entries = 0
  /// The length of the texts.
  var bytes = 0

  /// How many pages of older segments to merge for it.
  ///
  /// A page takes about 2 kB of a text, and is merged with others on about five levels before it is
  /// in a large segment. The last page of each merge is not full: a change of little merges only if
  /// its turn comes, and then for those before it.
  func pagesToMerge(change: Int64) -> Int {
    guard entries > 0 else { return 0 }
    let pages = 1 + bytes / 400
    return pages >= Self.turns ? pages : change % Int64(Self.turns) == 0 ? 2 * Self.turns : 0
  }

  /// How many changes of little one merges for.
  private static let turns = 4
}
