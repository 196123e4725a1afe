import Favourites
import TestSupport
import Testing

@testable import Exchange

@Suite struct OrgTests {
  private func links(_ line: String) -> [String] {
    OrgLine(Array(line.utf8)[...]).links.map { "\($0.title ?? "-")|\($0.url)" }
  }

  @Test(
    arguments: [
      ("[[https://x.org][A]] and [[https://y.org]]", ["A|https://x.org", "-|https://y.org"]),
      ("[[https://x.org/\\[a\\]][A [1] b]]", ["A [1] b|https://x.org/[a]"]),
      ("[[https://x.org/a\\\\\\\\][A]]", ["A|https://x.org/a\\\\"]),
      ("[[https://x.org/a\\b][A]]", ["A|https://x.org/a\\b"]),
      (
        "<https://x.org> (https://y.org/a_b). xhttps://z.org",
        ["-|https://x.org", "-|https://y.org/a_b"]
      ),
      ("[[#part][A]] [[*Head]] [[id:1][B]] [[file:a.org][C]]", ["C|file:a.org"]),
      ("[[https://x.org][A]", ["-|https://x.org"]), ("[[", []), ("[[]]", []), ("[[][a]]", []),
    ] as [(String, [String])])
  func `links of a line`(line: String, wanted: [String]) {
    #expect(links(line) == wanted)
  }

  @Test(arguments: ["https://x.org", "a[b]c", "\\", "a\\", "a\\\\]", "\\[", "]]", "[[", "a\\b"])
  func `a URL comes back from brackets as it was`(url: String) {
    let line = Array("[[".utf8) + OrgLine.escaped(url) + Array("][t]]".utf8)
    #expect(OrgLine(line[...], isCertain: true).links.map(\.url) == [url])
  }

