import TestSupport
import Testing

@testable import Favourites

/// Hits that are read from the index as it is in the file, beside what FTS5 finds.
struct ReadingHitsTests {
  private static let now = Timestamp(milliseconds: 1_795_000_000_000)
  private static let words = [
    "sea", "seal", "seaside", "by", "the", "shore", "kiwi", "k1", "tag1", "films", "Straße",
    "naïve", "WiFi", "node.js", "2001", "東京", "a", "rare",
  ]

  /// Favourites of several changes, of which later ones edit and remove what earlier ones added.
  private func filled(_ seed: UInt64) throws -> Store {
    var store = try Store.inMemory(named: "memory")
    var random = SplitMix(seed: seed)
    func text(_ count: Range<Int>) -> String {
      (0..<Int.random(in: count, using: &random)).map { _ in
        // The first words are the most frequent.
        let limit = Int.random(in: 1...Self.words.count, using: &random)
        return Self.words[Int.random(in: 0..<limit, using: &random)]
      }.joined(separator: " ")
    }
    for round in 0..<6 {
      var drafts: [Draft] = []
      for number in 0..<(round == 0 ? 1_500 : 150) {
        // Some have more positions than fit on a page of the index.
        drafts.append(
          try draft(
            "\(text(1..<5)) \(number)", url: number % 3 == 0 ? "https://e.org/\(text(1..<2))" : nil,
            in: number % 4 == 0 ? "films" : "few",
            note: text(number % 300 == 7 ? 3_000..<5_000 : 0..<9),
            tags: number % 5 == 0 ? ["tag\(number % 3)"] : []))
      }
      let removed = (0..<40).map { _ in Int64.random(in: 1...1_500, using: &random) }
      let edited = (0..<40).map { _ in Int64.random(in: 1...1_500, using: &random) }
      var patch = Patch()
      patch.columns[text: .title] = text(1..<4)
      try store.changing { [drafts] store throws(StoreError) in
        for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
      }
      guard round > 0 else { continue }
      let alive = Set(try store.ids(Selection()))
      try store.changing { [patch] store throws(StoreError) in
        try store.edit(edited.filter(alive.contains).unique(), patch)
        _ = try store.remove(removed.filter(alive.contains).unique())
      }
    }
    return store
  }

  private static let queries = [
    "sea", "se*", "s*", "1*", "k*", "k1", "fil*", "films", "sea shore", "sea by the", "\"by the\"",
    "\"by the sea\"", "\"sea sea\"", "\"by the\" shore", "sea or kiwi", "se* by", "title:sea",
    "note:se*", "url:sea shore", "#tag1", "tags:tag*", "Straße", "naïve sea", "東京", "2001", "rare",
    "rare sea", "nothing", "no*", "\"seaside films\"", "title:\"the sea\"", "note:\"by the\"",
    "url:\"org sea\"", "wifi", "node", "the*",
  ]

  private func search(
    _ text: String, in store: inout Store
  ) throws -> (selection: Selection, search: PreparedSearch) {
    let query = try #require(Query.parse(text, metadataKeys: [], now: Self.now))
    var selection = Selection()
    let search = try store.prepare(query, .never)
    selection.search = search
    return (selection, search)
  }

  /// Expects that an expression finds what it finds by FTS5; false if it is of another kind.
  private func isReadAlike(
    _ expression: SearchExpression, in store: borrowing Store
  ) throws -> Bool {
    guard var hits = try IndexHits(expression, store.connection) else { return false }
    var found: [Int64] = []
    while let id = try hits.next(store.connection) { found.append(id) }
    let expected = try store.connection.integers(
      "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC", expression.text)
    #expect(found == expected, "\(expression.text)")
    for limit in [.max, 1_400, 700] as [Int64] {
      var counted = try #require(try IndexHits(expression, upTo: limit, store.connection))
      let count = try counted.countAll(store.connection)
      #expect(count == expected.count { $0 <= limit }, "\(expression.text) \(limit)")
    }
    return true
  }

