import Testing

@testable import Favourites
@testable import favs

/// Favourites as they are looked at, at three widths.
struct ListSketchTests {
  private let now = Timestamp(rfc3339: "2026-11-26T12:00:00Z")!

  private func favourite(
    _ id: Int64, _ title: String, _ url: String?, _ category: String, rank: Int64 = 1,
    tags: String = "[]", metadata: String = "{}", note: String? = nil
  ) -> Favourite {
    Favourite(
      id: id, uid: UID(high: 1, low: UInt64(id)), title: title, url: url, note: note,
      category: category, rank: rank, tagsJSON: tags, metadataJSON: metadata,
      createdAt: Timestamp(milliseconds: now.milliseconds - id * 86_400_000), modifiedAt: now,
      openedAt: nil, opened: 0)
  }

  /// A week of everyday titles: long ones that begin alike, other scripts, hostile ones.
  private var manual: [Favourite] {
    let chapters = [
      "26.3. Continuous Archiving and Point-in-Time Recovery (PITR)", "26.1. SQL Dump", "pg_dump",
    ]
    return chapters.enumerated().map { index, chapter in
      favourite(
        2_717 + Int64(index), "PostgreSQL: Documentation: 14: \(chapter)",
        "https://www.postgresql.org/docs/14/\(index).html", "Work/Postgres",
        rank: Int64(index) + 1, tags: index == 1 ? #"["sql","docs"]"# : "[]")
    }
  }

  private var mixed: [Favourite] {
    [
      favourite(
        7, "Notes on time zones\u{202E}", "https://matklad.github.io/x", "reading/later",
        tags: #"["later"]"#),
      favourite(8, "七人の侍 (Seven Samurai)", nil, "films"),
      favourite(31, "Musée d’Orsay", "geo:48.8600,2.3266", "places"),
      favourite(
        400, "A title that goes on and on until nobody wants to read it any more, and then some",
        "https://a-very-long-host-name.of-somebody.example.org/", "Dev/Blog/2023"),
    ]
  }

  private func drawn(
    _ favourites: [Favourite], _ form: ListSketch.Form = .list, width: Int,
    fields: [MetadataField] = [], color: Style.Choice = .never
  ) -> String {
    var sketch = ListSketch(form, at: now)
    sketch.show(fields)
    for favourite in favourites { sketch.add(favourite) }
    let (heading, lines) = sketch.lines(width: width, Style(color, isTerminal: true))
    return ((heading.map { [$0] } ?? []) + lines).map { $0 + "\n" }.joined()
  }

  @Test(arguments: [60, 80, 120])
  func `lists and matches are as they were looked at`(width: Int) throws {
    let films = [
      favourite(
        1, "七人の侍 (Seven Samurai)", nil, "films",
        metadata: #"{"year":1954,"director":"黒澤明","rating":9.5}"#),
      favourite(
        2, "Сталкер", nil, "films", rank: 2, tags: #"["rewatch"]"#,
        metadata: #"{"year":1979,"director":"Андрей Тарковский","rating":8}"#),
    ]
    let fields = try ["year:number", "director", "rating:number"].map(MetadataField.parse)
    var hits = mixed
    hits[0].hit = SearchHit(score: 1, matched: [.title], snippet: nil, titleHits: [9..<13])
    hits[1].hit = SearchHit(
      score: 1, matched: [.note],
      snippet: .init(field: .note, text: "… explains the time of seven", hits: [15..<19]))
    let screens = [
      drawn(manual, width: width), drawn(mixed, width: width),
      drawn(manual + films, width: width), drawn(films, width: width, fields: fields),
      drawn(hits, .hits, width: width), drawn(mixed, .trash, width: width),
    ]
    let screen = screens.joined(separator: "\n")
    try Golden.expect(screen, "list-\(width)")
    for line in screen.split(separator: "\n") {
      #expect(TextWidth.of(String(line)) <= width, "\(line)")
    }
  }

  @Test func `colour changes no column, and marks what was found`() {
    var hits = mixed
    hits[1].hit = SearchHit(score: 1, matched: [.title], snippet: nil, titleHits: [6..<11])
    let colored = drawn(hits, .hits, width: 80, color: .always)
    #expect(Golden.uncolored(colored) == drawn(hits, .hits, width: 80))
    #expect(colored.contains("七人の侍 (\u{1B}[1;4mSeven\u{1B}[0m Samurai)"), "\(colored)")
    for favourites in [manual, mixed] {
      let colored = drawn(favourites, width: 80, color: .always)
      #expect(Golden.uncolored(colored) == drawn(favourites, width: 80))
    }
  }

  @Test(arguments: [60, 80, 120])
  func `one favourite, categories and a note are as they were looked at`(width: Int) throws {
    let one = favourite(
      2_718, "PostgreSQL: Documentation: 14: 26.1. SQL Dump",
      "https://www.postgresql.org/docs/14/backup-dump.html", "Work/Postgres", rank: 2,
      tags: #"["sql","docs"]"#, metadata: #"{"checked":"2026-11-26","by":"me"}"#,
      note:
        "Section 4 explains the pg_basebackup trick, which saves an hour each time that a large "
        + "database has to be copied to another machine.\n\n  indented, and short")
    let categories = [
      ("Dev", 0, 1_209), ("Dev/Blog", 198, 403), ("Dev/Blog/2023", 205, 205),
      ("Dev/Stack Overflow", 736, 736), ("inbox", 246, 246), ("七人", 1, 1),
    ].map { name, count, total in
      Favourites.Category(
        id: 1, uid: UID(high: 1, low: 1), name: name, note: name == "inbox" ? "To be sorted." : nil,
        schema: nil, count: count, total: total, createdAt: now, modifiedAt: now, deletedAt: nil)
    }
    let style = Style(.never, isTerminal: true)
    let screens = [
      Description(one, style: style, width: width, now: now).text,
      CategoryTree(categories, bars: Bars(isUTF8: true))
        .drawing(width: width, style: style, bars: Bars(isUTF8: true)).text,
      CategoryTree(categories, bars: Bars(isUTF8: false))
        .drawing(width: width, style: style, bars: Bars(isUTF8: false)).text,
    ]
    let screen = screens.joined(separator: "\n")
    try Golden.expect(screen, "show-\(width)")
    for line in screen.split(separator: "\n") {
      #expect(TextWidth.of(String(line)) <= width, "\(line)")
    }
  }
}
