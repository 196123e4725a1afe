import Host
import Testing

@testable import Favourites
@testable import favs

/// What a picker draws, at three sizes and with hostile text.
struct PickScreenTests {
  private static let now = Timestamp(milliseconds: 1_796_000_000_000)

  private static func favourite(_ id: Int64, _ title: String) -> Favourite {
    Favourite(
      id: id, uid: UID(high: 1, low: 1), title: title, url: "https://fly.io/blog/understanding",
      note: "Section 4 explains the pg_basebackup trick.\nRead it twice.",
      category: "Work/Postgres",
      rank: 13, tagsJSON: "[\"postgres\"]", metadataJSON: "{\"year\":2024}",
      createdAt: Timestamp(milliseconds: now.milliseconds - 3 * 86_400_000),
      modifiedAt: now, openedAt: nil, opened: 0)
  }

  private static func glance(
    _ id: Int64, _ title: String, _ category: String, _ hits: [Range<Int>] = []
  ) -> Glance {
    Glance(id: id, title: title, url: nil, category: category, hits: hits)
  }

  private static let rows = [
    glance(1, "Benchmarking Postgres backups", "Dev/Blog/2023", [13..<21, 22..<29]),
    glance(2, "Understanding Postgres backups", "Work/Postgres/Articles", [14..<22]),
    glance(3, "七人の侍 (Seven Samurai)", "films"),
    glance(4, "שלום עולם", "reading"),
  ]

  private static func state(_ layout: PickLayout, rows: [Glance] = rows) -> PickState {
    var state = PickState(query: "postgres ba")
    state.listHeight = max(1, layout.listHeight)
    state.hasPreview = layout.preview != .none
    state.take(.found(PickFound(rows: rows, total: 2_503)))
    _ = state.take(.named(.down))
    if state.hasPreview, rows.count > 1 {
      let favourite = favourite(rows[1].id, rows[1].title)
      state.take(.described(PickDescription(favourite: favourite, changes: [])))
    }
    return state
  }

  private static func frame(
    _ rows: Int, _ columns: Int, _ palette: PickPalette = plain, glances: [Glance] = Self.rows,
    change: (inout PickState) -> Void = { _ in }
  ) -> PickFrame {
    let layout = PickLayout(rows: rows, columns: columns)
    var state = state(layout, rows: glances)
    change(&state)
    return PickScreen(
      state: state, layout: layout, palette: palette, now: now, action: "print"
    ).frame
  }

  private static let plain = PickPalette(hasColour: false, hasWeight: false)

  /// The lines as they are seen: without the sequences that send a text to its column.
  private static func seen(_ frame: PickFrame) -> String {
    frame.lines.map { line in
      var result = ""
      var isEscape = false
      for character in line {
        if character == "\u{1B}" {
          isEscape = true
        } else if isEscape {
          isEscape = !character.isLetter
        } else {
          result.append(character)
        }
      }
      while result.hasSuffix(" ") { result.removeLast() }
      return result
    }.joined(separator: "\n")
  }

