internal import SQLite

// The full-text index and the vocabulary. Both are derived, and are updated with the rows, in the
// same change.
//
// `search` is a contentless FTS5 table (https://www.sqlite.org/fts5.html#contentless_tables):
// deleting a row requires its old text again, which is derived from the favourite's previous state.
// The vocabulary is in `word`: see Store+Vocabulary.swift.

extension Store {
  /// Adds a favourite to the index.
  ///
  /// - Parameter texts: the texts derived from it, if already computed.
  mutating func indexSearch(
    _ record: FavouriteRecord, _ texts: DerivedTexts? = nil
  ) throws(StoreError) {
    let texts = texts ?? DerivedTexts(record)
    let text = SearchText(record, texts)
    try count(text)
    try connection.run(
      "INSERT INTO search(rowid, note, title, tags, url, other, place) VALUES(?, ?, ?, ?, ?, ?, ?)",
      record.id, text.note, text.title, text.tags, text.url, text.other, text.categoryWord)
    try keepWords(of: text, found: texts.words)
  }

  /// From how many entries in one change on FTS5 merges segments by itself, and how many bytes it
  /// then holds before it writes one: fewer then have to be merged.
  private static let (manyIndexed, heldOfIndex) = (5_000, 16 << 20)
  /// FTS5's defaults for both: `FTS5_DEFAULT_AUTOMERGE` and `FTS5_DEFAULT_HASHSIZE`.
  private static let (usuallyMerged, usuallyHeld) = (4, 1 << 20)

  /// Counts a text that is about to be written or removed.
  private mutating func count(_ text: SearchText) throws(StoreError) {
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
      // FTS5 stores its settings in the file; the next change should not hold as much.
      try translating {
        try connection.executeUndefended("DELETE FROM search_config WHERE k = 'hashsize'")
      }
      // The total in a damaged file may be any number.
      let toCome = change?.counts.values.reduce(0, +) ?? 0
      if Self.isLarge(indexed.entries, of: try countAll() &+ Int(toCome)) {
        return try optimiseSearch()
      }
    }
    let pages = indexed.pagesToMerge(change: change?.number ?? 0)
    if pages > 0 { try configureSearch("merge", pages) }
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

  private func optimiseSearch() throws(StoreError) {
    try connection.run("INSERT INTO search(search) VALUES('optimize')")
  }

  /// Removes a favourite from the index.
  mutating func unindexSearch(_ record: FavouriteRecord) throws(StoreError) {
    let text = SearchText(record)
    try count(text)
    try connection.run(
      """
      INSERT INTO search(search, rowid, note, title, tags, url, other, place)
      VALUES('delete', ?, ?, ?, ?, ?, ?, ?)
      """, record.id, text.note, text.title, text.tags, text.url, text.other, text.categoryWord)
  }

  /// - Parameter found: the new words of the title and the note, if known.
  private mutating func keepWords(of text: SearchText, found: [String]?) throws(StoreError) {
    for word in found ?? [] where words.insert(WordScanner.hash(Array(word.utf8))) {
      wordsMet.append(word)
    }
    let parts =
      found == nil ? [text.title, text.tags, text.note, text.other] : [text.tags, text.other]
    for part in parts where part.utf8.count >= 4 { wordsMet += try newWords(of: part) }
  }

  /// The words of a text that this change has not met yet.
  mutating func newWords(of text: String) throws(StoreError) -> [String] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return WordScanner.newWords(of: text, &words) }
    var words: [String] = []
    if wordTokenizer == nil { wordTokenizer = try tokenizer() }
    let tokens = wordTokenizer?.tokens(of: text) ?? []
    for token in tokens where WordScanner.isKept(token.text) {
      let hash = WordScanner.hash(Array(token.text.utf8))
      if self.words.insert(hash) { words.append(token.text) }
    }
    return words
  }

  /// Removes words from the vocabulary that no favourite contains any more, and reclaims the
  /// index's space for deleted text: until then, a deleted word is still in it.
  mutating func forgetWords() throws(StoreError) {
    try optimiseSearch()
    var gone: [String] = []
    let find = try connection.query("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1")
    try forEachWord(of: 0...Int(UInt16.max)) { (bytes) throws(StoreError) in
      let word = String(decoding: bytes, as: UTF8.self)
      find.bind("\"\(word)\" OR \(WordForm.part([word], isPrefix: false).phrase)", at: 1)
      if try !find.next() { gone.append(word) }
      find.reset()
    }
    try forget(gone)
  }

  /// Rebuilds the index and the vocabulary from the favourites.
  package mutating func rebuildSearch() throws(StoreError) {
    words = HashesMet()
    try translating {
      try connection.execute(
        "INSERT INTO search(search) VALUES('delete-all'); DELETE FROM word")
    }
    let rows = try connection.query(composed: FavouriteSQL.all)
    while try rows.next() { try indexSearch(FavouriteRecord(rows)) }
    try joinIndex()
    try writeWords()
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

/// Splits ASCII text into the words that the vocabulary stores: four to 24 letters, in lower case.
struct WordScanner {
  private let bytes: [UInt8]
  private var position = 0
  /// The last word found. Its buffer is reused, so that the next word needs no allocation.
  private(set) var word: [UInt8] = []

  init(_ text: String) {
    bytes = Array(text.utf8)
    word.reserveCapacity(Self.lengths.upperBound)
  }

  /// The words of a text that were not met before.
  static func newWords(of text: String, _ met: inout HashesMet) -> [String] {
    var words: [String] = []
    var scanner = WordScanner(text)
    while let hash = scanner.next() {
      if met.insert(hash) { words.append(String(decoding: scanner.word, as: UTF8.self)) }
    }
    return words
  }

  /// The lengths stored: shorter words are not corrected, longer ones are not words.
  static let lengths = 4...24

  /// Whether the vocabulary stores a token that is not plain ASCII.
  static func isKept(_ token: String) -> Bool {
    lengths.contains(token.unicodeScalars.count)
      && token.unicodeScalars.allSatisfy {
        $0.isASCII ? UInt8($0.value).isASCIILetter : $0.properties.isAlphabetic
      }
  }

  /// The hash of the next word; nil at the end.
  mutating func next() -> UInt64? {
    while position < bytes.count {
      let start = position
      while position < bytes.count, bytes[position].isASCIILetter { position += 1 }
      let end = position
      // A run with digits in it is one token, but not a word.
      while position < bytes.count, Self.isTokenByte(bytes[position]) { position += 1 }
      let isWord = position == end && Self.lengths.contains(end - start)
      if position == start { position += 1 }
      guard isWord else { continue }
      word.removeAll(keepingCapacity: true)
      for place in start..<end { word.append(bytes[place] | 0x20) }
      return Self.hash(word)
    }
    return nil
  }

  /// A collision within one change would cost no more than a missed correction.
  static func hash(_ word: [UInt8]) -> UInt64 { FNV1a(word).value }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit
  }
}
