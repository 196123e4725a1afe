internal import SQLite

// The vocabulary: the words in use of four letters or more, from which replacements for a word are
// found. Of a link it has the words of the host: what follows is seldom a word that anybody types.
//
// Words of the same length in characters are stored in order in runs, each a text of up to a
// hundred words or so: a search for words that contain another reads a hundredth of the rows that
// it would with one row per word. `first` is the word that a run begins with; it may be empty in
// the first run of a length. In a run, each word has a space before it, and the last also one after
// it.
//
// A word whose last favourite is removed stays in the vocabulary until the trash is emptied, since
// matches are looked up in `search` anyway.

extension Store {
  /// The greatest length of a run in bytes: four fit on a page, so that none needs overflow pages.
  private static let longestRun = 900

  /// Whether the vocabulary has a word.
  func isInVocabulary(_ word: String) throws(StoreError) -> Bool {
    let find = try connection.query(
      "SELECT words FROM word WHERE length = ? AND first <= ? ORDER BY first DESC LIMIT 1",
      word.unicodeScalars.count, word)
    return try find.next() && find.holds(0, Array(" \(word) ".utf8))
  }

  /// Calls a closure for each word of certain lengths, shorter words first.
  func forEachWord(
    of lengths: ClosedRange<Int>, _ body: (ArraySlice<UInt8>) throws(StoreError) -> Void
  ) throws(StoreError) {
    let runs = try connection.query(
      "SELECT words FROM word WHERE length BETWEEN ? AND ? ORDER BY length, first",
      lengths.lowerBound, lengths.upperBound)
    while try runs.next() { for word in Self.words(of: runs.bytes(0)) { try body(word) } }
    runs.reset()
  }

  /// Calls a closure for each word that contains a text and is longer, shorter words first, until
  /// it returns false.
  ///
  /// - Parameter most: how many runs are scanned.
  func forEachWord(
    holding part: String, among most: Int, _ body: (String) throws(StoreError) -> Bool
  ) throws(StoreError) {
    let bytes = Array(part.utf8)
    guard !bytes.isEmpty, !bytes.contains(UInt8(ascii: " ")) else { return }
    let runs = try connection.query(
      "SELECT words FROM word WHERE length > ? ORDER BY length, first LIMIT ?",
      part.unicodeScalars.count, most)
    defer { runs.reset() }
    while try runs.next() {
      guard runs.holds(0, bytes) else { continue }
      for word in Self.words(of: runs.bytes(0)) where word.holds(bytes) {
        guard try body(String(decoding: word, as: UTF8.self)) else { return }
      }
    }
  }

  /// The words of a length that begin with a text, in order, up to a limit.
  func words(
    of length: Int, beginningWith beginning: String, most: Int
  ) throws(StoreError) -> [String] {
    let runs = try connection.query(
      """
      SELECT words FROM word WHERE length = ?1 AND first < ?3 AND first >= ifnull(
        (SELECT max(first) FROM word WHERE length = ?1 AND first <= ?2), '')
      ORDER BY first
      """, length, beginning, beginning + "\u{10FFFF}")
    defer { runs.reset() }
    let bytes = Array(beginning.utf8)
    var found: [String] = []
    while found.count < most, try runs.next() {
      let words = Self.words(of: runs.bytes(0)).filter { $0.starts(with: bytes) }
      found += words.prefix(most - found.count).map { String(decoding: $0, as: UTF8.self) }
    }
    return found
  }

  /// The first word of the next run after a text.
  private func first(of length: Int, behind text: [UInt8]) throws(StoreError) -> [UInt8]? {
    let next = try connection.query(
      "SELECT first FROM word WHERE length = ? AND first > ? ORDER BY first LIMIT 1", length,
      TextBytes(text))
    defer { next.reset() }
    return try next.next() ? next.bytes(0) : nil
  }

  private static func words(of run: [UInt8]) -> [ArraySlice<UInt8>] {
    run.split(separator: UInt8(ascii: " "))
  }

  // MARK: Changing it

  /// Writes the words that a change met and that the vocabulary does not have yet.
  mutating func writeWords() throws(StoreError) {
    let met = wordsMet
    wordsMet = []
    var words: [(length: Int, word: [UInt8])] = []
    for word in met {
      words.append((word.unicodeScalars.count, Array(word.utf8)))
    }
    words.sort {
      $0.length == $1.length ? $0.word.lexicographicallyPrecedes($1.word) : $0.length < $1.length
    }
    while let length = words.first?.length {
      let end = words.firstIndex { $0.length > length } ?? words.endIndex
      let all = words[..<end].map(\.word)
      words.removeSubrange(..<end)
      var next = all.startIndex
      while next < all.endIndex { next = try add(all[next...], of: length) }
    }
  }