  @Test func `beside the list, the preview of the chosen one`() {
    #expect(
      Self.seen(Self.frame(12, 80)) == """
        > postgres ba                                                          4 / 2,503
          Benchmarking Postgres backups   Dev/Blog/2023     │ Understanding Postgres
        ▌ Understanding Postgres backups  Work/Postgres/Ar… │ backups
          七人の侍 (Seven Samurai)        films             │ fly.io/blog/understanding
          שלום עולם                       reading           │
                                                            │ Work/Postgres@13
                                                            │ #postgres
                                                            │ year: 2024
                                                            │ added 3 days ago
                                                            │ never opened
                                                            │
         ⏎ print · ^O open · ^E edit · ^Y copy · ^D trash · ^Z undo · ? keys
        """)
  }

  @Test func `below the list, where the screen is narrower`() {
    #expect(
      Self.seen(Self.frame(16, 64)) == """
        > postgres ba                                          4 / 2,503
          Benchmarking Postgres backups           Dev/Blog/2023
        ▌ Understanding Postgres backups          Work/Postgres/Articl…
          七人の侍 (Seven Samurai)                films
          שלום עולם                               reading





        ────────────────────────────────────────────────────────────────
          Understanding Postgres backups
          fly.io/blog/understanding

          Work/Postgres@13
         ⏎ print · ^O open · ^E edit · ^Y copy · ^D trash · ? keys
        """)
  }

  @Test func `the list alone, where there is no room for more`() {
    #expect(
      Self.seen(Self.frame(5, 20)) == """
        > postgres ba
          Benchmarking Pos…
        ▌ Understanding Po…
          七人の侍 (Seven …
         ⏎ print · ? keys
        """)
  }

  @Test func `no line is wider or more than the screen, whatever is shown on whatever size`() {
    let hostile = [
      "", "a\u{301}\u{301}\u{301}", "\u{1B}]0;x\u{7}\u{202E}evil\u{200B}", "👩‍👧👨‍👩‍👦🏳️‍🌈", "漢字漢字漢字漢字漢字漢字",
      String(repeating: "w", count: 4_096), "tab\tand\nline", "שלום\u{202E} 123",
    ].enumerated().map {
      Self.glance(Int64($0.offset + 1), $0.element, $0.element + "/x", [0..<2, 3..<9_999])
    }
    for rows in [1, 2, 3, 5, 9, 24, 100] {
      for columns in [1, 2, 5, 10, 20, 39, 60, 79, 80, 120, 300] {
        for palette in [Self.plain, PickPalette(), PickPalette(isUnicode: false)] {
          for isHelp in [false, true] {
            let frame = Self.frame(rows, columns, palette, glances: hostile) { state in
              if isHelp { state.turnHelp() }
              _ = state.take(
                .paste("a long line with 漢字 and \u{202E} in it, longer than any screen"))
              if !isHelp {
                state.message = PickMessage(
                  text: "moved '\u{1B}[2J漢' to the trash", hint: "a hint with 漢字 in it",
                  isError: rows % 2 == 0)
              }
            }
            #expect(frame.lines.count <= rows)
            #expect(frame.cursor < columns)
            for line in frame.lines {
              let width = PickScreen.width(ofDressed: line)
              #expect(width <= columns, "\(rows)x\(columns): \(line)")
              // All that is obeyed is ours: colours, and columns.
              let parts = line.unicodeScalars.split(
                separator: "\u{1B}", omittingEmptySubsequences: false)
              for part in parts.dropFirst() {
                let end = part.firstIndex { $0.properties.isAlphabetic } ?? part.endIndex
                #expect(
                  part.first == "[" && end < part.endIndex && (part[end] == "m" || part[end] == "G")
                )
              }
              #expect(
                !line.unicodeScalars.contains {
                  (0x202A...0x202E).contains($0.value) || $0 == "\u{200B}" || $0 == "\n"
                })
              if !palette.isUnicode { #expect(line.utf8.allSatisfy { $0 < 0x80 }, "\(line)") }
            }
          }
        }
      }
    }
  }

  @Test func `a preview has room on a screen of 24 lines that is not wide`() throws {
    let lines = PickOptions().height(of: 24)
    #expect(Self.seen(Self.frame(lines, 60)).contains("fly.io/blog/understanding"))
  }

  @Test(arguments: [(10, 60), (10, 80), (24, 60), (3, 20), (5, 39)])
  func `all keys can be read, on one page or on several`(rows: Int, columns: Int) {
    let layout = PickLayout(rows: rows, columns: columns)
    var shown = ""
    for _ in 0..<PickScreen.helpPages(layout) {
      let frame = Self.frame(rows, columns) { state in
        state.helpPages = PickScreen.helpPages(layout)
        for _ in 0...(shown.split(separator: "\u{0C}").count) { state.turnHelp() }
      }
      shown += Self.seen(frame) + "\u{0C}"
    }
    for (key, _) in PickScreen.keys("print") { #expect(shown.contains(" \(key)"), "\(shown)") }
  }

  @Test func `an error is shown whole, with where the typed text was saved`() {
    let place = "/run/user/1000/favs-edit-0e0b293ba8616a52802be2b5/favourite-1.txt"
    let frame = Self.frame(10, 80) { state in
      state.message = PickMessage(
        text: "line 13: category 'a//b' has a '/' without a name next to it",
        hint: "your text was saved in '\(place)'", isError: true)
    }
    let seen = Self.seen(frame)
    #expect(seen.hasSuffix("your text was\n saved in '\(place)'"), "\(seen)")
    #expect(frame.lines.count == 10 && seen.contains("> postgres ba"))
  }

  @Test func `matches are marked, and with NO_COLOR no colour is used`() {
    let line = Self.frame(12, 80, PickPalette()).lines[1]
    #expect(line.contains("Benchmarking \u{1B}[1;4mPostgres\u{1B}[0m \u{1B}[1;4mbackups\u{1B}[0m"))
    #expect(line.contains("\u{1B}[36mDev/Blog/2023\u{1B}[0m"))
    let plainer = Self.frame(12, 80, PickPalette(hasColour: false)).lines.joined()
    #expect(plainer.contains("\u{1B}[1;4m") && !plainer.contains("\u{1B}[36m"))
    #expect(!Self.frame(12, 80).lines[0].contains("\u{1B}"))
  }

  @Test func `the preview has the state of the link and the last changes`() throws {
    let change = Change(
      number: 7, uid: UID(high: 1, low: 1), at: Self.now, device: "here", command: "edit 2 -t x",
      summary: "1 changed", undoes: nil, redoes: nil, undoneBy: nil)
    let frame = Self.frame(14, 80, PickPalette()) { state in
      var about = PickDescription(
        favourite: Self.favourite(2, "Understanding"), changes: [change])
      about.sight = LinkSight(.broken, at: Self.now)
      state.take(.described(about))
    }
    let text = frame.lines.joined(separator: "\n")
    #expect(text.contains("\u{1B}[31mlink broken, checked just…\u{1B}[0m"))
    #expect(text.contains("@7 edit 2 -t x, just now"))
  }

  @Test func `a line that is longer than its room is shown around the cursor`() {
    let frame = Self.frame(5, 20) { state in
      _ = state.take(.control("u"))
      _ = state.take(.paste("abcdefghijklmnopqrstuvwxyz"))
    }
    #expect(frame.lines[0].hasSuffix("xyz") && frame.cursor <= 19)
    let start = Self.frame(5, 20) { state in
      _ = state.take(.control("u"))
      _ = state.take(.paste("abcdefghijklmnopqrstuvwxyz"))
      _ = state.take(.named(.home))
    }
    #expect(start.lines[0].hasPrefix("> abc") && start.cursor == 2)
  }

  @Test func `only lines that differ are drawn again`() {
    let old = PickFrame(lines: ["> a", "one", "two"], cursor: 3)
    #expect(old.drawn(over: old) == "")
    #expect(
      PickFrame(lines: ["> ab", "one", "three"], cursor: 4).drawn(over: old)
        == "\u{1B}[?2026h\u{1B}[?25l\r\u{1B}[2K> ab\u{1B}[2B\r\u{1B}[2Kthree\u{1B}[2A\u{1B}[5G\u{1B}[?25h\u{1B}[?2026l"
    )
    #expect(
      PickFrame(lines: ["> a", "one", "two"], cursor: 1).drawn(over: old)
        == "\u{1B}[?2026h\u{1B}[?25l\u{1B}[2G\u{1B}[?25h\u{1B}[?2026l")
  }

  @Test func `a screen of another height is drawn whole`() {
    let old = PickFrame(lines: ["> a", "one"], cursor: 3)
    let drawn = PickFrame(lines: ["> a", "one", "two"], cursor: 3).drawn(over: old)
    #expect(drawn.contains("> a") && drawn.contains("two"))
  }

  @Test(arguments: [
    ("40%", 24, 10), ("40%", 100, 40), ("5", 24, 5), ("99", 24, 24), ("100%", 24, 24), ("1%", 6, 6),
  ])
  func `a height is lines or a part of the screen`(text: String, rows: Int, wanted: Int) throws {
    var options = PickOptions()
    let option = try #require(PickOptions.options.first { $0.long == "height" })
    try option.set(&options, text)
    #expect(options.height(of: rows) == wanted)
  }

  @Test func `a link goes to the clipboard in Base64`() {
    #expect(Clipboard.base64(Array("".utf8)) == "")
    #expect(Clipboard.base64(Array("f".utf8)) == "Zg==")
    #expect(Clipboard.base64(Array("fo".utf8)) == "Zm8=")
    #expect(Clipboard.base64(Array("foo".utf8)) == "Zm9v")
    #expect(Clipboard.base64(Array("foobar".utf8)) == "Zm9vYmFy")
    #expect(
      Clipboard.sequence(for: "https://a.example") == "\u{1B}]52;c;aHR0cHM6Ly9hLmV4YW1wbGU=\u{07}")
    #expect(Clipboard.sequence(for: String(repeating: "a", count: 80_000)) == nil)
  }
}