  /// In one segment, each word has one list of favourites; two of these are followed together.
  @Test(arguments: [1, 2] as [UInt64], [false, true])
  func `the index is read as FTS5 reads it`(seed: UInt64, isInOneSegment: Bool) throws {
    var store = try filled(seed)
    if isInOneSegment {
      try store.changing { store throws(StoreError) in try store.optimiseSearch() }
    }
    var readable = 0
    for text in Self.queries {
      let search = try search(text, in: &store).search
      for expression in [search.match, search.titleMatch].compactMap(\.self) {
        if try isReadAlike(expression, in: store) { readable += 1 }
      }
      // A title that has all of it is among those that are passed for titles.
      guard let match = search.match, let title = search.titleMatch,
        var hits = try IndexHits(match, upTo: 1_400, onlyTitled: true, store.connection)
      else { continue }
      var found: Set<Int64> = []
      while let id = try hits.next(store.connection) { found.insert(id) }
      let expected = try store.connection.integers(
        "SELECT rowid FROM search WHERE search MATCH ? AND rowid <= 1400", title.text)
      #expect(found.isSuperset(of: expected), "\(text)")
      #expect(found.allSatisfy { $0 <= 1_400 })
    }
    #expect(readable > Self.queries.count)
  }

  /// A merge that is not finished has cut leaves off, and left the rows that lead to them.
  @Test func `the index is read while its parts are being merged`() throws {
    var store = try filled(3)
    let expressions = try ["1*", "a", "by", "kiwi", "se*", "sea", "wifi", "東京"].map {
      try #require(try search($0, in: &store).search.match)
    }
    var (cut, readable) = (0, 0)
    for _ in 0..<40 {
      try store.connection.executeUndefended(
        "INSERT INTO search(search, rank) VALUES('merge', -2)")
      let lost = try store.connection.integer(
        """
        SELECT count(*) FROM search_idx i WHERE NOT EXISTS (
          SELECT 1 FROM search_data d WHERE d.id = (i.segid << 37) + (i.pgno >> 1))
        """)
      if lost ?? 0 > 0 { cut += 1 }
      for expression in expressions {
        if try isReadAlike(expression, in: store) { readable += 1 }
      }
    }
    #expect(cut > 5 && readable > 200, "\(cut) \(readable)")
  }

  @Test func `hits are in the same order and have the same scores`() throws {
    var store = try filled(4)
    let tag = Query.tag(try TagName.parse("tag1"))
    let films = Query.category(try CategoryPath.parse("films"))
    // Few favourites are listed, and only these are looked for in the index.
    let listed = Query.state(.has(.field(.url)))
    for text in Self.queries {
      for filter in [nil, films, tag, listed, .all([listed, films]), .all([listed, tag])]
        as [Query?]
      {
        var (selection, _) = try search(text, in: &store)
        if let filter { selection.filters = [filter] }
        let count = try store.count(selection)
        store.readsIndex = false
        #expect(try store.count(selection) == count, "\(text)")
        let all = try store.rankedHits(selection, atLeast: nil).ids
        for wanted in [21, 100, 700, nil] {
          store.readsIndex = true
          let read = try store.rankedHits(selection, atLeast: wanted)
          store.readsIndex = false
          let expected = try store.rankedHits(selection, atLeast: wanted)
          let first = wanted ?? .max
          #expect(read.hasMore == expected.hasMore, "\(text)")
          #expect(read.ids.prefix(first) == expected.ids.prefix(first), "\(text) \(first)")
          // However many are asked for, they are the first of all.
          #expect(read.ids.prefix(first) == all.prefix(first), "\(text) \(first)")
          let (scores, others) = (ValuesByID(read.scores), ValuesByID(expected.scores))
          let ranked = Set(read.scores.map(\.id))
          #expect(ranked == Set(expected.scores.map(\.id)), "\(text)")
          for id in expected.ids.prefix(first) {
            #expect(scores[id] == others[id], "\(text) \(id)")
          }
        }
      }
    }
  }

