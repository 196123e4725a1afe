import TestSupport
import Testing

@testable import Favourites

/// Favourites with a part of a text: where a file is only read, most are passed beside SQLite; where
/// it is written too, SQLite looks at all of them.
struct FindingPartsTests {
  private static let count = 2_600

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `they are those that SQLite finds, on every page`(seed: UInt64) throws {
    try withScratch { scratch in
      var random = SplitMix(seed: seed)
      let path = scratch.file("favs.db")
      try Self.fill(path, &random)
      var quick = try Store.reading(path)
      var slow = try Store.writing(path)
      var (found, scanned) = (0, 0)
      for _ in 0..<60 {
        var selection = Selection()
        selection.filters = [.part(Self.part(&random))]
        if Int.random(in: 0...3, using: &random) == 0 {
          selection.filters.append(.part(Self.part(&random)))
        }
        if Int.random(in: 0...3, using: &random) == 0 {
          selection.filters.append(.test(.tag(try TagName.parse("kept"))))
        }
        let size = Int64([1, 3, 20, 900].randomElement(using: &random) ?? 1)
        let page = Slice.page(number: Int64.random(in: 1...4, using: &random), size: size)
        #expect(try Self.titles(selection, page, &quick) == Self.titles(selection, page, &slow))
        let all = try Self.titles(selection, .all, &slow)
        #expect(try quick.count(selection) == Int64(all.count))
        var cursor: Cursor?
        var met: [String] = []
        repeat {
          let slice = Slice.run(limit: 70, after: cursor)
          met += try Self.titles(selection, slice, &quick, &cursor)
        } while cursor != nil && met.count < all.count
        #expect(met == all)
        found += all.count
        if try quick.usesScan(selection) { scanned += 1 }
      }
      #expect(found > 500 && scanned > 15, "\(found), \(scanned)")
    }
  }

  @Test func `what is escaped, or beyond ASCII, is found too`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      var drafts = try (0..<400).map { try draft("no \($0)", note: "a usual note, long enough") }
      drafts += try [
        draft("1", set: [#"said=one\two"#]), draft("2", set: [#"said=say "so""#]),
        draft("3 CAFÉ"), draft("4", note: "a usual \u{FB01}ne note"), draft("5", tags: ["naïve"]),
        draft("6", url: "https://example.org/ÄÖ", set: ["said=ÜBER"]),
      ]
      let all = drafts
      try store.changing { store throws(StoreError) in
        for draft in all { _ = try store.add(draft, duplicates: .allow) }
      }
      var reader = try Store.reading(path)
      for (part, title) in [
        (#"E\t"#, "1"), (#"y "s"#, "2"), ("cafe", "3 CAFÉ"), ("Café", "3 CAFÉ"), ("l fine", "4"),
        ("NAIVE", "5"), ("über", "6"), ("org/äö", "6"),
      ] {
        var selection = Selection()
        selection.filters = [.part(part)]
        #expect(try reader.usesScan(selection), "\(part)")
        #expect(
          try Self.titles(selection, .all, &reader).map { $0.split(separator: " ")[2...] }
            == [title.split(separator: " ")[...]], "\(part)")
        let page = Slice.page(number: 1, size: 20)
        #expect(
          try Self.titles(selection, page, &reader) == Self.titles(selection, .all, &reader),
          "\(part)")
        #expect(try reader.count(selection) == 1)
      }
    }
  }

  @Test func `a part of the name of a category, or of what nearly all have, is left to SQLite`()
    throws
  {
    try withScratch { scratch in
      var random = SplitMix(seed: 9)
      let path = scratch.file("favs.db")
      try Self.fill(path, &random)
      var store = try Store.reading(path)
      for (part, isScanned) in [("rarity", true), ("LADEN", false), ("a", false)] {
        var selection = Selection()
        selection.filters = [.part(part)]
        #expect(try store.usesScan(selection) == isScanned, "\(part)")
      }
    }
  }

  private static func titles(
    _ selection: Selection, _ slice: Slice, _ store: inout Store
  ) throws -> [String] {
    var cursor: Cursor?
    return try titles(selection, slice, &store, &cursor)
  }

  /// - Parameter cursor: where to go on, afterwards; nil at the end.
  private static func titles(
    _ selection: Selection, _ slice: Slice, _ store: inout Store, _ cursor: inout Cursor?
  ) throws -> [String] {
    var rows = try store.rows(
      selection, ordering: Ordering(.id, isDescending: true), slice: slice)
    var titles: [String] = []
    while let favourite = try rows.next(in: &store) {
      titles.append("\(favourite.id) \(favourite.rank) \(favourite.title)")
    }
    cursor = try rows.nextCursor(in: store)
    return titles
  }

  private static let syllables = ["ra", "ri", "ty", "é", "E", "字", "\\", "\"", " ", "-", "ſt"]

  private static func part(_ random: inout SplitMix) -> String {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in
      syllables.randomElement(using: &random) ?? "ra"
    }.joined()
  }

  /// Most have only ASCII, and none of the syllables; some have them in one place, and some of
  /// these are too long for a page.
  private static func fill(_ path: String, _ random: inout SplitMix) throws {
    var store = try Store.writing(path)
    var drafts: [Draft] = []
    for number in 0..<count {
      var new = try draft(
        "no \(number)", url: number % 3 == 0 ? "https://example.org/\(number)" : nil,
        in: number % 40 == 0 ? "Balladen" : "c\(number % 5)", note: "a usual note, long enough",
        tags: number % 2 == 0 ? ["kept"] : [], set: ["year=\(number)"])
      let text = (0..<6).map { _ in part(&random) }.joined() + "."
      switch Int.random(in: 0...70, using: &random) {
      case 0: new.title = "no \(number) \(text)"
      case 1: new.note = text
      case 2: new.note = String(repeating: "long ", count: 2_000) + text
      case 3: new.tags.append(try TagName.parse("t" + text.filter { $0.isLetter }))
      case 4: new.metadata.append(try MetadataAssignment.parse("said=\(text)"))
      case 5: new.note = "rarity"
      default: break
      }
      drafts.append(new)
    }
    let all = drafts
    try store.changing { store throws(StoreError) in
      for draft in all { _ = try store.add(draft, duplicates: .allow) }
    }
  }
}

extension Store {
  /// Whether the first page of a selection is found beside SQLite.
  fileprivate mutating func usesScan(_ selection: Selection) throws -> Bool {
    let query = ListQuery(
      source: .favourites, tests: try selection.allConditions().map(\.test),
      ordering: Ordering(.id, isDescending: true), counting: .bySQL, limit: 21, offset: 0)
    try prepareForParts()
    return try idsWithParts(query, of: selection) != nil
  }
}
