import Favourites
import Foundation
import TestSupport
import Testing

@testable import Exchange

@Suite struct MarkdownTests {
  private func links(_ line: String, _ definitions: [String: String] = [:]) -> [String] {
    MarkdownLine(line.utf8, definitions: definitions).links.map { "\($0.title ?? "-")|\($0.url)" }
  }

  @Test(
    arguments: [
      ("[a](https://x.org)", ["a|https://x.org"]),
      (
        "[a](https://x.org) and [b](<https://y.org/ z> \"t\")",
        ["a|https://x.org", "b|https://y.org/ z"]
      ),
      ("[a](https://x.org/b_(c)) d)", ["a|https://x.org/b_(c)"]),
      ("[a \\[1\\] [2]](https://x.org 'title')", ["a [1] [2]|https://x.org"]),
      ("\\[a](https://x.org)", ["-|https://x.org"]),
      ("<https://x.org/a> <b> <mailto:a@b.c>", ["-|https://x.org/a", "-|mailto:a@b.c"]),
      ("see https://x.org/a_b., (https://y.org)", ["-|https://x.org/a_b", "-|https://y.org"]),
      ("`[a](https://x.org)` ``b` [c](https://y.org)", ["c|https://y.org"]),
      ("![a](https://x.org/i.png)", []),
      ("[![build](https://x.org/i.png)](https://x.org)", ["build|https://x.org"]),
      (
        "[**a**](https://x.org) [*b* c](https://x.org)", ["a|https://x.org", "*b* c|https://x.org"]
      ),
      ("[a](#part) [b](page.md) [c](<page.md>) [d](www.x.org)", ["c|page.md", "d|www.x.org"]),
      ("[a][R] [r][] [r] [s]", ["a|https://r.org", "r|https://r.org", "r|https://r.org"]),
      ("[a](https://x.org?a=1&amp;b=2&#38;c)", ["a|https://x.org?a=1&b=2&c"]),
      ("[](https://x.org)", ["-|https://x.org"]),
      ("[a](", []), ("[a]()", []), ("[[a](https://x.org)", ["a|https://x.org"]),
    ] as [(String, [String])])
  func `links of a line`(line: String, wanted: [String]) {
    #expect(links(line, ["r": "https://r.org"]) == wanted)
  }

