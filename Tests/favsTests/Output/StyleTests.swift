import Testing

@testable import favs

/// Text with colours and without, and tables that have little room.
struct StyleTests {
  private let plain = Style(.never, isTerminal: true)
  private let colour = Style(.always, isTerminal: false)

  @Test(
    arguments: [
      ([], "the sea"), ([0..<3], "[the] sea"), ([0..<3, 4..<7], "[the] [sea]"),
      ([0..<7], "[the sea]"), ([4..<9], "the sea"), ([2..<5, 3..<7], "th[e s]ea"),
      ([4..<7, 0..<3], "the [sea]"),
    ] as [([Range<Int>], String)])
  func `hits are marked that are within the text`(marks: [Range<Int>], shown: String) {
    let marked = colour.marked("the sea", marks)
      .replacing("\u{1B}[1;4m", with: "[").replacing("\u{1B}[0m", with: "]")
    #expect(marked == shown)
    #expect(plain.marked("the sea", marks) == "the sea")
  }

  @Test func `hits are counted by code points, as searches count them`() {
    #expect(
      colour.marked("e\u{301} 七人", [3..<4]).unicodeScalars.elementsEqual(
        "e\u{301} \u{1B}[1;4m七\u{1B}[0m人".unicodeScalars))
  }

  @Test func `each role has a colour, and none without colours`() {
    let tones: [Style.Tone] = [.plain, .title, .secondary, .category, .tag]
    #expect(tones.map { plain.toned("x", $0) } == ["x", "x", "x", "x", "x"])
    #expect(
      tones.map { colour.toned("x", $0) } == [
        "x", "\u{1B}[1mx\u{1B}[0m", "\u{1B}[2mx\u{1B}[0m", "\u{1B}[36mx\u{1B}[0m",
        "\u{1B}[35mx\u{1B}[0m",
      ])
    #expect(
      [colour.removed("x"), colour.added("x")] == ["\u{1B}[31mx\u{1B}[0m", "\u{1B}[32mx\u{1B}[0m"])
  }

  private func table(_ cells: [String]...) -> Table {
    var table = Table([
      Table.Column(title: "ID", isNumber: true), Table.Column(title: "TITLE", isFlexible: true),
      Table.Column(title: "URL", isFlexible: true, least: 12),
    ])
    table.rows = cells.map { $0.map { Table.Cell(text: $0) } }
    return table
  }

  @Test func `at twenty columns every column keeps eight`() {
    let lines = table(
      ["7", "七人の侍 and more", "https://a.example/1"], ["12", "short", ""]
    ).lines(width: 20, style: plain)
    #expect(lines.heading == "ID  TITLE     URL")
    #expect(lines.rows == [" 7  七人の…   https:/…", "12  short"])
  }

  @Test func `a column that is to stay wide gives way last`() {
    let lines = table(["7", "a title of some length", "https://a.example/1"])
      .lines(width: 30, style: plain)
    #expect(lines.rows == [" 7  a title of …  https://a.e…"])
    #expect(lines.rows.allSatisfy { TextWidth.of($0) <= 30 })
  }

  @Test func `a table with room is as wide as what it holds`() {
    let lines = table(["7", "x", "y"], ["1234", "", "z"]).lines(width: .max, style: plain)
    #expect(lines.heading == "  ID  TITLE  URL")
    #expect(lines.rows == ["   7  x      y", "1234         z"])
    #expect(table().lines(width: 10, style: plain).rows == [])
  }

  @Test func `drawings stand beside each other, the shorter one with nothing below it`() {
    let left = Drawing(lines: [Drawing.Line("one"), Drawing.Line("七")])
    let right = Drawing(lines: [Drawing.Line("a"), Drawing.Line(""), Drawing.Line("c")])
    #expect(left.beside(right, at: 5).text == "one  a\n七\n     c\n")
    #expect(left.beside(Drawing(), at: 5).text == "one\n七\n")
    // Where the left one is too wide, nothing is lost.
    #expect(left.beside(right, at: 2).text == "onea\n七\n  c\n")
  }
}