  @Test func `headlines, properties, lists and tags are read`() throws {
    let found = try ForeignText(
      """
      #+TITLE: Links
      #+BEGIN_SRC text
      - [[https://no.org][no]]
      #+END_SRC
      Some [[https://loose.org][loose]] text.
      * TODO [#A] Books :read:
      :PROPERTIES:
      :ID: x
      :END:
      ** [[https://example.org/dune][Dune [1]]] :classic:sci_fi:
      SCHEDULED: <2024-02-01 Thu>
      :PROPERTIES:
      :CREATED: [2024-01-31 Wed 12:30]
      :Modified: 2024-02-01T10:00:00Z
      :CUSTOM_ID: no
      :Pages: 412
      :Author: Frank Herbert
      :END:
      First line.
        - second

      ** DONE [[https://example.org/done]]
      ** Films
         - [X] [[https://film.org][Solaris]] - slow
           a line
           - a remark
         - Plain
         - [[https://a.org][a]], [[https://b.org][b]]
         # a comment
      * No link, but
      :PROPERTIES:
      :URL: https://url.org
      :END:
      * Empty

      """)
    #expect(found.format == "org")
    #expect(
      found.bookmarks == [
        Bookmark("loose", "https://loose.org"),
        Bookmark(
          "Dune [1]", "https://example.org/dune", note: "First line.\n  - second",
          in: ["Books"], tags: ["read", "classic", "sci_fi"], created: "2024-01-31T12:30:00Z",
          modified: "2024-02-01T10:00:00Z",
          metadata: ["pages": .number(412), "author": .text("Frank Herbert")]),
        Bookmark(
          nil, "https://example.org/done", in: ["Books"], tags: ["read"],
          metadata: ["done": .text("yes")]),
        Bookmark(
          "Solaris", "https://film.org", note: "slow\na line\n- a remark", in: ["Books", "Films"],
          tags: ["read"], metadata: ["done": .text("yes")]),
        Bookmark("Plain", in: ["Books", "Films"], tags: ["read"]),
        Bookmark("a", "https://a.org", in: ["Books", "Films"], tags: ["read"]),
        Bookmark("b", "https://b.org", in: ["Books", "Films"], tags: ["read"]),
        Bookmark("No link, but", "https://url.org"),
      ])
    #expect(found.folders.map(\.path) == [["Empty"]])
  }

  @Test func `buku's Org is read`() throws {
    let found = try ForeignText(
      "* [[https://swift.org/][Swift.org]] :language:swift:\n* [[https://example.org]]\n")
    #expect(found.format == "org")
    #expect(
      found.bookmarks == [
        Bookmark("Swift.org", "https://swift.org/", tags: ["language", "swift"]),
        Bookmark(nil, "https://example.org"),
      ])
  }

  @Test func `a title that is only a keyword comes back from Org, with tags and without a link`()
    throws
  {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("a.db"))
      let tag = try TagName.parse("home")
      _ = try store.change(ChangeRequest(command: "add")) { (store) throws(StoreError) in
        for title in ["TODO", "DONE", "TODO buy", ":home:", "a :home:"] {
          for tags in [[tag], []] {
            var draft = Draft()
            draft.title = title
            draft.tags = tags
            _ = try store.add(draft, duplicates: .allow)
          }
        }
      }
      let text = try exported(scratch.file("a.db"), as: .org)
      #expect(try imported(text, into: scratch.file("b.db")) == [])
      #expect(
        try exported(scratch.file("b.db"), as: .jsonl) == exported(scratch.file("a.db"), as: .jsonl)
      )
    }
  }

  @Test func `hostile favourites come back from Org as they were`() throws {
    try withScratch { scratch in
      var hostile = HostileFavourites(seed: 12)
      var store = try Store.writing(scratch.file("a.db"))
      let drafts = try (0..<1_000).map { _ in try hostile.next() }
      _ = try store.change(ChangeRequest(command: "add")) { (store) throws(StoreError) in
        for draft in drafts { _ = try store.add(draft, duplicates: .refuse) }
        for name in [":a:", "TODO x", "[#A] y", "* z", "a :b:", "two  spaces", "DONE"] {
          if let path = try? CategoryPath.parse(name + "/" + name) {
            try store.takeCategory(path, note: nil)
          }
        }
      }
      let first = try exported(scratch.file("a.db"), as: .org)
      #expect(try imported(first, into: scratch.file("b.db")) == [])
      #expect(try exported(scratch.file("b.db"), as: .org) == first)
      let original = try exported(scratch.file("a.db"), as: .jsonl)
      let copy = try exported(scratch.file("b.db"), as: .jsonl)
      #expect(original == copy)
      for (one, other) in zip(original.split(separator: 0x0A), copy.split(separator: 0x0A))
      where one != other {
        Issue.record(
          "\(String(decoding: one, as: UTF8.self))\nbecame\n\(String(decoding: other, as: UTF8.self))"
        )
        break
      }
    }
  }

  @Test func `a favourite is written as a headline with its properties`() throws {
    try withScratch { scratch in
      var draft = Draft()
      draft.title = "Dune"
      draft.url = "https://example.org/[dune]"
      draft.note = "Slowly.\n\n* not a headline"
      draft.uid = UID(text: "01a20819-c8ca-7b1e-8a1e-60f2d6995487")
      draft.category = try CategoryPath.parse("books/sci-fi")
      draft.tags = [try TagName.parse("classic"), try TagName.parse("sci-fi")]
      draft.values["year"] = .number(1965)
      draft.values["isbn"] = .text("9780441013593")
      draft.createdAt = Timestamp(milliseconds: 1_700_000_000_000)
      let wanted = draft
      var store = try Store.writing(scratch.file("a.db"))
      _ = try store.change(ChangeRequest(command: "add")) { (store) throws(StoreError) in
        try store.add(wanted, duplicates: .refuse)
      }
      #expect(
        String(decoding: try exported(scratch.file("a.db"), as: .org), as: UTF8.self) == #"""
          * books
          ** sci-fi
          *** [[https://example.org/\[dune\]][Dune]] :classic:sci_fi:
          :PROPERTIES:
          :ID: 01a20819-c8ca-7b1e-8a1e-60f2d6995487
          :RANK: 1
          :CREATED: 2023-11-14T22:13:20.000Z
          :MODIFIED: 2023-11-14T22:13:20.000Z
          :year: 1965
          :FAVS: {"tags":["classic","sci-fi"],"metadata":{"isbn":"9780441013593"},"metadata_types":{}}
          :END:
            Slowly.

            * not a headline

          """#)
    }
  }

  @Test func `Org that is hostile takes time in proportion to its length`() throws {
    let clock = ContinuousClock()
    for piece in ["[[", "[[a][", "[[a][b]", "\\", "<", "<https://x", "https://x ", ":a", "[[\\["] {
      let text = "* " + String(repeating: piece, count: 200_000 / piece.utf8.count)
      let time = clock.measure { _ = try? ForeignText(text, format: "org") }
      #expect(time < .seconds(10), "\(piece)")
    }
    let headlines = (1...700).map { String(repeating: "*", count: $0) + " a" }
      .joined(separator: "\n")
    let deep = try ForeignText(headlines + "\n- x", format: "org")
    #expect(deep.bookmarks.first?.folders.count == 700)
  }

  @Test func `Org cut off anywhere is read as far as it goes, or refused`() throws {
    let bytes = Array(
      "* Ü\n** [[https://x.org][t]] :ü:\n:PROPERTIES:\n:A: ü\n:END:\n  note\n".utf8)
    for end in 0...bytes.count {
      do {
        let found = try ForeignText(Array(bytes[..<end]), format: "org")
        #expect(found.bookmarks.count <= 1)
      } catch ExchangeError.malformed {
        // In the middle of a character.
      }
    }
  }
}