  @Test func `headings and items are read with all that stands beside and below a link`() throws {
    let found = try ForeignText(
      """
      ---
      title: front matter
      ---
      # Books

      An [intro](https://intro.org).

      - [Dune](https://example.org/dune) - A *classic*. #scifi #desert-planet
        first line
      \tsecond line

        after a blank one
        - a remark
      - [x] **[Done](https://example.org/done)** — read
      - Docs: <https://docs.org>
      - Alien
      * [a](https://a.org), [b](https://b.org)

      Films
      -----
      1. https://film.org
      lazy line
      2) [Solaris](https://solaris.org) <!-- TAGS: slow, by Tarkovsky -->
      <!-- - [no](https://no.org)
      - [no](https://no.org) -->
      ```
      - [no](https://no.org)
      ```
      ## [Head](https://head.org)
      > - quoted [quote](https://quote.org)

      """, ending: "md")
    #expect(found.format == "markdown")
    #expect(
      found.bookmarks == [
        Bookmark("intro", "https://intro.org", in: ["Books"]),
        Bookmark(
          "Dune", "https://example.org/dune",
          note: "A *classic*.\nfirst line\nsecond line\n\nafter a blank one\n- a remark",
          in: ["Books"], tags: ["scifi", "desert-planet"]),
        Bookmark(
          "Done", "https://example.org/done", note: "read", in: ["Books"],
          metadata: ["done": .text("yes")]),
        Bookmark("Docs", "https://docs.org", in: ["Books"]),
        Bookmark("Alien", in: ["Books"]),
        Bookmark("a", "https://a.org", in: ["Books"]),
        Bookmark("b", "https://b.org", in: ["Books"]),
        Bookmark(nil, "https://film.org", note: "lazy line", in: ["Books", "Films"]),
        Bookmark(
          "Solaris", "https://solaris.org", in: ["Books", "Films"],
          tags: ["slow", "by Tarkovsky"]),
        Bookmark("Head", "https://head.org", in: ["Books"]),
        Bookmark("quote", "https://quote.org", in: ["Books", "Head"]),
      ])
  }

  @Test func `an item without a link is a folder where others stand below it`() throws {
    let found = try ForeignText(
      """
      - Search
        Where I look.
        - [One](https://one.org)
          - Deeper
              + [Two](https://two.org)
        - Plain
      - [Three](https://three.org)

      """)
    #expect(found.format == "markdown")
    #expect(
      found.bookmarks == [
        Bookmark("One", "https://one.org", note: "- Deeper", in: ["Search"]),
        Bookmark("Two", "https://two.org", in: ["Search"]),
        Bookmark("Plain", in: ["Search"]),
        Bookmark("Three", "https://three.org"),
      ])
    #expect(found.folders == [Folder(["Search"], note: "Where I look.")])
  }

  @Test func `a heading with nothing below it is an empty folder`() throws {
    let found = try ForeignText(
      "# A\n\n## B\n\n## C\n- x\n\n# D\ntext\n# E ##\n", ending: "md")
    #expect(found.folders.map(\.path) == [["A", "B"], ["D"], ["E"]])
    #expect(found.bookmarks == [Bookmark("x", in: ["A", "C"])])
  }

  @Test func `a heading with nothing but text below it is a folder with a note`() throws {
    let found = try ForeignText(
      """
      # Books
      ## Dune
      Great *book*.

      Read it `slowly`.
      ```
      code
      ```
      ## Solaris
      - [Lem](https://lem.example)

      """, ending: "md")
    #expect(
      found.folders == [
        Folder(["Books", "Dune"], note: "Great *book*.\n\nRead it `slowly`.\n\ncode")
      ])
    #expect(found.bookmarks == [Bookmark("Lem", "https://lem.example", in: ["Books", "Solaris"])])
    let org = try ForeignText("* Books\n** Dune\nGreat book.\n", ending: "org")
    #expect(org.folders == [Folder(["Books", "Dune"], note: "Great book.")])
  }

  @Test func `buku's Markdown is read`() throws {
    let found = try ForeignText(
      """
      - [Swift.org](https://swift.org/) <!-- TAGS: language,swift -->
      - <https://example.org> <!-- TAGS: a b -->
      - [No tags](https://example.org/2)

      """)
    #expect(found.format == "markdown")
    #expect(
      found.bookmarks == [
        Bookmark("Swift.org", "https://swift.org/", tags: ["language", "swift"]),
        Bookmark(nil, "https://example.org", tags: ["a b"]),
        Bookmark("No tags", "https://example.org/2"),
      ])
  }

  @Test(arguments: ["Just prose, nothing else.", "# comment\nhttps://example.org\n", "", "{}"])
  func `what is no Markdown is not taken for it`(text: String) throws {
    #expect(try ForeignText(text).format != "markdown")
  }

  @Test func `hostile favourites come back from Markdown but for what it has no place for`() throws
  {
    try withScratch { scratch in
      var hostile = HostileFavourites(seed: 11)
      var store = try Store.writing(scratch.file("a.db"))
      let drafts = try (0..<1_000).map { _ in try hostile.next() }
      _ = try store.change(ChangeRequest(command: "add")) { (store) throws(StoreError) in
        for draft in drafts { _ = try store.add(draft, duplicates: .refuse) }
      }
      let first = try exported(scratch.file("a.db"), as: .markdown)
      #expect(first == (try exported(scratch.file("a.db"), as: .markdown)))
      #expect(try imported(first, into: scratch.file("b.db")) == [])
      let original = try told(scratch.file("a.db"))
      let copy = try told(scratch.file("b.db"))
      #expect(original.count == copy.count)
      for (one, other) in zip(original, copy) where one != other {
        Issue.record("\(one)\nbecame\n\(other)")
        break
      }
      #expect(try exported(scratch.file("b.db"), as: .markdown) == first)
    }
  }

  /// What Markdown tells of each favourite.
  private func told(_ path: String) throws -> [[String]] {
    var store = try Store.reading(path)
    var rows = try store.rows(Selection(), ordering: Ordering(.rank), slice: .all)
    var told: [[String]] = []
    while let favourite = try rows.next(in: &store) {
      told.append([
        favourite.category, favourite.title, favourite.url ?? "-", favourite.note?.trimmed ?? "",
        favourite.tags.joined(separator: ","),
      ])
    }
    return told
  }

  @Test func `categories of any depth come back from Markdown, empty ones too`() throws {
    try withScratch { scratch in
      let path = (1...9).map { "c\($0)" }.joined(separator: "/")
      var draft = Draft()
      draft.title = "Dune"
      draft.category = try CategoryPath.parse(path)
      let (deep, empty) = (draft, try CategoryPath.parse("empty/one"))
      var store = try Store.writing(scratch.file("a.db"))
      _ = try store.change(ChangeRequest(command: "add")) { (store) throws(StoreError) in
        _ = try store.add(deep, duplicates: .refuse)
        try store.takeCategory(empty, note: nil)
      }
      let text = try exported(scratch.file("a.db"), as: .markdown)
      #expect(try imported(text, into: scratch.file("b.db")) == [])
      #expect(
        try Store.reading(scratch.file("a.db")).categories().map(\.name)
          == Store.reading(scratch.file("b.db")).categories().map(\.name))
      #expect(try exported(scratch.file("b.db"), as: .markdown) == text)
    }
  }

  @Test func `Markdown that is hostile takes time in proportion to its length`() throws {
    let clock = ContinuousClock()
    let pieces = [
      "[", "](", "[a](", "[a](<", "`", "<!--", "![", "[a][", "(", "<", "\\", "[a](\"", "<https://x",
      "https://x.org/(", "#x ", "*",
    ]
    for piece in pieces {
      let text = "- " + String(repeating: piece, count: 200_000 / piece.utf8.count)
      let time = clock.measure { _ = try? ForeignText(text, format: "markdown") }
      #expect(time < .seconds(10), "\(piece)")
    }
    let ticks = (1...600).map { String(repeating: "`", count: $0) }.joined(separator: " ")
    #expect(clock.measure { _ = links(ticks) } < .seconds(5))
    let headings = (1...700).map { String(repeating: "#", count: $0) + " a" }
      .joined(separator: "\n")
    let deep = try ForeignText(headings + "\n- x", format: "markdown")
    #expect(deep.bookmarks.first?.folders.count == 700)
    let lists = (0..<700).map { String(repeating: " ", count: $0) + "- a" }.joined(separator: "\n")
    #expect(try ForeignText(lists, format: "markdown").bookmarks.first?.folders.count == 699)
  }

  @Test func `Markdown cut off anywhere is read as far as it goes, or refused`() throws {
    let bytes = Array("# Ü\n- [a](<https://x.org> \"t\") <!-- TAGS: ü -->\n  note\n".utf8)
    for end in 0...bytes.count {
      do {
        let found = try ForeignText(Array(bytes[..<end]), format: "markdown")
        #expect(found.bookmarks.count <= 1)
      } catch ExchangeError.malformed {
        // In the middle of a character.
      }
    }
  }

  @Test func `what an item with several links says is the note of the first`() throws {
    let found = try ForeignText(
      """
      # A
      - [One](https://one.org) - Counts words. ([Demo](https://demo.org), [Code](https://code.org)) `MIT`
      - [Two](https://two.org), [Three](https://three.org) and [Four](https://four.org)
      - Compare [Five](https://five.org) with [Six](https://six.org) on speed
      """, ending: "md")
    #expect(
      found.bookmarks.map(\.note) == [
        "Counts words. (Demo, Code) `MIT`", nil, nil, nil, nil, nil,
        "Compare Five with Six on speed", nil,
      ])
  }

  @Test func `rows of a table are items, with the other cells as title and note`() throws {
    let found = try ForeignText(
      """
      | Name | Link | What |
      |---|:-:|---|
      | Alpha | https://a.org | First, \\| second |
      [Beta](https://b.org) | Resource | `key` |
      | nothing | here | x |

      Text | after
      """, ending: "md")
    #expect(
      found.bookmarks == [
        Bookmark("Alpha", "https://a.org", note: "First, | second"),
        Bookmark("Beta", "https://b.org", note: "Resource - `key`"),
        Bookmark("nothing", note: "here - x"),
      ])
    // A table without any link is text; one without outer bars is no CSV.
    #expect(
      try ForeignText("# A\n\n| a | b |\n|---|---|\n| c | d |\n", ending: "md").bookmarks == [])
    let bare = try ForeignText("URL | Title\n--- | ---\nhttps://a.org | A\n", ending: "md")
    #expect(bare.bookmarks == [Bookmark("A", "https://a.org")])
  }

  @Test func `an item that is an image leads to it`() throws {
    let found = try ForeignText(
      "- ![An image](https://a.org/i.png)\n- ![x](i.png)\n- ![y](https://b.org/y.png) is a text\n",
      ending: "md")
    #expect(
      found.bookmarks.map { "\($0.title ?? "-")|\($0.url ?? "-")" } == [
        "An image|https://a.org/i.png", "x|-", "y is a text|-",
      ])
  }

  @Test func `a page that the front matter names is a favourite`() throws {
    let found = try ForeignText(
      """
      ---
      title: "How to \\"cook\\""
      source: 'https://clip.org/cook'
      author:
        - "[[Jo Doe]]"
      created: 2024-02-03
      description: About: cooking
      tags: [clippings, "food"]
      nested:
        url: https://no.org
      ---
      Boil. See [the other](https://other.org).
      """, ending: "md")
    #expect(
      found.bookmarks == [
        Bookmark(
          "How to \"cook\"", "https://clip.org/cook", note: "About: cooking",
          tags: ["clippings", "food"], created: "2024-02-03T00:00:00Z",
          metadata: ["author": .text("Jo Doe")]),
        Bookmark("the other", "https://other.org"),
      ])
  }
}
