internal import SQLite

// Checks that the full-text index matches the favourites. FTS5's own check compares an index with
// its table, and this one has none: so both sides are summed here, each word with its place, and
// compared.

extension Store {
  /// Checks the index and the vocabulary.
  mutating func inspectSearch() throws(StoreError) -> Inspection {
    var problem: String?
    do throws(StoreError) {
      problem = try untrueSearch()
      if problem == nil, change != nil { try trySearch() }
    } catch .sqlite(let error) where error.sqliteKind == .damaged {
      problem = "it is damaged"
    }
    return Inspection(check: .search, problem: problem, isRepairable: true)
  }

  /// Adds to the result of `inspect()` what a write to the index finds out. Call it in a dry run.
  package mutating func tryingSearch(
    _ found: [Inspection]
  ) throws(StoreError) -> [Inspection] {
    guard let index = found.firstIndex(where: { $0.check == .search }),
      found[index].problem == nil
    else { return found }
    var found = found
    do throws(StoreError) {
      try trySearch()
    } catch .sqlite(let error) where error.sqliteKind == .damaged {
      found[index] = Inspection(
        check: .search, problem: "it is damaged", isRepairable: true)
    }
    return found
  }

  /// Has FTS5 check its index, which needs permission to write, then inserts a text and deletes it
  /// again: only that reads FTS5's size records.
  private mutating func trySearch() throws(StoreError) {
    try connection.query("INSERT INTO search(search) VALUES('integrity-check')").run()
    let probe = FavouriteRecord(
      id: .max, uid: UID(high: 0, low: 0), category: 0, title: "probe", at: 0, change: 0)
    try indexSearch(probe, DerivedTexts(probe))
    // Until then the insertion is only noted in memory.
    try translating { try connection.execute("SAVEPOINT tried; RELEASE tried") }
    try unindexSearch(probe)
    try translating { try connection.execute("SAVEPOINT tried; RELEASE tried") }
  }

  private mutating func untrueSearch() throws(StoreError) -> String? {
    // A connection that has read it once does not read it again.
    let version = try connection.query(
      "SELECT 1 FROM search_config WHERE k = 'version' AND v IN (4, 5)")
    guard try version.next() else { return "its version is not known" }
    guard try areSizesKept() else { return "it does not know how many it holds" }
    if let lost = try lostPage() { return lost }
    let tokenizer = try tokenizer()
    var sums = SearchSums()
    if let missing = try addFavourites(to: &sums, using: tokenizer) { return missing }
    try addIndex(to: &sums)
    guard let bucket = sums.firstDifference else { return nil }
    var narrow = SearchSums(within: bucket)
    _ = try addFavourites(to: &narrow, using: tokenizer)
    try addIndex(to: &narrow)
    return narrow.firstID.map { "favourite \($0)" } ?? "some favourites"
  }

  /// Whether the row of FTS5's sizes is complete: the number of rows, and the number of words in
  /// each column, as varints. https://www.sqlite.org/fts5.html#fts5_data_structures
  private func areSizesKept() throws(StoreError) -> Bool {
    let rows = try connection.query(
      "SELECT block, (SELECT count(*) FROM favourite) FROM search_data WHERE id = 1")
    guard try rows.next() else { return false }
    var numbers: [UInt64] = []
    var (number, length): (UInt64, Int) = (0, 0)
    for byte in rows.bytes(0) {
      length += 1
      // The ninth byte ends a number, and all eight bits of it count.
      number = length == 9 ? number << 8 | UInt64(byte) : number << 7 | UInt64(byte & 0x7F)
      guard byte < 0x80 || length == 9 else { continue }
      numbers.append(number)
      (number, length) = (0, 0)
    }
    let isWhole = length == 0 && (numbers.isEmpty || numbers.count == 1 + SearchColumn.count)
    return isWhole && numbers.first ?? 0 == UInt64(bitPattern: rows.integer(1))
  }

  /// The first page of words that is missing from `search_idx`; FTS5 only searches the pages listed
  /// there. https://www.sqlite.org/fts5.html#fts5_data_structures
  private func lostPage() throws(StoreError) -> String? {
    let entries = try connection.query("SELECT segid, pgno >> 1 FROM search_idx")
    var known: Set<Int64> = []
    while try entries.next() { known.insert(entries.integer(0) << 37 | entries.integer(1)) }
    // A page is 4,000 bytes; bytes 2 and 3 give the size of its content, and after that come the
    // offsets of its words. A page with bit 36 set holds no words.
    let pages = try connection.query(
      """
      SELECT id, substr(block, 3, 2), length(block) FROM search_data
      WHERE id > 10 AND (id >> 36) & 1 = 0
      """)
    while try pages.next() {
      let size = pages.bytes(1).reduce(0) { $0 << 8 | Int64($1) }
      let id = pages.integer(0)
      let page = (id >> 37) << 37 | (id & 0x7FFF_FFFF)
      guard size >= pages.integer(2) || known.contains(page) else { return "words are lost in it" }
    }
    return nil
  }

  /// Sums what each favourite should be found by; returns a word that is missing from the
  /// vocabulary, or a favourite whose columns have other lengths than are stored.
  private mutating func addFavourites(
    to sums: inout SearchSums, using tokenizer: borrowing Tokenizer
  ) throws(StoreError) -> String? {
    let seen = words
    words = HashesMet()
    defer { words = seen }
    let rows = try connection.query(composed: FavouriteSQL.all)
    let stored = try connection.query("SELECT lengths FROM place WHERE favourite = ?")
    var hashes: [UInt64] = []
    while try rows.next() {
      guard sums.wants(rows.integer(0)) else { continue }
      let record = FavouriteRecord(rows)
      let text = SearchText(record)
      var lengths: [Int] = []
      for column in SearchColumn.allCases {
        tokenizer.hashes(of: text[column], into: &hashes)
        lengths.append(hashes.count)
        for (place, hash) in hashes.enumerated() {
          sums.expect(hash, column.rawValue, Int64(place), of: record.id)
        }
      }
      stored.reset()
      stored.bind(record.id)
      guard try stored.next(), stored.bytes(0) == SearchLengths.stored(lengths) else {
        return "favourite \(record.id): how many words it has"
      }
      for text in text.texts where text.utf8.count >= 4 {
        for word in try newWords(of: text) {
          guard try isInVocabulary(word) else { return "favourite \(record.id): '\(word)'" }
        }
      }
    }
    return nil
  }

  /// Subtracts the contents of the index: every word with its place.
  private func addIndex(to sums: inout SearchSums) throws(StoreError) {
    try translating {
      try connection.execute(
        "CREATE VIRTUAL TABLE temp.search_held USING fts5vocab(main, search, instance)")
    }
    // The table belongs to this connection, and is in memory.
    defer { _ = try? translating { try connection.execute("DROP TABLE temp.search_held") } }
    try readIndex(to: &sums)
  }

  private func readIndex(to sums: inout SearchSums) throws(StoreError) {
    let rows = try connection.query(
      parts: "SELECT term, doc, col, \"offset\" FROM temp.search_held")
    while try rows.next() {
      let id = rows.integer(1)
      guard sums.wants(id) else { continue }
      let column = SearchColumn.allCases.first { rows.isText(2, $0.name) }
      sums.find(rows.hash(0), column?.rawValue ?? SearchColumn.count, rows.integer(3), of: id)
    }
  }
}
