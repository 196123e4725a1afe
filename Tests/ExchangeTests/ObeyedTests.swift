import Favourites
import TestSupport
import Testing

@testable import Exchange

/// Stored text that Org, Emacs, Vim or a browser would obey where an export is but opened.
@Suite struct ObeyedTests {
  static let hostile = [
    "#+INCLUDE: \"/etc/passwd\"", "  #+setupfile: https://evil.org/x.org", "#+CALL: run()",
    "text\n#+BEGIN_SRC emacs-lisp :results silent\n(delete-file \"x\")\n#+END_SRC",
    "[[elisp:(delete-file \"x\")][https://bank.org]]", "[[shell:rm -rf ~][x]]",
    "[[file:/etc/passwd]]",
    "[[/etc/passwd]]", "[[~/.ssh/id]]", "[[attachment:x]]", "elisp:(delete-file) now",
    "see shell:ls",
    "x-elisp:(a)", "<elisp:(a)>", "<file:x.sh>", "{{{x(1)}}}", "src_sh{rm x}", "call_run()",
    "%%(delete-file \"x\")",
    "<%%(a)>", "@@html:<script>@@", "-*- eval: (a) -*-", "# Local Variables:\n# eval: (a)\n# End:",
    "LOCAL VARIABLES:",
    "vim: set foldexpr=x:", "a vim: set x:", "a\tvi:noai:", "ex: set x:", "Vim: set x:",
    "vim<700: set x:", "x vim>700:y",
  ]
  static let harmless = [
    "Dune: a novel", "see https://example.org/a:b [[https://example.org][x]] <https://a.org>",
    "10:30 o'clock", "a [1] {b} #tag # x", "C# and F#", "[[Some page]] [[*Heading]]", "[x] done",
    "vimrc: mine",
    "The complex: a tale", "50 % (of)", "a_b * c",
  ]

  @Test(arguments: hostile)
  func `what is obeyed is known`(text: String) throws {
    #expect(Obeyed.byOrg(text))
    #expect(!Obeyed.byOrg(Obeyed.quiet(text)))
    var json = JSONWriter()
    json.beginObject()
    json.key(text)
    json.string(text)
    json.endObject()
    let spelled = Obeyed.harmless(json: json.bytes)
    #expect(!Obeyed.byOrg(String(decoding: spelled, as: UTF8.self)))
    #expect(try JSONValue.parse(spelled) == JSONValue.parse(json.bytes))
  }

  @Test(arguments: harmless)
  func `plain text is written as it stands`(text: String) {
    #expect(!Obeyed.byOrg(text))
    #expect(!Obeyed.byEditors(text))
  }

  @Test func `what is full of signs is looked at once`() {
    // To look at each sign once more for each other would take minutes.
    let size = isFull ? 1 << 20 : 1 << 18
    for piece in ["[[", "<", ":", "vim:", "a:", "[[a:", "{{", "elisp", "#+", " ", "-*"] {
      let text = String(repeating: piece, count: size / piece.utf8.count)
      _ = Obeyed.byOrg(text)
      var bytes: [UInt8] = []
      bytes.append(escaping: text)
      #expect(bytes.count >= text.utf8.count)
    }
  }

  /// Favourites that have each hostile text in every place that takes it.
  private static func fill(_ path: String) throws {
    var store = try Store.writing(path)
    _ = try store.change(ChangeRequest(command: "add")) { (store) throws(StoreError) in
      for (number, text) in (hostile + ["javascript:alert(1)", "data:text/html,<script>"])
        .enumerated()
      {
        var draft = Draft()
        draft.title = text
        draft.note = text + "\nmore\n" + text
        draft.url =
          number % 2 == 0
          ? "https://example.org/?q=" + line(text) : line("elisp:(a) \(number) " + text)
        if !hostile.contains(text) { draft.url = text }
        draft.tags = [try? TagName.parse(line(text).split(separator: ",").joined(separator: " "))]
          .compactMap(\.self)
        draft.values["plain"] = .text(text)
        draft.values["header-args"] = .text(":var x=(a)")
        draft.values["export_file_name"] = .text("x")
        let name = line(text).unicodeScalars.filter { $0 != "/" }
        draft.category = try? CategoryPath.parse(String(String.UnicodeScalarView(name)))
        _ = try store.add(draft, duplicates: .allow)
      }
    }
  }

