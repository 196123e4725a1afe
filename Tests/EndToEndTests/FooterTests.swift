import TestSupport
import Testing

/// The last line below a list on a terminal, and lists on a narrow one.
struct FooterTests {
  private func filled(_ count: Int, columns: Int = 80, _ body: (inout Favs) throws -> Void) throws {
    try withFavs { favs in
      favs.environment = ["COLUMNS": "\(columns)", "NO_COLOR": "1", "TERM": "xterm"]
      try favs("category", "add", "things", "-q")
      if count > 0 {
        let lines = (1...count).map { "title \($0)\n" }.joined()
        try favs("add", "-", "-q", "-c", "things", input: lines)
      }
      try body(&favs)
    }
  }

  @Test(arguments: [
    (0, ["list"], "0 favourites"), (1, ["list"], "Page 1 of 1 · 1 favourite"),
    (20, ["list"], "Page 1 of 1 · 20 favourites"),
    (21, ["list"], "Page 1 of 2 · 21 favourites · next: favs list --page 2"),
    (21, ["list", "--page", "2"], "Page 2 of 2 · 21 favourites"),
    (21, ["list", "--page=1"], "Page 1 of 2 · 21 favourites · next: favs list --page 2"),
    (3, ["list", "--page", "9"], "Page 9 is empty: the last is 1 · 3 favourites"),
    (
      3, ["list", "--per-page", "1", "--page", "2"],
      "Page 2 of 3 · 3 favourites · next: favs list --per-page 1 --page 3"
    ),
    (3, ["list", "-t", "none"], "0 favourites"), (3, ["list", "--limit", "2"], "3 favourites"),
    (1, ["history"], "Page 1 of 1 · 2 changes"),
    (
      1, ["history", "--per-page", "1"],
      "Page 1 of 2 · 2 changes · next: favs history --per-page 1 --page 2"
    ),
    (1, ["history", "--page", "9"], "Page 9 is empty: the last is 1 · 2 changes"),
    (1, ["history", "-c", "things", "--since", "1d"], "Page 1 of 1 · 2 changes"),
    (1, ["history", "1", "--page", "2"], "Page 2 is empty: the last is 1 · 1 change"),
    (0, ["trash"], "Page 1 of 1 · 0 favourites in the trash"),
    (0, ["trash", "--page", "2"], "Page 2 is empty: the last is 1 · 0 favourites in the trash"),
  ])
  func `the page and the number of all are told below a list`(
    count: Int, words: [String], footer: String
  ) throws {
    try filled(count) { favs in
      let outcome = try favs.onTerminal(all: words)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(outcome.output.split(separator: "\n").last.map(String.init) == footer, "\(outcome)")
    }
  }

  @Test func `a quiet list has no footer, and a pipe none either`() throws {
    try filled(3) { favs in
      let quiet = try favs.onTerminal("list", "-q").output
      #expect(!quiet.contains("favourites"))
      let piped = try favs("list")
      #expect(piped.error == "")
      for words in [
        ["history", "-q"], ["history", "--json"], ["history", "@1"], ["history", "1"],
      ] {
        let outcome = try favs.onTerminal(all: words)
        #expect(!outcome.output.contains("Page "), "\(outcome)")
      }
      #expect(try favs("history", "--page", "2").error == "")
    }
  }

  @Test(arguments: [
    ["list"], ["search", "title"], ["category"], ["tag"], ["show", "1"], ["history"], ["trash"],
    ["dupes"],
  ])
  func `at forty columns no line of a list is broken`(words: [String]) throws {
    try filled(3, columns: 40) { favs in
      try favs("edit", "1", "--title", "七人の侍 and a long title", "-t", "classic", "-q")
      try favs("rm", "3", "-q")
      let outcome = try favs.onTerminal(all: words)
      let wide = outcome.output.split(separator: "\n").map(String.init).filter {
        width($0) > 40 && !$0.contains("Page") && !$0.contains("(20") && !$0.hasPrefix("uid ")
      }
      #expect(wide == [], "\(outcome)")
    }
  }

  /// The columns of a line, of which only Han and kana take two.
  private func width(_ line: String) -> Int {
    line.reduce(0) { $0 + ($1.unicodeScalars.first!.value >= 0x2E80 ? 2 : 1) }
  }
}