  /// The index finds the favourites with a tag by its words: by those of all its spellings.
  @Test func `a tag in any spelling is found beside words`() throws {
    var store = try Store.inMemory(named: "memory")
    let tags = ["Straße", "STRASSE", "東京 塔", "C++", "c", "!!!", "AC/DC", "ac dc", "naïve"]
    let drafts = try (0..<(tags.count * 510)).map { number in
      // Each has another tag beside it, whose words could be taken for those of the first.
      try draft(
        "sea \(number)", in: "films", tags: [tags[number % tags.count], "tower c", "dc strasse"])
    }
    try store.changing { store throws(StoreError) in
      for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
    }
    for name in tags + ["tower c", "dc", "none"] {
      var (selection, _) = try search("sea", in: &store)
      selection.filters = [.tag(try TagName.parse(name))]
      let expected = try store.ids(Selection(.tag(try TagName.parse(name))))
      for reads in [true, false] {
        store.readsIndex = reads
        let found = try store.rankedHits(selection, atLeast: nil).ids
        #expect(found.sorted() == expected.sorted(), "\(name)")
      }
      #expect(expected.isEmpty == ["dc", "none"].contains(name), "\(name)")
    }
  }

  /// Its words must be in a row among those of all tags, whatever stands before and behind it.
  @Test func `the words of a tag do not depend on its neighbours`() throws {
    let store = try Store.inMemory(named: "memory")
    let tokenizer = try store.tokenizer()
    func words(_ text: String) -> [String] {
      tokenizer.tokens(of: SearchText.prepared(text)).map(\.text)
    }
    let scalars: [Unicode.Scalar] = [
      "a", "B", "ß", "é", "e", "\u{301}", "\u{345}", "Σ", "ς", "İ", "ı", "ﬁ", "K", "々", "東", "か",
      "\u{3099}", "ー", "ヽ", "ｶ", "ﾞ", "ก", "ำ", "א", "\u{5B4}", "ل", "ا", "\u{640}", "한",
      "\u{1160}",
      "\u{1100}", "\u{200D}", "\u{FE0F}", "🇩", "🇪", "+", "#", "^", "-", ".", "'", "/", "1", "²",
      "½",
    ]
    var random = SplitMix(seed: 11)
    func tag() -> String {
      var text = ""
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        text.unicodeScalars.append(scalars[Int.random(in: scalars.indices, using: &random)])
      }
      return text
    }
    for _ in 0..<20_000 {
      let tags = [tag(), tag(), tag()]
      let all = words(tags.joined(separator: " "))
      for tag in tags {
        let own = words(tag)
        let isThere = all.indices.contains { all[$0...].starts(with: own) } || own.isEmpty
        #expect(isThere, "\(tags.map { $0.unicodeScalars.map(\.value) })")
      }
    }
  }

  @Test func `an index that is out of order is left to FTS5`() throws {
    var store = try filled(6)
    let search = try search("sea", in: &store).search
    let match = try #require(search.match)
    let whole = try #require(try store.countRead(match))
    #expect(whole >= Store.rankedLimit)
    for damage in [
      "UPDATE search_data SET block = zeroblob(length(block)) WHERE id > 1000",
      "UPDATE search_data SET block = substr(block, 1, length(block) / 2) WHERE id > 1000",
      "UPDATE search_data SET block = x'0000FFFF' WHERE id > 1000",
      "UPDATE search_data SET block = x'00000000FF' WHERE id = 10",
      "DELETE FROM search_data WHERE id > 1000",
      "UPDATE search_config SET v = 9 WHERE k = 'version'",
    ] {
      try store.connection.execute("SAVEPOINT damage")
      try store.connection.executeUndefended(damage)
      #expect(try store.countRead(match) == nil, "\(damage)")
      try store.connection.execute("ROLLBACK TO damage; RELEASE damage")
    }
  }

  /// Positions, each 2 more than the distance from the last; those in each column but the first
  /// stand behind a 1 and its number.
  @Test(arguments: [
    ([2], false), ([2, 9, 3], false), ([1, 1, 2], true), ([2, 1, 1, 2], true),
    ([5, 6, 1, 1, 2, 1, 3, 4], true), ([1, 2, 1, 3, 2], false), ([1, 3, 2], false),
    ([1, 1, 2, 4], true), ([9, 1, 2, 3], false), ([2, 3, 4, 5], false), ([2, 3], false),
    // A position whose last byte is a 1, before positions in another column or without.
    ([0x81, 0x01], false), ([0x81, 0x01, 1, 3, 2], false), ([0x81, 0x01, 1, 1, 2], true),
    ([0x81, 0x01, 0x81, 0x01, 2], false), ([0x81, 0x01, 0x05, 0x02], false),
  ])
  func `a word in a title is told from one elsewhere`(positions: [UInt8], isTitled: Bool) throws {
    // Another favourite before it, with the word in its title, one behind it that no longer has the
    // word, and one without it in its title.
    let entries = [5, 6, 1, 1, 2, 7, UInt8(2 * positions.count)] + positions + [1, 1, 1, 2, 2]
    let leaf = try #require(IndexLeaf([0, 4, 0, UInt8(4 + entries.count)] + entries))
    var found: [IndexLeaf.Entry] = []
    let part = leaf.opening
    #expect(leaf.read(part, onlyTitled: true, into: &found))
    #expect(found.map(\.id) == (isTitled ? [5, 12] : [5]))
    found = []
    #expect(leaf.read(part, onlyTitled: false, into: &found))
    #expect(found.map(\.id) == [5, 12, 13, 14])
    #expect(found.map { leaf.isTitled($0) } == [true, isTitled, false, false])
  }

  @Test func `whether a word is in a title is not clear where its positions go on behind a leaf`()
    throws
  {
    for (positions, isTitled) in [
      ([2, 3], nil), ([2, 1], nil), ([1], nil), ([1, 1], true), ([2, 1, 1], true), ([1, 4], false),
    ] as [([UInt8], Bool?)] {
      let entries = [5, 40] + positions
      let leaf = try #require(IndexLeaf([0, 4, 0, UInt8(4 + entries.count)] + entries))
      var found: [IndexLeaf.Entry] = []
      #expect(leaf.read(leaf.opening, onlyTitled: true, into: &found))
      #expect(found.map(\.id) == (isTitled == false ? [] : [5]), "\(positions)")
      found = []
      #expect(leaf.read(leaf.opening, onlyTitled: false, into: &found))
      #expect(found.map { leaf.isTitled($0) } == [isTitled], "\(positions)")
    }
  }

  @Test func `a leaf that is no such thing is a fault, however it is cut or changed`() throws {
    let store = try filled(7)
    let rows = try store.connection.query("SELECT block FROM search_data WHERE id > 1000 LIMIT 40")
    var random = SplitMix(seed: 7)
    let key = Array("0se".utf8)
    while try rows.next() {
      let whole = rows.bytes(0)
      for _ in 0..<200 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
        if Bool.random(using: &random) {
          bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        }
        guard let leaf = IndexLeaf(bytes) else { continue }
        var entries: [IndexLeaf.Entry] = []
        _ = leaf.read(leaf.opening, onlyTitled: true, into: &entries)
        for word in leaf.words(key, isPrefix: true)?.words ?? [] {
          #expect(word.text.starts(with: key))
          _ = leaf.read(word.entries, onlyTitled: false, into: &entries)
        }
        #expect(entries.allSatisfy { $0.start <= leaf.end && $0.count >= 0 })
      }
    }
  }
}
