import SQLite
import TestSupport
import Testing

@testable import Favourites

/// What is derived from favourites that come in one import, and is written in the end.
@Suite struct DerivedRowsTests {
  /// Everything derived, as text.
  private func derived(of store: borrowing Store) throws -> [String] {
    var lines: [String] = []
    for query in [
      "SELECT key, favourite FROM title ORDER BY 1, 2",
      "SELECT key, favourite FROM link ORDER BY 1, 2",
      "SELECT t.name, g.favourite FROM tagging g JOIN tag t ON t.id = g.tag ORDER BY 1, 2",
      "SELECT key, name, count FROM tag ORDER BY 1, 2",
      "SELECT name, value, favourite, text FROM attribute ORDER BY 1, 2, 3",
      "SELECT length, words FROM word ORDER BY 1, 2",
    ] {
      let rows = try store.connection.prepare(query)
      while try rows.step() {
        lines.append((0..<rows.columnCount).map { rows.text($0) }.joined(separator: "|"))
      }
    }
    return lines
  }

  private func drafts(_ count: Int, seed: UInt64) throws -> [Draft] {
    var random = SplitMix(seed: seed)
    let words = ["GitHub", "naïve", "Straße", "node.js", "plain", "sunset", "東京", "WiFi", "zebra"]
    var drafts: [Draft] = []
    for _ in 0..<count {
      func word() -> String { words.randomElement(using: &random) ?? "" }
      func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }
      func chance() -> Bool { Bool.random(using: &random) }
      var draft = try draft(
        "\(word()) \(word())", url: chance() ? "https://e.org/\(number(0..<60))" : nil,
        in: chance() ? "films" : nil, note: chance() ? "\(word()) note\(number(0..<9))" : nil,
        tags: [word(), word().uppercased()])
      if chance() {
        draft.values = Metadata([
          Metadata.Entry("year", .text("\(number(1990..<1995))")),
          Metadata.Entry("feed", .text("https://e.org/feed\(number(0..<9))")),
        ])
      }
      drafts.append(draft)
    }
    return drafts
  }

  /// Takes drafts over as one import; gives what became of each.
  private func take(_ drafts: [Draft], into store: inout Store) throws -> [Addition] {
    try store.changing("import") { store throws(StoreError) in
      var order = ImportOrder()
      var preparer = DraftPreparer()
      var additions: [Addition] = []
      for draft in drafts {
        let prepared = preparer.prepared(draft)
        additions.append(try store.take(prepared, duplicates: .skip, order: &order))
      }
      try store.settle(order)
      return additions
    }
  }

  private func problems(of store: inout Store) throws -> [String] {
    try store.change(ChangeRequest(command: "doctor", isRehearsal: true)) {
      store throws(StoreError) in try store.inspect()
    }.result.compactMap(\.problem)
  }

  @Test(arguments: [1, 2, 3, 4])
  func `an import derives what the same favourites have one by one`(seed: UInt64) throws {
    let drafts = try drafts(300, seed: seed)
    var imported = try Store.inMemory(named: "memory")
    let additions = try take(drafts, into: &imported)
    var single = try Store.inMemory(named: "memory")
    for (draft, addition) in zip(drafts, additions) {
      guard case .added(let id) = addition else { continue }
      #expect(try single.adding(draft, .allow) == id)
    }
    let added = additions.filter { if case .added = $0 { true } else { false } }.count
    #expect(added > 50 && additions.count - added > 20)
    #expect(try derived(of: imported) == derived(of: single))
    #expect(try problems(of: &imported) == [])
  }

  @Test func `rows are sorted by their keys, byte by byte`() {
    var rows = DerivedRows()
    for (index, key) in ["b", "", "abcdefgh", "abcdefghi", "abc", "é", "abcdefghA"].enumerated() {
      rows.note(title: key, of: Int64(index))
    }
    rows.note(title: "abc", of: -1)
    rows.sort()
    let sorted = ["", "abc", "abc", "abcdefgh", "abcdefghA", "abcdefghi", "b", "é"]
    #expect(rows.titles.map(\.key) == sorted)
    #expect(rows.titles.map(\.favourite).prefix(3) == [1, -1, 4])
  }

  @Test func `what is among them may be there, and what is not is told apart`() throws {
    var rows = DerivedRows()
    let link = DerivedTexts(title: "Films", url: "https://e.org", note: nil)
    let hash = try #require(link.linkHash)
    #expect(rows.isEmpty && !rows.mayHold(link: hash))
    let (uid, other) = (UID(high: 1, low: 2), UID(high: 1, low: 3))
    rows.remember(uid, link)
    rows.remember(other, DerivedTexts(title: "Dune", url: nil, note: nil))
    #expect(rows.mayHold(uid: uid) && rows.mayHold(uid: other))
    #expect(!rows.mayHold(uid: UID(high: 2, low: 2)))
    #expect(rows.mayHold(link: hash) && !rows.mayHold(link: hash ^ 1))
    #expect(rows.mayHold(title: "Dune".nameKey) && !rows.mayHold(title: "Dunes".nameKey))
    #expect(!rows.mayHold(title: link.titleKey))
  }

  @Test func `a large change leaves the index set up as a small one does`() throws {
    func settings(of store: borrowing Store) throws -> [String] {
      let rows = try store.connection.prepare("SELECT k || ' ' || v FROM search_config ORDER BY k")
      var kept: [String] = []
      while try rows.step() { kept.append(rows.text(0)) }
      return kept
    }
    for count in [1, 6_000] {
      var store = try Store.inMemory(named: "memory")
      _ = try take(try (0..<count).map { try draft("Number \($0)") }, into: &store)
      #expect(try settings(of: store) == ["automerge 0", "version 4"])
      #expect(try problems(of: &store) == [])
      // As an upgrade does.
      try store.connection.beginImmediate()
      try store.rebuildSearch()
      try store.connection.commit()
      #expect(try settings(of: store) == ["automerge 0", "version 4"])
    }
  }

  @Test func `a large change leaves hardly a page of the file free`() throws {
    var random = SplitMix(seed: 5)
    let drafts = try (0..<6_000).map { number in
      let words = (0..<40).map { _ in "word\(Int.random(in: 0..<4_000, using: &random))" }
      return try draft("Number \(number)", note: words.joined(separator: " "))
    }
    var store = try Store.inMemory(named: "memory")
    _ = try take(drafts, into: &store)
    let pages = try #require(try store.connection.integer("PRAGMA page_count"))
    let free = try #require(try store.connection.integer("PRAGMA freelist_count"))
    #expect(pages > 800 && free * 25 < pages, "\(free) of \(pages)")
  }

  @Test(arguments: [Int64.min, .max])
  func `a total that cannot be is refused by a large change and a small one`(total: Int64) throws {
    var store = try Store.inMemory(named: "memory")
    let id = try store.adding(try draft("Dune"))
    try store.connection.execute(
      "PRAGMA ignore_check_constraints=ON; UPDATE totals SET favourites = \(total)")
    try store.connection.execute("PRAGMA ignore_check_constraints=OFF")
    let drafts = try (0..<6_000).map { try draft("Number \($0)") }
    #expect(throws: StoreError.self) { _ = try take(drafts, into: &store) }
    if total < 0 {
      #expect(throws: StoreError.self) {
        try store.changing { store throws(StoreError) in _ = try store.remove([id]) }
      }
    }
  }
}
