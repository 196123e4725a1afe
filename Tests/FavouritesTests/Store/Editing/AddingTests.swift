import Host
import TestSupport
import Testing

@testable import Favourites

struct AddingTests {
  @Test func `a favourite gets what it was not given`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let started = Timestamp(milliseconds: Clock.now())
      #expect(try store.adding(draft("  Dune \n")) == 1)
      let all = try listed(path)
      let found = try #require(all.first)
      #expect(all.count == 1)
      #expect(found.createdAt >= started)
      #expect(
        found
          == Favourite(
            id: 1, uid: found.uid, title: "Dune", url: nil, note: nil, category: "inbox", rank: 1,
            tagsJSON: "[]", metadataJSON: "{}", createdAt: found.createdAt,
            modifiedAt: found.createdAt, openedAt: nil, opened: 0))
      #expect(found.uid.text.hasPrefix("0"))
      try checkStoreLaws(path)
    }
  }

  @Test func `a favourite keeps all that it was given`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      var full = try draft(
        "Dune", url: " https://example.com/dune ", in: "Books/Sci-Fi", note: "  Slowly.\n",
        tags: ["desert", "Classic", "DESERT"], set: ["year=1965", "read=2024-02-11", "é=x"])
      let uid = UID(text: "0192f0c1-7a1b-7c3d-8e4f-0123456789ab") ?? UID(high: 0, low: 0)
      full.uid = uid
      full.createdAt = Timestamp(milliseconds: 1_000)
      full.modifiedAt = Timestamp(milliseconds: 2_000)
      full.openedAt = Timestamp(milliseconds: 3_000)
      full.opened = 4
      try store.adding(full)
      #expect(
        try listed(path) == [
          Favourite(
            id: 1, uid: uid, title: "Dune", url: "https://example.com/dune",
            note: "  Slowly.\n", category: "Books/Sci-Fi", rank: 1,
            tagsJSON: #"["Classic","desert"]"#,
            metadataJSON: #"{"read":{"type":"date","value":"2024-02-11"},"#
              + #""year":1965,"é":"x"}"#,
            createdAt: Timestamp(milliseconds: 1_000), modifiedAt: Timestamp(milliseconds: 2_000),
            openedAt: Timestamp(milliseconds: 3_000), opened: 4)
        ])
      #expect(try Store.reading(path).categories().map(\.name) == ["Books", "Books/Sci-Fi"])
      #expect(try Store.reading(path).categories().map(\.count) == [0, 1])
      #expect(try Store.reading(path).categories().map(\.total) == [1, 1])
      try checkStoreLaws(path)
    }
  }

  @Test func `a number that was typed is read as its column's kind`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      var typed = try draft("Dune")
      typed.columns[text: .opened] = " 12 "
      typed.columns[text: .openedAt] = ""
      try store.adding(typed)
      #expect(try listed(path).map(\.opened) == [12])
      for text in ["-1", "twelve", ""] {
        typed.columns[text: .opened] = text
        #expect(
          throws: StoreError.invalid(InvalidValue(field: "opened", reason: "cannot be '\(text)'"))
        ) {
          try store.adding(typed)
        }
      }
      #expect(try listed(path).count == 1)
      try checkStoreLaws(path)
    }
  }

  @Test(arguments: [
    ("https://www.example.com/", "example.com"),
    ("https://example.com/a/b?q=1#f", "example.com/a/b"),
    ("geo:1,2", "geo:1,2"), ("https:///", "https:///"), ("mailto:a@b.c", "mailto:a@b.c"),
  ])
  func `a link without a title is called by its host and path`(url: String, title: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft(url: url))
      #expect(try listed(path).map(\.title) == [title])
    }
  }

  @Test func `a link whose path is longer than a title is called by its beginning`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft(url: "https://x/" + String(repeating: "é", count: 5_000)))
      let title = try #require(try listed(path).first?.title)
      #expect(title == "x/" + String(repeating: "é", count: 2_045))
      try checkStoreLaws(path)
    }
  }

  @Test func `what breaks a limit is refused and nothing is kept`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let empty = try Dump(path)
      let wrong: [(Draft, String, String)] = [
        (try draft(""), "title", "is empty"),
        (try draft(" \n\u{3000}"), "title", "is empty"),
        (try draft(), "title", "is missing"),
        (
          try draft(String(repeating: "x", count: 200_000), in: "new"), "title",
          "has 200000 bytes; the limit is 4096"
        ),
        (
          try draft(String(repeating: "é", count: 2_049)), "title",
          "has 4098 bytes; the limit is 4096"
        ),
        (try draft("a\u{0}b"), "title", "holds a NUL character"),
        (try draft("a", note: "\u{0}"), "note", "holds a NUL character"),
        (
          try draft("a", url: String(repeating: "x", count: 65_537)), "url",
          "has 65537 bytes; the limit is 65536"
        ),
        (try draft("a", url: "https://x/\ny"), "url", "holds a control character"),
        (
          try draft("a", note: String(repeating: "x", count: 1_048_577)), "note",
          "has 1048577 bytes; the limit is 1048576"
        ),
        (try draft("a", tags: (1...1_001).map { "t\($0)" }), "tags", "are more than 1000"),
      ]
      for (draft, field, reason) in wrong {
        #expect(throws: StoreError.invalid(InvalidValue(field: field, reason: reason))) {
          try store.adding(draft)
        }
      }
      #expect(try Dump(path) == empty)
      #expect(try store.changes(ChangeQuery(limit: .max)).count == 0)
    }
  }

  @Test func `the longest values are kept`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let title = String(repeating: "é", count: 2_048)
      let url = "https://x/" + String(repeating: "y", count: 65_526)
      let note = String(repeating: "\u{1}", count: 1_048_576)
      try store.adding(draft(title, url: url, note: note, tags: (1...1_000).map { "t\($0)" }))
      let found = try #require(try listed(path).first)
      #expect(found.title == title)
      #expect(found.url == url)
      #expect(found.note == note)
      #expect(found.tags.count == 1_000)
      try store.changing { store throws(StoreError) in try store.remove([1]) }
      try store.undoing()
      #expect(try listed(path).map(\.note) == [note])
      try checkStoreLaws(path)
    }
  }

  @Test(arguments: [
    "https://example.com", "HTTPS://Example.COM/", "https://example.com:443/",
    " https://example.com ",
  ])
  func `the same link in the same category is refused`(url: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("one", url: "https://example.com/", in: "web"))
      let before = try Dump(path)
      #expect(
        throws: StoreError.alreadyThere(url: url.trimmed, id: 1, category: "web")
      ) { try store.adding(draft("two", url: url, in: "WEB")) }
      #expect(try Dump(path) == before)
      #expect(try store.adding(draft("two", url: url, in: "web"), .skip) == 1)
      #expect(try Dump(path) == before)
      #expect(try store.changes(ChangeQuery(limit: .max)).count == 1)
      #expect(try store.adding(draft("two", url: url, in: "web"), .allow) == 2)
      #expect(try store.adding(draft("three", url: url, in: "web/sub")) == 3)
      try checkStoreLaws(path)
    }
  }

  @Test(arguments: ["https://example.com/A", "http://example.com/", "https://example.com/?"])
  func `another link is another link`(url: String) throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("one", url: "https://example.com/"))
      try store.adding(draft("one", url: "https://example.com/a"))
      #expect(try store.adding(draft("two", url: url)) == 3)
    }
  }

  @Test func `a link that is there is updated with what was given`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("one", url: "https://x/", note: "old", tags: ["a"], set: ["k=1"]))
      try store.adding(draft("two", url: "https://y/"))
      let again = try draft("ONE", url: "HTTPS://x", tags: ["b"], rank: 2)
      let result = try store.changing { store throws(StoreError) in
        try store.add(again, duplicates: .update)
      }
      #expect(result == .updated(1))
      let found = try listed(path)
      #expect(found.map(\.title) == ["two", "ONE"])
      #expect(found.map(\.url) == ["https://y/", "https://x/"])
      #expect(found[1].note == "old")
      #expect(found[1].tagsJSON == #"["a","b"]"#)
      #expect(found[1].metadataJSON == #"{"k":1}"#)
      try checkStoreLaws(path)
    }
  }

  @Test func `an update that changes nothing is no change`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("one", url: "https://x/", tags: ["a"]))
      let again = try draft("one", url: "https://x/", tags: ["A"])
      let outcome = try store.change(ChangeRequest(command: "add")) { store throws(StoreError) in
        try store.add(again, duplicates: .update)
      }
      #expect(outcome.result == .skipped(1))
      #expect(outcome.change == nil)
    }
  }

  @Test func `an update to a rank behind the end leaves the last where it is`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("one"))
      try store.adding(draft("two", url: "https://x/"))
      let again = try draft("two", url: "https://x/", rank: 9)
      let outcome = try store.change(ChangeRequest(command: "add")) { store throws(StoreError) in
        try store.add(again, duplicates: .update)
      }
      #expect(outcome.result == .skipped(2))
      #expect(outcome.change == nil)
    }
  }

  @Test func `a tag is written as it was written first`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("one", tags: ["SciFi"]))
      try store.adding(draft("two", tags: ["scifi", "Scifi", "new"]))
      #expect(try listed(path).map(\.tags) == [["SciFi"], ["new", "SciFi"]])
      let tags = try Store.reading(path).tags()
      #expect(tags == [TagCount(name: "new", count: 1), TagCount(name: "SciFi", count: 2)])
      try checkStoreLaws(path)
    }
  }

  @Test func `two spellings of an accent are one tag`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("one", tags: ["caf\u{E9}", "cafe\u{301}"]))
      let tags = try Store.reading(path).tags().map { Array($0.name.utf8) }
      #expect(tags == [Array("caf\u{E9}".utf8)])
      try checkStoreLaws(path)
    }
  }

  @Test func `metadata is checked against the category's fields`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let fields = [
        try MetadataField.parse("year:number"), try MetadataField.parse("seen:enum(yes,no)"),
      ]
      let films = try CategoryPath.parse("films")
      try store.changing { store throws(StoreError) in
        try store.addCategory(films, note: nil, fields: fields)
      }
      try store.adding(draft("Alien", in: "films", set: ["seen=YES", "year=1979", "free=x"]))
      #expect(
        try listed(path).map(\.metadataJSON) == [
          #"{"free":"x","seen":{"type":"enum","value":"yes"},"year":1979}"#
        ])
      let before = try Dump(path)
      for wrong in ["year=old", "seen=maybe", "year:text=1979"] {
        #expect(throws: StoreError.self) {
          try store.adding(draft("Aliens", in: "films", set: [wrong]))
        }
      }
      #expect(try Dump(path) == before)
      try checkStoreLaws(path)
    }
  }

  @Test func `a category is found without case and made with those it stands in`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("one", in: "Books/Sci-Fi"))
      try store.adding(draft("two", in: "BOOKS/fantasy/Old"))
      try store.adding(draft("three", in: "books/sci-fi"))
      #expect(
        try Store.reading(path).categories().map(\.name)
          == ["Books", "Books/fantasy", "Books/fantasy/Old", "Books/Sci-Fi"])
      #expect(try titles(path, in: "books/SCI-FI") == ["one", "three"])
      #expect(try titles(path, in: "books") == ["two", "one", "three"])
      try checkStoreLaws(path)
    }
  }

  @Test func `a rank shifts the others down and one beyond the end is the end`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a", rank: 7))
      try store.adding(draft("b", rank: 1))
      try store.adding(draft("c", rank: 2))
      try store.adding(draft("d"))
      try store.adding(draft("e", rank: 99))
      #expect(try titles(path, in: "inbox") == ["b", "c", "a", "d", "e"])
      #expect(try listed(path).map(\.rank) == [1, 2, 3, 4, 5])
    }
  }

  @Test func `an id is never given again`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      #expect(try store.adding(draft("one")) == 1)
      try store.undoing()
      #expect(try store.adding(draft("two")) == 2)
    }
  }
}
