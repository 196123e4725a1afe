import Favourites
import TestSupport
import Testing

@testable import Exchange

@Suite struct TextFormatTests {
  @Test func `OneTab's groups become folders where there are several`() throws {
    let one = try ForeignText(
      "https://a.org | A | and more\r\nhttps://b.org\r\nhttps://c.org | \r\n\r\n")
    #expect(one.format == "onetab")
    #expect(
      one.bookmarks == [
        Bookmark("A | and more", "https://a.org"), Bookmark(nil, "https://b.org"),
        Bookmark(nil, "https://c.org"),
      ])
    let two = try ForeignText("\nhttps://a.org | A\n\n\nhttps://b.org | B\n\nno link | C\n")
    #expect(two.format == "onetab")
    #expect(
      two.bookmarks == [
        Bookmark("A", "https://a.org", in: ["Group 1"]),
        Bookmark("B", "https://b.org", in: ["Group 2"]),
      ])
    #expect(two.lines == [2, 5, 7])
    #expect(two.unreadable == ["'no link | C' is no URL"])
  }

  @Test(
    arguments: [
      (
        "https://a.org/1,Title one\nhttps://a.org/2,Title two",
        ["https://a.org/1|Title one", "https://a.org/2|Title two"]
      ),
      ("https://a.org/1;Title one", ["https://a.org/1|Title one"]),
      ("https://a.org, \"Two, \"\"b\"\"\"", ["https://a.org|Two, \"b\""]),
      (
        "https://a.org/x,12.html my title\nhttps://a.org/y,13.html",
        ["https://a.org/x,12.html|my title", "https://a.org/y,13.html|-"]
      ),
      ("Try https://a.org/1, or (https://b.org).", ["https://a.org/1|-", "https://b.org|-"]),
      ("see <https://a.org/1>; \"https://b.org\"", ["https://a.org/1|-", "https://b.org|-"]),
      (
        "https://a.org/1,My article\nhttps://a.org/2\nhttps://a.org/x,3.html",
        ["https://a.org/1|My article", "https://a.org/2|-", "https://a.org/x,3.html|-"]
      ),
      (
        "https://a.org/1,Dune\nhttps://a.org/2,Emma",
        ["https://a.org/1|Dune", "https://a.org/2|Emma"]
      ),
      ("https://a.org/x,Dune", ["https://a.org/x,Dune|-"]),
      (
        "Siehe „https://a.org“ und «https://b.org»… 「https://c.org」。",
        ["https://a.org|-", "https://b.org|-", "https://c.org|-"]
      ),
      ("the page https://a.org/b_(c).", ["https://a.org/b_(c)|the page"]),
      (
        "https://a.org/Inc.\nhttps://b.org,\n[https://c.org]",
        ["https://a.org/Inc.|-", "https://b.org|-", "https://c.org|-"]
      ),
    ] as [(String, [String])])
  func `a link ends where a comma, a bracket or the sentence does`(
    text: String, wanted: [String]
  ) throws {
    let found = try ForeignText(text)
    #expect(found.format == "urls")
    #expect(found.bookmarks.map { "\($0.url ?? "-")|\($0.title ?? "-")" } == wanted)
  }

  @Test(arguments: [
    "- TODO: x\n  note: y\n", "- Rust: https://rust.org\n  docs: https://doc.rust.org\n",
    "- name: [X](https://x.org)\n  url: y\n", "- title: only one\n",
  ])
  func `lists of Markdown with colons are no YAML`(text: String) throws {
    #expect(try ForeignText(text).format == "markdown")
  }

  @Test(
    arguments: [
      ("- title: One\n  url: https://a.org\n", ""), ("- cmd: ls -la\n  when: 1600000000\n", ""),
      ("# mine\n---\n- name: \"A\"\n  url: https://a.org\n", ""),
      ("bookmarks:\n  - title: A\n    url: https://a.org\n", ""),
      ("- Tools:\n    - GitHub:\n        - abbr: GH\n          href: https://a.org\n", ""),
      ("- Tools:\n    - GitHub:\n        - href: https://a.org\n", "yaml"),
    ])
  func `YAML is neither Markdown nor a list of links`(text: String, ending: String) throws {
    #expect(try ForeignText(text, ending: ending).format == nil)
  }

  @Test func `lists of links are read with the words beside them`() throws {
    let found = try ForeignText(
      "\u{FEFF}# mine\rhttps://a.org\r\r  <https://b.org> \rhttps://c.org Sea of links\r"
        + "Dee: https://d.org\rhttps://e.org mailto:f@g.h\rno link\r")
    #expect(found.format == "urls")
    #expect(
      found.bookmarks == [
        Bookmark(nil, "https://a.org"), Bookmark(nil, "https://b.org"),
        Bookmark("Sea of links", "https://c.org"), Bookmark("Dee:", "https://d.org"),
        Bookmark(nil, "https://e.org"), Bookmark(nil, "mailto:f@g.h"),
      ])
    #expect(found.unreadable == ["'no link' is no URL"])
    #expect(found.lines == [2, 4, 5, 6, 7, 7, 8])
    let dashes = try ForeignText("- https://a.org\n* <https://b.org> B\n", format: "urls")
    #expect(dashes.bookmarks == [Bookmark(nil, "https://a.org"), Bookmark("B", "https://b.org")])
  }

  @Test func `a long line that is no link is told by its beginning, one beyond all bounds refused`()
    throws
  {
    let found = try ForeignText("https://a.org\n" + String(repeating: "ü", count: 100_000))
    #expect(found.unreadable == ["'" + String(repeating: "ü", count: 38) + "…' is no URL"])
    #expect(
      throws: ExchangeError.malformed(Location(line: 1), "a line of more than 16777216 bytes")
    ) {
      _ = try ForeignText(Array(repeating: 0x61, count: 17_000_000), format: "urls")
    }
  }

  @Test func `nb's bookmark is read, the words of its page left out`() throws {
    let found = try ForeignText(
      """
      # Example \\[1\\] (example.org)

      <https://example.org/a>

      ## Description

      What it is.

      ## Quote

      > Words.

      ## Comment

      Mine.

      ## Related

      - <https://example.org/b>

      ## Tags

      #one #two-three

      ## Content

      [no](https://no.org)

      ## Tags

      #no

      ## Source

      ```html
      no
      ```

      """, ending: "md")
    #expect(found.format == "nb")
    #expect(
      found.bookmarks == [
        Bookmark(
          "Example [1] (example.org)", "https://example.org/a",
          note: "What it is.\n\nMine.\n\n> Words.", tags: ["one", "two-three"],
          metadata: ["related": .text("- <https://example.org/b>")])
      ])
    #expect(found.leftOut == ["the words of a page"])
    #expect(
      try ForeignText("# Short\n\n<https://example.org>\n").bookmarks == [
        Bookmark("Short", "https://example.org")
      ])
  }

  @Test func `pet's snippets are read, of either spelling and with all kinds of strings`() throws {
    let found = try ForeignText(
      #"""
      # mine
      [[Snippets]]
        Description = "Count \"lines\" \u00fc"
        Output = "12"
        Tag = ["text", 'two words', # a comment
          "three"]
        command = "wc -l\t<file>"

      [[snippets]]
        command = '''
      for f in *; do
        echo '$f' \
      done'''
        description = """a
      \"b\" \
          c"""""
        [general]
        command = "no"
      [[snippets]]
        command = "ls"
        starred = true

      """#)
    #expect(found.format == "pet")
    #expect(
      found.bookmarks == [
        Bookmark(
          "wc -l\t<file>", note: "Count \"lines\" ü", tags: ["text", "two words", "three"],
          metadata: ["output": .number(12)]),
        Bookmark("for f in *; do\n  echo '$f' \\\ndone", note: "a\n\"b\" c\"\""),
        Bookmark("ls", metadata: ["starred": .text("true")]),
      ])
    #expect(found.lines == [2, 9, 19])
    let long = String(repeating: "x", count: 5_000)
    #expect(
      try ForeignText("[[snippets]]\ncommand = '\(long)'\ndescription = 'What for'\n").bookmarks
        == [Bookmark("What for", note: long)])
  }

  @Test(arguments: [
    ("[[snippets]]\ncommand = \"\"\"a\nb\n", 2, "a quote that is never closed"),
    ("[[snippets]]\ncommand = \"a\nb\"\n", 2, "a quote that is never closed"),
    ("[[snippets]]\ncommand\n", 2, "expected '=' behind 'command'"),
    ("[[snippets]]\ntag = [\"a\" \"b\"]\n", 2, "expected ',' or ']'"),
    ("[[snippets]]\ncommand = \"\\q\"\n", 2, "an unneeded backslash"),
    ("[[snippets]]\ncommand =", 2, "the text ends too early"),
    ("[[snippets\n", 1, "expected ']'"),
  ])
  func `snippets that are wrong are told by their places`(text: String, line: Int, reason: String) {
    #expect(throws: ExchangeError.malformed(Location(line: line), reason)) {
      _ = try ForeignText(text, format: "pet")
    }
  }

  @Test func `text cut off anywhere is read as far as it goes, or refused`() throws {
    let texts = [
      "pet": "[[snippets]]\ncommand = \"\"\"ü \\\"\"\"\"\ntag = ['a', \"\\u00e9\"]\n",
      "nb": "# Ü\n<https://x.org>\n## Tags\n#ü\n", "onetab": "https://x.org | Ü\n\nhttps://y.org\n",
      "urls": "<https://x.org/ü> ü\n",
    ]
    for (format, text) in texts {
      let bytes = Array(text.utf8)
      for end in 0...bytes.count {
        do {
          #expect(try ForeignText(Array(bytes[..<end]), format: format).bookmarks.count <= 2)
        } catch ExchangeError.malformed {
          // In the middle of something.
        }
      }
    }
  }

  @Test func `links that begin with www are links in every list`() throws {
    let found = try ForeignText("www.a.example\nhttps://b.example\n- www.c.example/x C\n")
    #expect(found.unreadable == [])
    let drafts = try found.bookmarks.map { try $0.draft(folders: .category, into: nil) }
    #expect(
      drafts.map(\.url) == [
        "https://www.a.example", "https://b.example", "https://www.c.example/x",
      ])
    let page = try ForeignText(
      "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF=\"www.d.example\">D</A></DL>")
    #expect(
      try page.bookmarks.map { try $0.draft(folders: .category, into: nil).url } == [
        "https://www.d.example"
      ])
    let marked = try ForeignText("- [E](www.e.example)\n", ending: "md")
    #expect(
      try marked.bookmarks.map { try $0.draft(folders: .category, into: nil).url } == [
        "https://www.e.example"
      ])
  }

  @Test func `a link with a space comes back from a list of links`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("a.db"))
      _ = try store.change(ChangeRequest(command: "add")) { (store) throws(StoreError) in
        var draft = Draft()
        draft.url = "https://a.example/My File.pdf"
        return try store.add(draft, duplicates: .refuse)
      }
      let bytes = try exported(scratch.file("a.db"), as: .urls)
      #expect(bytes == Array("https://a.example/My%20File.pdf\n".utf8))
      #expect(
        try ForeignText(bytes).bookmarks == [Bookmark(nil, "https://a.example/My%20File.pdf")])
    }
  }
}