  /// Adds words to the run that the first of them belongs to; returns the index of the next word to
  /// process.
  ///
  /// Most words exist already: for these, reading their run is enough.
  private func add(_ words: ArraySlice<[UInt8]>, of length: Int) throws(StoreError) -> Int {
    guard let word = words.first else { return words.endIndex }
    let find = try findRun(of: length, with: word)
    guard try find.next() else { return try add(words, of: length, to: [], from: [], behind: word) }
    if find.holds(1, Self.run(of: [word])) {
      find.reset()
      return words.startIndex + 1
    }
    let (first, run) = (find.bytes(0), find.bytes(1))
    find.reset()
    return try add(words, of: length, to: run, from: first, behind: first)
  }

  /// Adds the words that come before the next run.
  private func add(
    _ words: ArraySlice<[UInt8]>, of length: Int, to run: [UInt8], from first: [UInt8],
    behind text: [UInt8]
  ) throws(StoreError) -> Int {
    // A single word belongs here.
    let next = words.count > 1 ? try self.first(of: length, behind: text) : nil
    let end =
      next.flatMap { next in words.firstIndex { !$0.lexicographicallyPrecedes(next) } }
      ?? words.endIndex
    let all = Self.merged(run, words[..<end])
    if all.count <= Self.longestRun {
      try write(all, as: first, try insertion(), of: length)
    } else {
      try write(Self.words(of: all).map(Array.init), of: length, from: first)
    }
    return end
  }

  /// A run with some words added, all in order.
  private static func merged(_ run: [UInt8], _ words: ArraySlice<[UInt8]>) -> [UInt8] {
    let blank = UInt8(ascii: " ")
    var rest = words
    var text: [UInt8] = []
    text.reserveCapacity(words.reduce(run.count + 1) { $0 + $1.count + 1 })
    var start = run.startIndex
    while start < run.endIndex {
      let end = run[start...].firstIndex(of: blank) ?? run.endIndex
      let old = run[start..<end]
      start = end + 1
      guard !old.isEmpty else { continue }
      while let new = rest.first, !old.lexicographicallyPrecedes(new) {
        rest.removeFirst()
        guard !old.elementsEqual(new) else { continue }
        text.append(blank)
        text += new
      }
      text.append(blank)
      text += old
    }
    return text + Self.run(of: rest)
  }

  /// Joins words into a run.
  private static func run(of words: ArraySlice<[UInt8]>) -> [UInt8] {
    var text: [UInt8] = []
    for word in words {
      text.append(UInt8(ascii: " "))
      text += word
    }
    text.append(UInt8(ascii: " "))
    return text
  }

  /// Finds the first word and the words of the run that a word of a length belongs to.
  private func findRun(of length: Int, with word: [UInt8]) throws(StoreError) -> Statement {
    let find = try connection.query(
      "SELECT first, words FROM word WHERE length = ? AND first <= ? ORDER BY first DESC LIMIT 1",
      length, TextBytes(word))
    return find
  }

  private func insertion() throws(StoreError) -> Statement {
    try connection.query("INSERT OR REPLACE INTO word(length, first, words) VALUES(?, ?, ?)")
  }

  private func write(
    _ run: [UInt8], as first: [UInt8], _ insert: borrowing Statement, of length: Int
  ) throws(StoreError) {
    try insert.run(length, TextBytes(first), TextBytes(run))
  }

  /// Writes words in place of the run that begins there: as one run, or as several if there are too
  /// many.
  private func write(
    _ words: [[UInt8]], of length: Int, from first: [UInt8]
  ) throws(StoreError) {
    let insert = try insertion()
    let size = words.reduce(1) { $0 + $1.count + 1 }
    // Of about the same size, so that each has room to grow.
    let runs = size / (Self.longestRun * 2 / 3) + (size <= Self.longestRun ? 0 : 1)
    let share = size <= Self.longestRun ? size : size / max(1, runs) + 1
    let blank = UInt8(ascii: " ")
    var first = first
    var text: [UInt8] = []
    for word in words {
      if text.count + word.count + 2 > share + 1, !text.isEmpty {
        try write(text + [blank], as: first, insert, of: length)
        (first, text) = (word, [])
      }
      text.append(blank)
      text += word
    }
    if !text.isEmpty { try write(text + [blank], as: first, insert, of: length) }
  }

  /// Removes words from the vocabulary.
  func forget(_ words: [String]) throws(StoreError) {
    let delete = try connection.query("DELETE FROM word WHERE length = ? AND first = ?")
    for word in words {
      let (length, bytes) = (word.unicodeScalars.count, Array(word.utf8))
      let find = try findRun(of: length, with: bytes)
      guard try find.next() else { continue }
      let (first, words) = (find.bytes(0), Self.words(of: find.bytes(1)))
      find.reset()
      let others = words.filter { !$0.elementsEqual(bytes) }.map(Array.init)
      guard others.count < words.count else { continue }
      // It may also be the first word of its run.
      let isFirst = first == bytes
      if isFirst || others.isEmpty {
        try delete.run(length, TextBytes(first))
      }
      if let next = others.first {
        try write(others, of: length, from: isFirst ? next : first)
      }
    }
  }
}
