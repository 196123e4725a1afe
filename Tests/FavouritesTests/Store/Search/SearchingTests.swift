import SQLite
import TestSupport
import Testing

@testable import Favourites

/// Searching by the full-text index.
struct SearchingTests {
  private static let now = Timestamp(milliseconds: 1_795_000_000_000)

  /// The titles that a query finds, the best first.
  private func found(
    _ text: String, in store: inout Store, _ fuzziness: Fuzziness = .whereNothingIsFound,
    _ selection: Selection = Selection(), _ slice: Slice = .all
  ) throws -> [String] {
    var selection = selection
    let keys = try store.metadataKeys()
    let query = try #require(Query.parse(text, metadataKeys: keys, now: Self.now))
    selection.search = try store.prepare(query, fuzziness)
    var rows = try store.rows(selection, ordering: Ordering(.relevance), slice: slice)
    var titles: [String] = []
    while let favourite = try rows.next(in: &store) { titles.append(favourite.title) }
    if slice == .all { #expect(try store.count(selection) == Int64(titles.count)) }
    return titles
  }

  private func filled(_ drafts: [Draft]) throws -> Store {
    var store = try Store.inMemory(named: "memory")
    for draft in drafts { try store.adding(draft, .allow) }
    return store
  }

  @Test func `a word is found wherever it stands, in titles first`() throws {
    var store = try filled([
      try draft("in a note", note: "by the sea"), try draft("in a link", url: "https://sea.org/x"),
      try draft("as a tag", tags: ["sea"]), try draft("The sea"),
      try draft("as metadata", set: ["place=the sea"]),
      try draft("in a category", in: "travel/sea"),
      try draft("Sea"), try draft("season"), try draft("elsewhere"),
    ])
    #expect(
      try found("SEA", in: &store) == [
        "Sea", "The sea", "as a tag", "as metadata", "in a link", "in a category", "in a note",
      ])
    #expect(try found("sea*", in: &store).contains("season"))
    #expect(try found("tags:sea", in: &store) == ["as a tag"])
    #expect(try found("url:sea", in: &store) == ["in a link"])
    #expect(try found("title:sea -the", in: &store) == ["Sea"])
    #expect(try found("travel", in: &store) == ["in a category"])
  }

