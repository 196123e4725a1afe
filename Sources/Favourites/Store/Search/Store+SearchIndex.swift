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
    try connection.run(
      "INSERT INTO search(rowid, title, tags, url, note, other, place) VALUES(?, ?, ?, ?, ?, ?, ?)",
      record.id, text.title, text.tags, text.url, text.note, text.other, text.categoryWord)
    indexed += 1
    if indexed == Self.manyIndexed { try holdIndex(bytes: Self.heldOfIndex) }
    try keepWords(of: text, found: texts.words)
  }

  /// From how many favourites in one change on more of the index is held in memory, and how much,
  /// in bytes.
  private static let (manyIndexed, heldOfIndex) = (5_000, 16 << 20)
  /// FTS5's default memory limit, in bytes: `FTS5_DEFAULT_HASHSIZE`.
  private static let usuallyHeld = 1 << 20

  /// Sets how much of an update FTS5 holds in memory before it writes a segment: fewer segments
  /// then have to be merged.
  private func holdIndex(bytes: Int) throws(StoreError) {
    try connection.run("INSERT INTO search(search, rank) VALUES('hashsize', ?)", bytes)
  }

  /// Merges the segments of the index if the transaction in progress wrote much of it.
  ///
  /// FTS5 writes a segment whenever it has enough in memory, and merges only some of them: a large
  /// import leaves about thirty, and a search looks up each of its words in each. Merging takes
  /// about 2 µs per favourite.
  mutating func joinIndex() throws(StoreError) {
    guard indexed >= Self.manyIndexed else {
      indexed = 0
      return
    }
    defer { indexed = 0 }
    try holdIndex(bytes: Self.usuallyHeld)
    // FTS5 stores its settings in the file; the next change should not hold as much.
    try translating {
      try connection.executeUndefended("DELETE FROM search_config WHERE k = 'hashsize'")
    }
    // The total in a damaged file may be any number.
    let toCome = change?.counts.values.reduce(0, +) ?? 0
    guard Self.isLarge(indexed, of: try countAll() &+ Int(toCome)) else { return }
    try optimiseSearch()
  }

  /// Whether a change wrote enough favourites, in number and as a share of all, to justify work on
  /// all of them. With fewer, each segment is small and quickly searched.
  static func isLarge(_ written: Int, of all: Int) -> Bool {
    written >= 200_000 && written >= all / 4
  }

  private func optimiseSearch() throws(StoreError) {
    try connection.run("INSERT INTO search(search) VALUES('optimize')")
  }

  /// Removes a favourite from the index.
  func unindexSearch(_ record: FavouriteRecord) throws(StoreError) {
    let text = SearchText(record)
    try connection.run(
      """
      INSERT INTO search(search, rowid, title, tags, url, note, other, place)
      VALUES('delete', ?, ?, ?, ?, ?, ?, ?)
      """, record.id, text.title, text.tags, text.url, text.note, text.other, text.categoryWord)
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
    try writeWords()
  }
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
