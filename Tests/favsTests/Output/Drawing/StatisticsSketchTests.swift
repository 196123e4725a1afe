import Testing

@testable import Favourites
@testable import favs

/// Statistics as they are drawn, at three widths.
struct StatisticsSketchTests {
  private var statistics: Statistics {
    var statistics = Statistics()
    statistics.favourites = 2_503
    statistics.categories = [
      ("Dev", 0, 1_209), ("Dev/Blog", 403, 403), ("Dev/Stack Overflow", 806, 806),
      ("inbox", 246, 246), ("七人", 1, 1),
    ].map { Statistics.CategoryShare(name: $0, count: $1, total: $2) }
    statistics.tags = [FacetCount(value: "later", count: 36), FacetCount(value: "food", count: 17)]
    let times = Statistics.Times(
      months: 24, now: Timestamp(rfc3339: "2026-11-26T12:00:00Z")!, in: .utc)
    statistics.months = times.months.enumerated().map { index, month in
      Statistics.MonthCount(month: month, count: index % 7 == 3 ? 0 : Int64(index * index))
    }
    statistics.opened = Statistics.Openings(ever: 4, today: 3, week: 3)
    statistics.mostUsed = [
      Statistics.UsedFavourite(
        id: 1, title: "Dune\u{1B}[31m and everything that came after it, in one volume",
        category: "books", opened: 12),
      Statistics.UsedFavourite(id: 2, title: "SQLite", category: "links", opened: 3),
    ]
    return statistics
  }

  private var surroundings: Stats.Surroundings {
    Stats.Surroundings(
      trashed: 14, keep: "30d", expired: 3, changes: 31, database: 2_214_912, backups: 0)
  }

  private func drawn(_ width: Int, isUTF8: Bool = true, color: Style.Choice = .never) -> String {
    StatisticsSketch(
      width: width, style: Style(color, isTerminal: true), bars: Bars(isUTF8: isUTF8)
    ).drawing(statistics, surroundings).text
  }

  @Test(arguments: [(60, "60"), (80, "80"), (120, "120")])
  func `the drawing is as it was looked at`(width: Int, name: String) throws {
    let drawing = drawn(width)
    try Golden.expect(drawing, "stats-\(name)")
    for line in drawing.split(separator: "\n") {
      #expect(TextWidth.of(String(line)) <= width, "\(line)")
    }
  }

  @Test func `without UTF-8 it is drawn in ASCII, and with colour in the same places`() throws {
    try Golden.expect(drawn(80, isUTF8: false), "stats-ascii")
    let colored = drawn(80, color: .always)
    #expect(colored.contains("\u{1B}[36m"))
    #expect(Golden.uncolored(colored) == drawn(80))
  }

  @Test func `bars grow by eighths, and little is more than nothing`() {
    let bars = Bars(isUTF8: true)
    #expect(bars.bar(100, of: 100, width: 5) == "█████")
    #expect(bars.bar(30, of: 100, width: 5) == "█▌")
    #expect(bars.bar(1, of: 1_000_000, width: 5) == "▏")
    #expect(bars.bar(0, of: 0, width: 5) == "")
    #expect(bars.columns([0, 4, 8], height: 2, width: 1) == ["    █", "  █ █"])
    #expect(Bars(isUTF8: false).columns([0, 4, 8], height: 2, width: 1) == ["    #", "  # #"])
  }

  @Test func `numbers are grouped and sizes rounded`() {
    #expect(Quantity.grouped(0) == "0")
    #expect(Quantity.grouped(-1_234_567) == "-1,234,567")
    #expect(Quantity.bytes(999) == "999 bytes")
    #expect(Quantity.bytes(2_214_912) == "2.2 MB")
    #expect(Quantity.bytes(9_960) == "10 kB")
    #expect(Quantity.bytes(999_600) == "1.0 MB")
  }
}