  private static func line(_ text: String) -> String {
    text.unicodeScalars.split { $0 == "\n" || $0 == "\t" }.map { String($0) }.joined(separator: " ")
  }

  @Test func `nothing in an export to Org is obeyed, and all of it comes back`() throws {
    try withScratch { scratch in
      try Self.fill(scratch.file("a.db"))
      let bytes = try exported(scratch.file("a.db"), as: .org)
      // Tags are obeyed by nobody: they are of letters, digits and `_@#%`.
      let lines = bytes.split(separator: 0x0A).map { line in
        guard line.first == 0x2A, line.last == 0x3A, let space = line.lastIndex(of: 0x20) else {
          return String(decoding: line, as: UTF8.self)
        }
        return String(decoding: line[..<space], as: UTF8.self)
      }
      for line in lines {
        // The link of a headline is harmless, or there is none.
        let rest = OrgLine(Array(line.utf8)[...]).links.allSatisfy { URLScheme.isHarmless($0.url) }
        #expect(rest && !Obeyed.byOrg(line), "\(line)")
        #expect(
          !line.lowercased().hasPrefix(":header-args") && !line.lowercased().hasPrefix(":export_"))
      }
      #expect(try imported(bytes, into: scratch.file("b.db")) == [])
      #expect(try exported(scratch.file("b.db"), as: .org) == bytes)
      #expect(
        try exported(scratch.file("a.db"), as: .jsonl) == exported(scratch.file("b.db"), as: .jsonl)
      )
    }
  }

  @Test(arguments: ["markdown", "html", "xbel", "opml", "atom"])
  func `no editor obeys a line of an export, and titles and links come back`(name: String) throws {
    try withScratch { scratch in
      try Self.fill(scratch.file("a.db"))
      let format = try #require(ExportFormat.named(name))
      let bytes = try exported(scratch.file("a.db"), as: format)
      // In HTML, what favs wrote itself may hold a colon behind any word.
      #expect(
        Obeyed.colons(in: bytes) == [],
        "\(Obeyed.colons(in: bytes).map { String(decoding: bytes[max(0, $0 - 40)...$0], as: UTF8.self) })"
      )
      guard name != "atom" else { return }
      #expect(try imported(bytes, into: scratch.file("b.db"), as: name) == [])
      #expect(try exported(scratch.file("b.db"), as: format) == bytes)
    }
  }

  @Test func `a script is no link in Markdown, and comes back`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("a.db"))
      let urls = [
        "javascript:alert('-->')//<b>&gt;, x", "DATA:text/html,<script>", "file:///etc/passwd",
      ]
      _ = try store.change(ChangeRequest(command: "add")) { (store) throws(StoreError) in
        for url in urls {
          var draft = Draft()
          draft.title = "- [x](y)"
          draft.url = url
          draft.note = "A note."
          _ = try store.add(draft, duplicates: .refuse)
        }
      }
      let bytes = try exported(scratch.file("a.db"), as: .markdown)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(
        text.contains(
          "- \\- \\[x\\](y) <!-- URL: javascript:alert('--&gt;')//<b&gt;&amp;gt;, x -->\n  A note.\n"
        ))
      #expect(!text.contains("](javascript") && !text.contains("](<"))
      #expect(try imported(bytes, into: scratch.file("b.db")) == [])
      #expect(try exported(scratch.file("b.db"), as: .markdown) == bytes)
      #expect(
        try exported(scratch.file("b.db"), as: .urls)
          == Array((urls.map(TypedLink.withoutSpaces).joined(separator: "\n") + "\n").utf8))
    }
  }

  @Test func `a script in a page of bookmarks cannot be clicked, and stays for browsers to import`()
    throws
  {
    try withScratch { scratch in
      try Self.fill(scratch.file("a.db"))
      let page = String(
        decoding: try exported(scratch.file("a.db"), as: .html), as: UTF8.self)
      for scheme in ["javascript", "vbscript", "data"] {
        #expect(page.contains("a[href^=\"\(scheme):\" i]"))
      }
      #expect(page.contains("HREF=\"javascript:alert(1)\""))
    }
  }
}
