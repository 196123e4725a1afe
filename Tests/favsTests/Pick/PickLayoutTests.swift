import Testing

@testable import favs

/// Where the parts of a picker stand, and what is written to move from one frame to the next.
struct PickLayoutTests {
  @Test(
    arguments: [
      (1, 80, false, .none, 0, 80), (2, 80, false, .none, 1, 80), (3, 80, true, .none, 1, 80),
      (5, 80, true, .beside(26), 3, 52), (24, 80, true, .beside(26), 22, 52),
      (24, 79, true, .below(8), 14, 79), (11, 60, true, .below(3), 6, 60),
      (10, 60, true, .below(3), 5, 60), (9, 60, true, .none, 7, 60), (24, 59, true, .none, 22, 59),
      (24, 20, true, .none, 22, 20),
      (0, 0, false, .none, 0, 1), (9_999, 9_999, true, .beside(394), 498, 604),
    ] as [(Int, Int, Bool, PickLayout.Preview, Int, Int)])
  func `the preview gives way on a small screen, then the footer`(
    rows: Int, columns: Int, hasFooter: Bool, preview: PickLayout.Preview, height: Int, width: Int
  ) {
    let layout = PickLayout(rows: rows, columns: columns)
    #expect(layout.hasFooter == hasFooter)
    #expect(layout.preview == preview)
    #expect(layout.listHeight == height)
    #expect(layout.listWidth == width)
  }

  private let begin = "\u{1B}[?2026h\u{1B}[?25l"
  private func end(_ column: Int) -> String { "\u{1B}[\(column)G\u{1B}[?25h\u{1B}[?2026l" }

  @Test func `only lines that are other are written`() {
    let old = PickFrame(lines: ["> d", "one", "two"], cursor: 3)
    #expect(old.drawn(over: old) == "")
    #expect(PickFrame(lines: old.lines, cursor: 1).drawn(over: old) == begin + end(2))
    #expect(
      PickFrame(lines: ["> d", "one", "2"], cursor: 3).drawn(over: old)
        == begin + "\u{1B}[2B\r\u{1B}[2K2\u{1B}[2A" + end(4))
    #expect(
      PickFrame(lines: ["> du", "one", "two"], cursor: 4).drawn(over: old)
        == begin + "\r\u{1B}[2K> du" + end(5))
  }

  @Test func `the first frame, and one of another height, are written whole`() {
    let whole = begin + "\r\u{1B}[2K>\u{1B}[1B\r\u{1B}[2Kone\u{1B}[1A" + end(2)
    let frame = PickFrame(lines: [">", "one"], cursor: 1)
    #expect(frame.drawn(over: nil) == whole)
    #expect(frame.drawn(over: PickFrame(lines: [">", "one", "two"], cursor: 1)) == whole)
  }

  @Test func `two forms of one accent are two lines`() {
    let old = PickFrame(lines: ["caf\u{E9}"], cursor: 0)
    #expect(PickFrame(lines: ["cafe\u{301}"], cursor: 0).drawn(over: old) != "")
  }
}
