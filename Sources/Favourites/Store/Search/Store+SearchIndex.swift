internal import SQLite

// The full-text index and the vocabulary. Both are derived, and are updated with the rows, in the
// same change.
//
// `search` is a contentless FTS5 table (https://www.sqlite.org/fts5.html#contentless_tables):
// deleting a row requires its old text again, which is derived from the favourite's previous state.
// How many words each column has is in `place`: see SearchLengths.swift.
// The vocabulary is in `word`: see Store+Vocabulary.swift.

extension Store {
  /// Adds a favourite to the index; the lengths of its columns are written with its place.
  ///
  /// - Parameter texts: the texts derived from it.
  mutating func indexSearch(
    _ record: FavouriteRecord, _ texts: DerivedTexts
  ) throws(StoreError) {
    let text = SearchText(record, texts)
    try count(text)
    try connection.run(
      "INSERT INTO search(rowid, note, title, tags, url, other, place) VALUES(?, ?, ?, ?, ?, ?, ?)",
      record.id, text.note, text.title, text.tags, text.url, text.other, text.categoryWord)
    lengths[record.id] = try lengths(of: text, texts)
    try keepWords(of: text, found: texts.words)
  }

  /// The lengths of all columns as they are stored.
  private mutating func lengths(
    of text: SearchText, _ texts: DerivedTexts
  ) throws(StoreError) -> [UInt8] {
    var lengths: [Int] = []
    for column in SearchColumn.allCases {
      let known =
        switch column {
        case .title: texts.lengths.title
        case .url: texts.lengths.url
        case .note: texts.lengths.note
        case .tags, .other, .place: SearchLengths.count(ofASCII: text[column])
        }
      if let known {
        lengths.append(known)
      } else {
        lengths.append(try withTokenizer { $0.tokens(of: text[column]).count })
      }
    }
    return SearchLengths.stored(lengths)
  }

  /// Adds a favourite that has its place already to the index.
  ///
  /// - Parameter texts: the texts derived from it.
  mutating func indexSearch(
    placed record: FavouriteRecord, _ texts: DerivedTexts
  ) throws(StoreError) {
    try indexSearch(record, texts)
    guard let known = lengths[record.id] else { return }
    try connection.run("UPDATE place SET lengths = ? WHERE favourite = ?", known, record.id)
    if connection.changes > 0 { lengths[record.id] = nil }
  }

  /// Removes a favourite from the index.
  mutating func unindexSearch(_ record: FavouriteRecord) throws(StoreError) {
    lengths[record.id] = nil
    let text = SearchText(record)
    try count(text)
    try connection.run(
      """
      INSERT INTO search(search, rowid, note, title, tags, url, other, place)
      VALUES('delete', ?, ?, ?, ?, ?, ?, ?)
      """, record.id, text.note, text.title, text.tags, text.url, text.other, text.categoryWord)
  }

  /// - Parameter found: the new words of the title, the note and the host, if known.
  private mutating func keepWords(of text: SearchText, found: [String]?) throws(StoreError) {
    for word in found ?? [] where words.insert(WordScanner.hash(Array(word.utf8))) {
      wordsMet.append(word)
    }
    for part in found == nil ? text.texts : text.otherTexts where part.utf8.count >= 4 {
      wordsMet += try newWords(of: part)
    }
  }

  /// The words of a text that this change has not met yet.
  mutating func newWords(of text: String) throws(StoreError) -> [String] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return WordScanner.newWords(of: text, &words) }
    var words: [String] = []
    for token in try withTokenizer({ $0.tokens(of: text) }) where WordScanner.isKept(token.text) {
      let hash = WordScanner.hash(Array(token.text.utf8))
      if self.words.insert(hash) { words.append(token.text) }
    }
    return words
  }

  /// Passes the tokenizer of the index to a closure.
  private mutating func withTokenizer<Result>(
    _ body: (borrowing Tokenizer) -> Result
  ) throws(StoreError) -> Result {
    let known: Tokenizer
    if let kept = wordTokenizer.take() { known = kept } else { known = try tokenizer() }
    let result = body(known)
    wordTokenizer = consume known
    return result
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
    while try rows.next() {
      let record = FavouriteRecord(rows)
      try indexSearch(placed: record, DerivedTexts(record))
    }
    try joinIndex()
    try writeWords()
  }
}