  @Test(arguments: [
    ("fish & chips", "Fish and Chips"), ("Dune - Wikipedia", "Dune – Wikipedia"),
    ("dune = wikipedia", "Dune – Wikipedia"), ("& chips or zzz", "Fish and Chips"),
    ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}\u{110B}\u{1165}", "한국어"),
    ("カ\u{3099}イト\u{3099}", "ガイド"), ("oreily", "O'Reilly Media"), ("scritp", "TypeScript"),
    ("notre-dane", "Notre-Dame"), ("o'rielly", "O'Reilly Media"),
    ("schrödinger's", "Schrödinger equation"), ("tv", "Smart TVs"), ("bus", "School buses"),
  ])
  func `what was typed with signs, slips or in parts is found`(query: String, title: String) throws
  {
    var store = try filled(
      [
        "Fish and Chips", "Dune – Wikipedia", "한국어", "ガイド", "O'Reilly Media", "TypeScript",
        "Notre-Dame", "Schrödinger equation", "Smart TVs", "School buses",
      ].map { try draft($0) })
    #expect(try found(query, in: &store) == [title])
  }

  @Test func `a word of signs is looked for where there is nothing else`() throws {
    var store = try filled([try draft("a & b"), try draft("a b"), try draft("★ c"), try draft("c")])
    #expect(try found("&", in: &store) == ["a & b"])
    #expect(try found("a \"&\"", in: &store) == ["a & b"])
    #expect(try found("★ c", in: &store) == ["★ c"])
    #expect(try Set(found("a & b", in: &store)) == ["a & b", "a b"])
  }

  @Test func `what is not wanted is all that would be found`() throws {
    var store = try filled(
      ["wifi password", "wi-fi at home", "wi fi antenna", "solaris"].map { try draft($0) })
    #expect(try found("antenna -wifi", in: &store) == [])
    #expect(try found("not (wi fi)", in: &store) == ["solaris"])
    #expect(try found("wi fi or solaris", in: &store, .never).count == 4)
    #expect(try found("not (solaris or wi fi)", in: &store) == [])
  }

  @Test(arguments: [
    "ёлка", "Е\u{308}лк", "über", "uber", "cafe\u{301}", "gabriel", "garcia", "gärd", "garden", "❤️",
    "2026-11", "strasse",
  ])
  func `a part is found without regard to case and accents, wherever words are`(part: String) throws
  {
    var store = try filled([
      try draft("Ёлка"), try draft("Überall"), try draft("Cafés"), try draft("❤ x"),
      try draft("a", set: ["author=Gabriel García", "seen:date=2026-11-29"]),
      try draft("b", in: "gardening"), try draft("Straße"),
    ])
    var selection = Selection()
    selection.filters = [.part(part)]
    #expect(try store.count(selection) == 1, "\(part)")
    try store.changing { store throws(StoreError) in
      _ = try store.remove(try store.ids(Selection()))
    }
    var query = TrashQuery()
    query.filters = [.part(part)]
    #expect(try store.countTrash(query) == 1, "\(part)")
  }

  @Test func `the name of a metadata type is no part of a value`() throws {
    var store = try filled([try draft("a", set: ["seen:date=2026-11-29", "x=1"])])
    for part in ["date", "seen", "value", "type", "\""] {
      var selection = Selection()
      selection.filters = [.part(part)]
      #expect(try store.count(selection) == 0, "\(part)")
    }
  }

  @Test func `a category is found by the name that it has now`() throws {
    var store = try filled([try draft("a", in: "books"), try draft("b", in: "films")])
    #expect(try found("book", in: &store) == ["a"])
    let (books, novels) = (try CategoryPath.parse("books"), try CategoryPath.parse("novels"))
    try store.changing { store throws(StoreError) in try store.renameCategory(books, to: novels) }
    #expect(try found("books", in: &store, .never) == [])
    #expect(try found("novels", in: &store) == ["a"])
    try store.changing { store throws(StoreError) in
      var patch = Patch()
      patch.category = novels
      _ = try store.edit([2], patch)
    }
    #expect(try Set(found("novels", in: &store)) == ["a", "b"])
  }

  @Test(arguments: [
    ("amelie", "Amélie"), ("AMÉLIE", "Amélie"), ("ame\u{301}lie", "Amélie"), ("lodz", "Łódź"),
    ("strasse", "Straße"), ("bjorn", "Bjørn"), ("神隠し", "千と千尋の神隠し"), ("尋", "千と千尋の神隠し"),
    ("생충", "기생충"), ("c++", "C++"), ("c#", "C#"), ("node.js", "Node.js"),
    ("don't", "don't panic"), ("brother", "The Brothers"), ("berries", "A berry"),
    ("boxes", "a box"), ("мастер", "Мастер"),
  ])
  func `what is meant is found however it is written`(query: String, title: String) throws {
    var store = try filled([
      try draft("Amélie"), try draft("Łódź"), try draft("Straße"), try draft("Bjørn"),
      try draft("千と千尋の神隠し"), try draft("기생충"), try draft("C"), try draft("C++"), try draft("C#"),
      try draft("Node.js"), try draft("don't panic"), try draft("The Brothers"),
      try draft("A berry"), try draft("a box"), try draft("Мастер"),
    ])
    #expect(try found(query, in: &store).first == title)
  }

  @Test(arguments: [
    ("slaris", ["Solaris"]), ("soalris", ["Solaris"]), ("solariss", ["Solaris"]),
    ("salrois", []), ("karamzvo", ["Karamazov"]), ("karmzov", []), ("krmzov", []),
    ("kara", ["Karamazov"]), ("emm", ["Emma"]), ("ema", []), ("emmma", ["Emma"]),
  ])
  func `what nobody has is looked for in the nearest spelling`(
    query: String, titles: [String]
  ) throws {
    var store = try filled([try draft("Solaris"), try draft("Karamazov"), try draft("Emma")])
    #expect(try found(query, in: &store) == titles)
    #expect(try found(query, in: &store, .never) == [])
    #expect(try found("\"\(query) x\"", in: &store) == [])
  }

  @Test func `a correction says what it looked for instead`() throws {
    var store = try filled([try draft("Solaris"), try draft("Dune")])
    let query = try #require(Query.parse("slaris dune", metadataKeys: [], now: Self.now))
    let search = try store.prepare(query)
    #expect(search.corrections.map(\.typed) == ["slaris"])
    #expect(search.corrections.map(\.used) == [["solaris"]])
    #expect(try store.prepare(query, .never).corrections.isEmpty)
    #expect(try found("dune", in: &store, .always) == ["Dune"])
  }

  @Test func `words, filters, metadata and dates go together`() throws {
    var store = try filled([
      try draft(
        "Dune", in: "books", tags: ["classic"], set: ["year=1965", "author=Frank Herbert"]),
      try draft("Dune", in: "films", set: ["year=1984"]),
      try draft("Solaris", in: "books", tags: ["classic"], set: ["year=1961"]),
    ])
    #expect(try found("dune year:>1970", in: &store).count == 1)
    #expect(try found("dune or year:1961", in: &store).count == 3)
    #expect(try found("author:herbert", in: &store) == ["Dune"])
    #expect(try found("#classic -dune", in: &store) == ["Solaris"])
    #expect(try found("not dune", in: &store) == ["Solaris"])
    #expect(try found("category:books (dune or solaris)", in: &store).count == 2)
    #expect(try found("dune created:>2000", in: &store).count == 2)
    #expect(try found("dune age:>1y", in: &store) == [])
    #expect(try found("dune is:untagged", in: &store).count == 1)
    var selection = Selection()
    selection.categories = [try CategoryPath.parse("films")]
    #expect(try found("dune", in: &store, .never, selection).count == 1)
    selection.filters.append(.tag(try TagName.parse("none")))
    #expect(try found("dune", in: &store, .never, selection) == [])
  }

  @Test func `equal hits stand by rank, then the latest first`() throws {
    var store = try filled([
      try draft("sea one", in: "a"), try draft("sea two", in: "a", rank: 1),
      try draft("sea three", in: "b"),
    ])
    #expect(try found("sea", in: &store) == ["sea three", "sea two", "sea one"])
  }

  @Test func `of more hits than are ranked each is listed once, on pages and in runs`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.changing { store throws(StoreError) in
        func add(_ title: String, note: String?) throws(StoreError) {
          var draft = Draft()
          draft.title = title
          draft.note = note
          _ = try store.add(draft, duplicates: .allow)
        }
        try add("Sea", note: nil)
        for number in 1...700 { try add("number \(number) at sea", note: nil) }
        for number in 701...1_300 { try add("number \(number)", note: "the sea") }
      }
      let whole = try found("sea", in: &store)
      #expect(whole.first == "Sea", "what was typed is a title, however old")
      #expect(whole.count == 1_301)
      #expect(Set(whole).count == 1_301)
      var pages: [String] = []
      for number in 1...14 {
        pages += try found(
          "sea", in: &store, .never, Selection(), .page(number: Int64(number), size: 100))
      }
      #expect(pages == whole)
      var selection = Selection()
      let query = try #require(Query.parse("sea", metadataKeys: [], now: Self.now))
      selection.search = try store.prepare(query)
      var (runs, cursor): ([String], Cursor?) = ([], nil)
      repeat {
        var rows = try store.rows(
          selection, ordering: Ordering(.relevance), slice: .run(limit: 170, after: cursor))
        while let favourite = try rows.next(in: &store) { runs.append(favourite.title) }
        cursor = (try rows.nextCursor(in: store)?.text).flatMap(Cursor.init(text:))
      } while cursor != nil && runs.count < 2_000
      #expect(runs == whole)
    }
  }

  /// What a plain look at every word finds, for queries of words, beginnings, `or` and `-`.
  @Test(arguments: 1...20)
  func `a search finds what a look at every favourite finds`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let words = ["sea", "sky", "stone", "star", "stair", "reef", "rain", "rainbow", "moss", "mist"]
    func pick() -> String { words[Int.random(in: 0..<words.count, using: &random)] }
    func some(_ range: ClosedRange<Int>) -> [String] {
      (0..<Int.random(in: range, using: &random)).map { _ in pick() }
    }
    var texts: [[String]] = []
    var drafts: [Draft] = []
    for index in 0..<80 {
      let (title, note, tags) = (some(1...3), some(0...4), Set(some(0...2)).sorted())
      texts.append(title + note + tags + ["n\(index)"])
      drafts.append(
        try draft(
          (title + ["n\(index)"]).joined(separator: " "),
          note: note.isEmpty ? nil : note.joined(separator: " "), tags: tags))
    }
    var store = try filled(drafts)
    for _ in 0..<40 {
      let (first, second, third) = (pick(), pick(), pick())
      func has(_ text: [String], _ word: String) -> Bool {
        word.hasSuffix("*")
          ? text.contains { $0.hasPrefix(word.dropLast()) } : text.contains(word)
      }
      let beginning = String(first.prefix(3)) + "*"
      let cases: [(String, ([String]) -> Bool)] = [
        ("\(first) \(second)", { has($0, first) && has($0, second) }),
        ("\(first) -\(second)", { has($0, first) && !has($0, second) }),
        ("\(first) or \(second) \(third)", { has($0, first) || has($0, second) && has($0, third) }),
        (
          "(\(first) or \(second)) \(third)",
          { (has($0, first) || has($0, second)) && has($0, third) }
        ),
        ("\(beginning) not \(third)", { has($0, beginning) && !has($0, third) }),
        ("-\(first) -\(second)", { !has($0, first) && !has($0, second) }),
      ]
      for (query, matches) in cases {
        let wanted = texts.filter(matches).compactMap(\.last)
        let got = try found(query, in: &store, .never).compactMap {
          $0.split(separator: " ").last.map(String.init)
        }
        #expect(Set(got) == Set(wanted), "\(query)")
        #expect(got.count == wanted.count, "\(query)")
      }
    }
  }

  /// The index after any commands is the one that would be made anew.
  @Test(arguments: 1...15)
  func `the index follows every change`(seed: UInt64) throws {
    var store = try Store.inMemory(named: "memory")
    try store.connection.execute(
      "CREATE VIRTUAL TABLE temp.v USING fts5vocab('main', 'search', 'instance')")
    var random = RandomSteps(seed: 700 + seed)
    for count in 1...60 {
      let step = try random.next()
      _ = try? store.change(ChangeRequest(command: step.text), step.run)
      if count % 11 == 0 { _ = try? store.undoing() }
      if count % 22 == 0 { _ = try? store.redoing() }
    }
    let kept = try instances(store.connection)
    #expect(kept.count > 20)
    try store.changing { store throws(StoreError) in try store.rebuildSearch() }
    let anew = try instances(store.connection)
    #expect(kept == anew)
  }

  private func instances(_ connection: borrowing Connection) throws -> [String] {
    let rows = try connection.prepare(
      "SELECT term || ' ' || doc || ' ' || col || ' ' || offset FROM temp.v ORDER BY 1")
    var instances: [String] = []
    while try rows.step() { instances.append(rows.text(0)) }
    return instances
  }

  @Test func `facets count all that was found`() throws {
    var store = try filled([
      try draft("sea 1", in: "a", tags: ["x", "Y"], set: ["year=1"]), try draft("sea 2", in: "a"),
      try draft("sea 3", in: "b", tags: ["y"], set: ["year=1"]), try draft("sky", in: "b"),
    ])
    var selection = Selection()
    let query = try #require(Query.parse("sea", metadataKeys: [], now: Self.now))
    selection.search = try store.prepare(query)
    func counts(_ name: String) throws -> [String] {
      try store.counts(by: Facet(name), of: selection).map { "\($0.value)=\($0.count)" }
    }
    #expect(try counts("category") == ["a=2", "b=1"])
    #expect(try counts("tag") == ["Y=2", "x=1"])
    #expect(try counts("year") == ["1=2"])
    #expect(try counts("no\"thing") == [])
  }

  @Test func `facets count in categories whatever their numbers are`() throws {
    var store = try filled([try draft("sea 1", in: "a")])
    for (number, name) in [(1_023, "b"), (1_024, "c"), (1 << 40, "d")] {
      try store.connection.run(
        "UPDATE sqlite_sequence SET seq = ? WHERE name = 'category'", number - 1)
      let drafts = try ["sea", "seas"].map { try draft("\($0) \(name)", in: name) }
      try store.changing { store throws(StoreError) in
        for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
      }
    }
    #expect(try store.connection.integers("SELECT id FROM category").suffix(3).last == 1 << 40)
    let counts = try store.counts(by: .category, of: Selection())
    #expect(counts.map { "\($0.value)=\($0.count)" } == ["b=2", "c=2", "d=2", "a=1"])
  }

  @Test func `patterns and parts of words are looked for in every text`() throws {
    var store = try filled([
      try draft("Rainbow", tags: ["sk\"y"]), try draft("x", note: "A STONE"), try draft("é-mail"),
    ])
    func titles(_ set: (inout Selection) -> Void) throws -> [String] {
      var selection = Selection()
      set(&selection)
      var rows = try store.rows(selection, ordering: Ordering(.id), slice: .all)
      var titles: [String] = []
      while let favourite = try rows.next(in: &store) { titles.append(favourite.title) }
      return titles
    }
    #expect(try titles { $0.pattern = "^rain|ston.$" } == ["Rainbow", "x"])
    #expect(try titles { $0.pattern = "k\"y" } == ["Rainbow"])
    #expect(throws: StoreError.self) { try titles { $0.pattern = "(" } }
    #expect(try titles { $0.filters = [.part("AINB")] } == ["Rainbow"])
    #expect(try titles { $0.filters = [.part("k\"y")] } == ["Rainbow"])
    #expect(try titles { $0.filters = [.part("é-")] } == ["é-mail"])
    #expect(try titles { $0.filters = [.part("\",\"")] } == [])
  }

  /// Sixteen places are looked at together.
  @Test func `a part of a word is found at each place of a text`() throws {
    let rest = String(repeating: "x", count: 50)
    var store = try filled(
      try (0...50).map { try draft("\(rest.prefix($0))[Az{\(rest.dropFirst($0))") })
    for (part, count) in [
      ("[az{", 51), ("AZ", 51), ("Z", 51), ("[", 51), ("{", 51), ("az{x", 50), ("x[A", 50),
      ("{az", 0), ("[@z", 0), ("`z", 0), ("[[", 0), (rest, 2), (rest + "x", 0), ("[AZ{" + rest, 1),
      (rest + "[aZ{", 1), (rest + "[aZ{x", 0),
    ] {
      var selection = Selection()
      selection.filters = [.part(part)]
      #expect(try store.count(selection) == Int64(count), "\(part)")
    }
  }

  @Test func `where every favourite would be read, parts are counted among the latest only`() throws
  {
    var store = try filled(
      try (1...6).map { try draft("row \($0)", in: $0 % 2 == 0 ? "even" : "odd", tags: ["t\($0)"]) }
    )
    try store.changing { store throws(StoreError) in try store.remove([5]) }
    func count(_ filters: Query..., upTo most: Int64) throws -> String {
      var selection = Selection()
      selection.filters = filters + [.part("ow")]
      let found = try store.count(selection, readingAtMost: most)
      return "\(found.number)" + (found.isWhole ? "" : "+")
    }
    // What is in the trash is not one of them.
    #expect(try count(upTo: 2) == "2+")
    #expect(try count(upTo: 4) == "4+")
    #expect(try count(upTo: 5) == "5")
    #expect(try count(upTo: 6) == "5")
    // An index leads to few.
    #expect(try count(.tag(TagName.parse("t1")), upTo: 2) == "1")
    #expect(try count(.category(CategoryPath.parse("even")), upTo: 2) == "3")
    #expect(try count(.part("1"), upTo: 2) == "0+")
    let none = try CategoryPath.parse("none")
    #expect(throws: StoreError.self) { try count(.category(none), upTo: 2) }
  }

  @Test(arguments: [" ", " or "])
  func `hundreds of words are looked for at once`(between: String) throws {
    let words = (0..<Query.mostTerms).map { "walking\($0) houses\($0)" }
    let note = words.joined(separator: " ")
    var store = try filled([try draft("all", note: note), try draft("other", note: "walking1")])
    let query = words.joined(separator: " ").split(separator: " ").joined(separator: between)
    let titles = try found(query, in: &store)
    #expect(titles.sorted() == (between == " " ? ["all"] : ["all", "other"]))
  }

  // The last one names more segments than any memory holds.
  @Test(arguments: [
    "UPDATE search_data SET block = x'ffffffff' WHERE id > 1",
    "DELETE FROM search_data WHERE id = 10", "DELETE FROM search_config",
    "UPDATE search_data SET block = x'0000000001070700ffffffff7f' WHERE id = 10",
  ])
  func `where the index is damaged the favourites themselves are read`(sql: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("Dune", note: "by the sea"))
      try store.adding(draft("Solaris"))
      try store.adding(draft("The sea"))
      try Connection(unhardened: path, access: .readWrite).execute(sql)
      store = try Store.writing(path)
      #expect(try found("sea", in: &store).sorted() == ["Dune", "The sea"])
      let isDamaged = store.isSearchDamaged
      #expect(isDamaged)
    }
  }

  /// A name that is not UTF-8 is read as another, behind which it stands again.
  @Test func `names of metadata that stand out of order are damage, and no way without end`() throws
  {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("Dune", set: ["year=1965"]))
      try Connection(unhardened: path, access: .readWrite).execute(
        "INSERT INTO attribute(name, value, favourite) VALUES(CAST(x'ff' AS TEXT), 1, 1)")
      store = try Store.reading(path)
      let error = #expect(throws: StoreError.self) { try store.metadataKeys() }
      #expect(error?.isDamage == true)
    }
  }
}
