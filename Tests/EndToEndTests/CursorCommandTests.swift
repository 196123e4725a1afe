import TestSupport
import Testing

/// Pages by a cursor at the prompt, and what the command line makes of a dash.
struct CursorCommandTests {
  private func next(_ outcome: Outcome) throws -> String {
    try #require((outcome.json as? [String: Any])?["next"] as? String, "\(outcome)")
  }

  private func titles(_ outcome: Outcome) -> String {
    outcome.output.split(separator: "\n").joined(separator: " ")
  }

  @Test func `a page goes on where it was though its last one was removed and others came`() throws
  {
    try withFavs { favs in
      let lines = (1...10).map { "n\($0)\n" }.joined()
      try favs("add", "-", "-c", "c", "-q", input: lines)
      let page = ["--json", "--envelope", "--limit", "3"].map { Array($0.utf8) }
      let list = ["list", "--sort", "-rank"].map { Array($0.utf8) }
      let cursor = try next(try favs.run(list + page))
      try favs("rm", "8", "-q")
      try favs("add", "-", "-c", "c", "--rank", "1", "-q", input: lines.replacing("n", with: "x"))
      for number in 1...12 { try favs("add", "y\(number)", "-c", "c", "--rank", "15", "-q") }
      let rest = try favs(
        "list", "--sort", "-rank", "--after", cursor, "--format", "{title}\n")
      #expect(
        titles(rest).hasPrefix("n7 n6 n5 ")
          && titles(rest).hasSuffix(
            " n2 n1 "
              + (1...10).reversed().map { "x\($0)" }.joined(separator: " ")),
        "\(rest)")
      let found = try next(try favs.run(["search", "n"].map { Array($0.utf8) } + page))
      let refused = try favs("list", "--json", "--after", found)
      #expect(refused.code == 2 && refused.output.isEmpty, "\(refused)")
      #expect(refused.error.contains("the cursor belongs to a search"), "\(refused)")
    }
  }

  @Test func `a search goes on behind hits that were removed`() throws {
    try withFavs { favs in
      try favs("add", "-", "-q", input: (1...9).map { "alpha 0\($0)\n" }.joined())
      let page = try favs("search", "alpha", "--json", "--envelope", "--limit", "3")
      try favs("rm", "1-3", "-y", "-q")
      let rest = try favs("search", "alpha", "--after", try next(page), "--format", "{title}\n")
      #expect(titles(rest) == (4...9).map { "alpha 0\($0)" }.joined(separator: " "), "\(rest)")
    }
  }

  @Test func `what begins with a dash is an option or a word, never the wrong one`() throws {
    try withFavs { favs in
      try favs("add", "-", "-q", input: "house music\ntechno music\n")
      let without = try favs("search", "music", "-house", "--format", "{title}\n")
      #expect(without == Outcome(0, "techno music\n"), "\(without)")
      let refused = try favs("search", "music", "-techno")
      #expect(refused.code == 2 && refused.error.contains("'not techno'"), "\(refused)")
      try favs("rm", "1", "-q")
      #expect(try favs("trash", "--json", "list").objects.count == 1)
      #expect(try favs("backup", "-q", "list").code == 0)
      for words in [["--json"], ["--format", "csv"], ["--format", "table"]] {
        let refused = try favs.run((["list", "-0"] + words).map { Array($0.utf8) })
        #expect(refused.code == 2 && refused.output.isEmpty, "\(refused)")
      }
      #expect(try favs("list", "-0", "--format", "jsonl").output.hasSuffix("}\0"))
    }
  }
}
