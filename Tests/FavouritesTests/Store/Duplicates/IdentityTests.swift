import TestSupport
import Testing

@testable import Favourites

/// What an import takes for the same, and what for another.
@Suite struct IdentityTests {
  /// Takes drafts over as one import; gives what became of each.
  private func take(
    _ drafts: [Draft], _ duplicates: Duplicates = .skip, into store: inout Store
  ) throws -> [Addition] {
    try store.changing("import") { store throws(StoreError) in
      var order = ImportOrder()
      var preparer = DraftPreparer()
      var additions: [Addition] = []
      for draft in drafts {
        let prepared = preparer.prepared(draft)
        additions.append(try store.take(prepared, duplicates: duplicates, order: &order))
      }
      return additions
    }
  }

  private func film(
    _ title: String, note: String? = nil, in category: String? = nil,
    _ values: [String: MetadataValue]
  ) throws -> Draft {
    var film = try draft(title, in: category, note: note)
    film.values = Metadata(values.map { Metadata.Entry($0.key, $0.value) })
    return film
  }

  @Test func `films of one title and another year are two, and come once`() throws {
    var store = try Store.inMemory(named: "memory")
    let films = [
      try film("Suspiria", ["year": .text("1977")]), try film("Suspiria", ["year": .text("2018")]),
      try film("Suspiria", ["year": .text("1977")]),
    ]
    #expect(try take(films, into: &store) == [.added(1), .added(2), .skipped(1)])
    #expect(try take(films, into: &store) == [.skipped(1), .skipped(2), .skipped(1)])
  }

  @Test func `films of two years are two, however the name of the year is spelled`() throws {
    var store = try Store.inMemory(named: "memory")
    let films = [
      try film("Suspiria", ["Year": .text("1977"), "by": .text("A")]),
      try film("Suspiria", ["by": .text("A"), "year": .text("2018")]),
      try film("Suspiria", ["BY": .text("A"), "YEAR": .text("1977")]),
    ]
    #expect(try take(films, .update, into: &store) == [.added(1), .added(2), .skipped(1)])
  }

  /// An import into nothing looks for no uid that it has not met.
  @Test func `a uid counts once, in an import into nothing too`() throws {
    let uid = UID(high: 7, low: 9)
    func drafts() throws -> [Draft] {
      try ["One", "Two", "Three"].map { title in
        var draft = try draft(title)
        draft.uid = title == "Two" ? UID(high: 7, low: 10) : uid
        return draft
      }
    }
    for (duplicates, third) in [
      (Duplicates.skip, Addition.skipped(1)), (.update, .updated(1)), (.allow, .added(3)),
    ] {
      var store = try Store.inMemory(named: "memory")
      #expect(try take(drafts(), duplicates, into: &store) == [.added(1), .added(2), third])
      #expect(try store.favourite(withUID: uid) == 1)
      #expect(try take(drafts(), into: &store) == [.skipped(1), .skipped(2), .skipped(1)])
    }
  }

  @Test func `a uid is looked for in the trash, where that is all there is`() throws {
    var store = try Store.inMemory(named: "memory")
    var gone = try draft("Gone")
    gone.uid = UID(high: 7, low: 9)
    _ = try take([gone], into: &store)
    try store.changing { store throws(StoreError) in _ = try store.remove([1]) }
    #expect(try store.ids(Selection()).isEmpty)
    #expect(try take([gone], into: &store) == [.trashed(1)])
    #expect(try take([gone], .allow, into: &store) == [.added(2)])
  }

  @Test func `what only one of two tells does not make them two, but a new note does`() throws {
    var store = try Store.inMemory(named: "memory")
    _ = try take([try film("Poem", note: "Roses", ["by": .text("A")])], into: &store)
    let others = [
      try film("Poem", ["lang": .text("en")]), try film("Poem", note: "Roses", [:]),
      try film("Poem", note: "Violets", ["by": .text("A")]), try film("Poem", ["by": .text("B")]),
      try film("Poem", in: "other", ["by": .text("A")]), try film("poems", ["by": .text("A")]),
    ]
    #expect(
      try take(others, into: &store) == [
        .skipped(1), .skipped(1), .added(2), .added(3), .added(4), .added(5),
      ])
  }

  @Test func `a number and its text are one, for a category may have made one of the other`() throws
  {
    var store = try Store.inMemory(named: "memory")
    _ = try take([try film("Dune", ["year": .text("1965")])], into: &store)
    let date = CalendarDate(year: 1965, month: 8, day: 1).map(MetadataValue.date)
    #expect(
      try take(
        [try film("Dune", ["year": MetadataValue(inferring: "1965", key: "year")])], into: &store)
        == [.skipped(1)])
    #expect(
      try take([try film("Dune", ["year": try #require(date)])], into: &store) == [.added(2)])
  }

  @Test func `many things of one title are told apart at once`() throws {
    var store = try Store.inMemory(named: "memory")
    var songs: [Draft] = []
    for number in 0..<3_000 {
      songs.append(try film("Intro", ["album": .text("album \(number)"), "artist": .text("a")]))
    }
    #expect(try take(songs, into: &store) == (1...3_000).map { Addition.added($0) })
    #expect(try take(songs, into: &store) == (1...3_000).map { Addition.skipped($0) })
    // Fewer names, other names, and a note.
    let others = [
      try film("Intro", ["album": .text("album 7")]), try film("Intro", ["year": .text("1999")]),
      try film("Intro", note: "n", ["album": .text("album 7")]),
      try film("Intro", note: "n", ["album": .text("album 7"), "year": .text("1999")]),
    ]
    #expect(
      try take(others, into: &store) == [.skipped(8), .skipped(1), .added(3_001), .skipped(3_001)])
  }

  @Test func `what is brought up to date is compared by what it became`() throws {
    var store = try Store.inMemory(named: "memory")
    var songs: [Draft] = []
    for number in 0..<20 { songs.append(try film("Intro", ["n": .text("no \(number)")])) }
    _ = try take(songs, into: &store)
    let more = [
      try film("Intro", ["n": .text("no 3"), "year": .text("1999")]),
      try film("Intro", ["n": .text("no 3"), "year": .text("2000")]),
    ]
    #expect(try take(more, .update, into: &store) == [.updated(4), .added(21)])
  }

  @Test func `feeds of one site are told apart by their own addresses`() throws {
    var store = try Store.inMemory(named: "memory")
    func feed(_ title: String, _ url: String, _ address: String) throws -> Draft {
      var feed = try draft(title, url: url)
      feed.values = Metadata([Metadata.Entry("feed", .text(address))])
      return feed
    }
    let feeds = [
      try feed("Morning", "https://radio.example/", "https://radio.example/1"),
      try feed("Evening", "https://radio.example/", "https://radio.example/2"),
    ]
    #expect(try take(feeds, into: &store) == [.added(1), .added(2)])
    #expect(try take(feeds, into: &store) == [.skipped(1), .skipped(2)])
    // The same feed under another link, and the site without a feed.
    #expect(
      try take(
        [
          try feed("Morning", "https://radio.example/1", "https://radio.example/1"),
          try draft("Radio", url: "https://radio.example/"),
        ], into: &store)
        == [.skipped(1), .skipped(1)])
  }

  @Test func `what is in the trash is told from what is there`() throws {
    var store = try Store.inMemory(named: "memory")
    var one = try draft("One")
    one.uid = UID(high: 1, low: 2)
    _ = try take([one], into: &store)
    try store.changing("rm") { store throws(StoreError) in _ = try store.remove([1]) }
    #expect(try take([one], into: &store) == [.trashed(1)])
  }
}
