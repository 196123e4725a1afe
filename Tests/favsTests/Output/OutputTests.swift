import Testing

@testable import favs

/// Escaping, widths, tables, templates, styles, failures.
struct OutputTests {
  @Test func `what a terminal would obey is made visible`() {
    #expect(Escaping.forTerminal("plain ünïcode 漢字 👩‍👧") == "plain ünïcode 漢字 👩‍👧")
    #expect(Escaping.forTerminal("a\u{1B}]0;x\u{7}\n\t\r") == "a\\u{1b}]0;x\\u{7}\\n\\t\\r")
    #expect(Escaping.forTerminal("\u{9B}\u{7F}") == "\\u{9b}\\u{7f}")
    #expect(Escaping.forParagraph("a\n\tb\u{1B}") == "a\n\tb\\u{1b}")
    for value in Array(0x202A...0x202E) + Array(0x2066...0x2069) + [
      0x200B, 0x200E, 0x200F, 0x2028,
      0x2029, 0x2060, 0xFEFF, 0x61C, 0xE0041,
    ] {
      let scalar = Unicode.Scalar(UInt32(value))!
      #expect(Escaping.forTerminal(String(scalar)) == "\\u{\(String(value, radix: 16))}")
    }
  }

  @Test
  func `data of any format that a terminal shows stays what it is, but for what it would obey`() {
    #expect(Escaping.forScreen("a,\"b\"\r\n\t漢 👩‍👧\0") == "a,\"b\"\r\n\t漢 👩‍👧\0")
    #expect(Escaping.forScreen("a\rb\r") == "a\\u000db\\u000d")
    #expect(Escaping.forScreen("\u{1B}]2;x\u{7}") == "\\u001b]2;x\\u0007")
    #expect(Escaping.forScreen("\u{9B}\u{7F}\u{202E}\u{FEFF}") == "\\u009b\\u007f\\u202e\\ufeff")
    // As JSON has it, which reads as the same text.
    #expect(Escaping.forScreen("\"\u{E0041}\"") == "\"\\udb40\\udc41\"")
    #expect(Failure(.usage, "\u{202E}").json(isShown: true).contains("\\u202e"))
    #expect(Failure(.usage, "\u{202E}").json(isShown: false).contains("\u{202E}"))
  }

  @Test func `columns and CSV can be read back`() {
    #expect(Escaping.forTSV("a\tb\\c\nd\r") == "a\\tb\\\\c\\nd\\r")
    #expect(Escaping.forTSV("\u{1B}é\u{202E}") == "\\u{1b}é\\u{202e}")
    #expect(Escaping.forCSV("plain") == "plain")
    #expect(Escaping.forCSV("a,\"b\"\n") == "\"a,\"\"b\"\"\n\"")
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("ｗ", 2), ("👩‍👧", 2), ("🇩🇪", 2),
    ("❤️", 2), ("한", 2), ("ไทย", 3), ("a\u{200D}", 1), ("①", 1), ("한국", 4), ("1️⃣", 2),
  ])
  func `text takes the columns that a terminal gives it`(text: String, columns: Int) {
    #expect(TextWidth.of(text) == columns)
  }

  @Test func `text is cut to columns and never through a character`() {
    #expect(TextWidth.cut("abcdef", to: 6) == "abcdef")
    #expect(TextWidth.cut("abcdef", to: 4) == "abc…")
    #expect(TextWidth.cut("漢字漢字", to: 6) == "漢字…")
    #expect(TextWidth.cut("漢字漢字", to: 2) == "…")
    #expect(TextWidth.cut("abc", to: 0) == "")
    #expect(TextWidth.padded("漢", to: 4) == "漢  ")
  }

  @Test func `a table is aligned and the widest columns give way`() {
    var table = Table([
      Table.Column(title: "ID", isNumber: true), Table.Column(title: "TITLE", isFlexible: true),
      Table.Column(title: "URL", isFlexible: true),
    ])
    table.rows = [
      [Table.Cell(text: "1"), Table.Cell(text: "漢字 and more words"), Table.Cell(text: "x")],
      [Table.Cell(text: "12"), Table.Cell(text: "b"), Table.Cell(text: "https://a.example")],
    ]
    let plain = Style(.never, isTerminal: true)
    let wide = table.lines(width: 80, style: plain)
    #expect(wide.heading == "ID  TITLE                URL")
    #expect(
      wide.rows == [" 1  漢字 and more words  x", "12  b                    https://a.example"])
    let narrow = table.lines(width: 26, style: plain)
    #expect(narrow.rows == [" 1  漢字 and …  x", "12  b           https://a…"])
  }

  @Test func `links are clickable and cannot end their sequence`() {
    let style = Style(.always, isTerminal: false)
    #expect(
      style.link("x", to: "https://a/\u{1B}ü")
        == "\u{1B}]8;;https://a/%1B%C3%BC\u{1B}\\x\u{1B}]8;;\u{1B}\\")
    for url in [
      "file:///x", "javascript:1", "x", "mailto:a@b?Attach=/x", "mailto:a?subject=%0aAttach:x",
    ] {
      #expect(style.link("x", to: url) == "x")
    }
    #expect(Style(.never, isTerminal: true).bold("x") == "x")
    #expect(Style(.always, isTerminal: false).bold("x") == "\u{1B}[1mx\u{1B}[0m")
  }

  @Test func `templates are read or refused with a reason`() throws {
    let template = try Template("{id}\\t{{x}} \\\\ {title}\\n")
    #expect(template.fields == ["id", "title"])
    #expect(template.filled(endsWithNUL: false) { $0.uppercased() } == "ID\t{x} \\ TITLE\n")
    for (source, message) in [
      ("{id", "a '{' without a '}'"), ("}", "a '}' without a '{'"),
      ("\\q", "unknown escape '\\q'"),
    ] {
      let error = #expect(throws: ValueError.self) { try Template(source) }
      #expect(error?.message == message)
    }
  }

  @Test func `a failure is two lines for a person and one for a script`() {
    let failure = Failure(.notFound, "no favourite has id 99\u{1B}", hint: "favs list shows them")
    #expect(failure.text == "favs: no favourite has id 99\\u{1b}\nhint: favs list shows them\n")
    #expect(
      failure.json
        == #"{"error":{"code":"not_found","message":"no favourite has id 99\u001b","hint":"favs list shows them","exit":3}}"#
        + "\n")
    #expect(Failure(.usage, "x").text == "favs: x\n")
    #expect(Failure(.usage, "x").json.contains("\"hint\":null"))
  }

  @Test func `the nearest name is found when it is near`() {
    let names = ["list", "search", "category", "rm", "restore"]
    #expect(Suggestion.nearest(to: "lst", among: names) == "list")
    #expect(Suggestion.nearest(to: "serach", among: names) == "search")
    #expect(Suggestion.nearest(to: "cat", among: names) == "category")
    #expect(Suggestion.nearest(to: "xyzzy", among: names) == nil)
    #expect(Suggestion.distance("ab", "ba") == 1)
    #expect(Suggestion.distance("", "abc") == 3)
  }
}
