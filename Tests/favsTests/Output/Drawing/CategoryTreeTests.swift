import Testing

@testable import Favourites
@testable import favs

/// Categories as a tree, and the bars beside them.
struct CategoryTreeTests {
  private let plain = Style(.never, isTerminal: true)

  private func categories(_ rows: [(String, Int64, String?)]) -> [Favourites.Category] {
    rows.enumerated().map { index, row in
      Favourites.Category(
        id: Int64(index) + 1, uid: UID(high: 0, low: 0), name: row.0, note: row.2, schema: nil,
        count: row.1, total: row.1, createdAt: .earliest, modifiedAt: .earliest)
    }
  }

  private func drawn(
    _ rows: [(String, Int64, String?)], width: Int, isUTF8: Bool = true
  ) -> String {
    let bars = Bars(isUTF8: isUTF8)
    return CategoryTree(categories(rows), bars: bars)
      .drawing(width: width, style: plain, bars: bars).text
  }

  private let family: [(String, Int64, String?)] = [
    ("books", 1_200, "what I read"), ("books/sci-fi", 300, nil), ("books/sci-fi/old", 2, nil),
    ("books/travel", 1, nil), ("books-old", 0, nil), ("films", 7, "seen\u{1B}[31m"),
  ]

  @Test func `each category hangs under the one that it is in`() {
    #expect(
      drawn(family, width: 80) == """
        books      1,200 ████████████████████  what I read
        ├ sci-fi     300 █████
        │ └ old        2 ▏
        └ travel       1 ▏
        books-old      0
        films          7 ▏                     seen\\u{1b}[31m

        """)
  }

  @Test func `without UTF-8 lines and bars are of plain characters`() {
    #expect(
      drawn(family, width: 80, isUTF8: false) == """
        books      1,200 ####################  what I read
        + sci-fi     300 #####
        | ` old        2 #
        ` travel       1 #
        books-old      0
        films          7 #                     seen\\u{1b}[31m

        """)
  }

  @Test(arguments: [20, 24, 30, 40])
  func `no line is wider than a narrow terminal`(width: Int) {
    let rows: [(String, Int64, String?)] = [
      ("a category with a long name", 5, "a note that is long as well"),
      ("a category with a long name/七人の侍と東京", 1_000_000, nil),
    ]
    for line in drawn(rows, width: width).split(separator: "\n") {
      #expect(TextWidth.of(String(line)) <= width, "\(line)")
    }
  }

  @Test func `one whose parent is not shown stands by itself, under its whole name`() {
    #expect(
      drawn([("books/sci-fi", 3, nil)], width: 40) == "books/sci-fi  3 ████████████████████\n")
    #expect(drawn([], width: 40) == "")
  }

  @Test(arguments: [
    (0, 10, 4, ""), (10, 10, 4, "████"), (5, 10, 4, "██"), (1, 1_000_000, 4, "▏"),
    (9, 16, 1, "▋"), (-3, 10, 4, ""), (5, 0, 4, ""), (5, 10, 0, ""), (15, 16, 2, "█▉"),
  ])
  func `a bar is as long as its part of the largest, and never gone`(
    value: Int64, largest: Int64, width: Int, bar: String
  ) {
    #expect(Bars(isUTF8: true).bar(value, of: largest, width: width) == bar)
  }

  @Test func `columns stand on one line`() {
    #expect(
      Bars(isUTF8: true).columns([0, 1, 8, 16], height: 2, width: 2)
        == ["         ██", "   ▁▁ ██ ██"])
    #expect(Bars(isUTF8: false).columns([1, 2], height: 2, width: 1) == ["  #", "# #"])
    #expect(Bars(isUTF8: true).columns([], height: 2, width: 1) == ["", ""])
    #expect(Bars(isUTF8: true).columns([0, 0], height: 1, width: 1) == [""])
  }
}
