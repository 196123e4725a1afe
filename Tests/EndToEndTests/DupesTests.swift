import Foundation
import TestSupport
import Testing

/// `dupes`.
struct DupesTests {
  private func fill(_ favs: Favs) throws {
    try favs("add", "https://example.org/a", "-c", "links", "-t", "x", "--note", "one")
    try favs("add", "Dune", "-c", "books", "--set", "year=1965")
    try favs("add", "Dune", "-c", "books", "--set", "year=2021")
    try favs("add", "A page", "https://example.org/a", "-c", "old", "-t", "y", "--note", "two")
    try favs("add", "http://www.example.org/a?utm_source=mail", "-c", "old")
    try favs("add", "dune", "-c", "books", "--set", "year=1965")
  }

  @Test func `groups are listed, as rows and as JSON`() throws {
    try withFavs { favs in
      try fill(favs)
      expectSame(
        try favs("dupes"),
        Outcome(
          0,
          "1\tsimilar\t1\tlinks\t1\texample.org/a\thttps://example.org/a\n"
            + "1\tsimilar\t4\told\t1\tA page\thttps://example.org/a\n"
            + "1\tsimilar\t5\told\t2\texample.org/a\thttp://www.example.org/a?utm_source=mail\n"
            + "2\ttitle\t2\tbooks\t1\tDune\t\n2\ttitle\t6\tbooks\t3\tdune\t\n",
          error: "2 groups of 5 favourites · favs dupes --merge merges them\n"))
      #expect(
        try favs("dupes", "--exact", "-q").output.split(separator: "\n").map { $0.prefix(8) }
          == ["1\tlink\t1", "1\tlink\t4"])
      let groups = try favs("dupes", "--json").objects
      #expect(groups.map { $0["kind"] as? String } == ["similar", "title"])
      #expect(groups.map { $0["link"] as? String } == ["https://example.org/a", nil])
      #expect(groups.map { $0["title"] as? String } == [nil, "Dune"])
      #expect(groups.map { ($0["favourites"] as? [Any])?.count } == [3, 2])
      #expect(try favs("dupes", "-c", "links", "--json").output == "[]\n")
      #expect(try favs("dupes", "-c", "nowhere").code == 3)
    }
  }

  @Test func `one is made of each group, once it is asked for`() throws {
    try withFavs { favs in
      try fill(favs)
      let rehearsed = try favs("dupes", "--merge", "-n")
      let merged = try favs("dupes", "--merge")
      #expect(merged.code == 0)
      #expect(
        merged.error
          == "merged 2 groups; moved 3 favourites to the trash; favs undo reverts it\n")
      #expect(rehearsed.output == merged.output)
      #expect(
        merged.output
          == "1\tsimilar\t1\tlinks\t1\tA page\thttps://example.org/a\n2\ttitle\t2\tbooks\t1\tDune\t\n"
      )
      #expect(
        try favs("list", "--fields", "id,tags,note").output
          == "2\t\t\n3\t\t\n1\tx,y\tone\\n\\ntwo\n")
      expectSame(try favs("dupes", "--merge"), Outcome(0, error: "no duplicates\n"))
      try favs("undo")
      #expect(try favs("list", "--count").output == "6\n")
      let json = try favs("dupes", "--merge", "--json").objects
      #expect(json.map { $0["merged"] as? [Int] } == [[4, 5], [6]])
    }
  }

  @Test func `nothing is said of undo where no group could be merged`() throws {
    try withFavs { favs in
      for half in ["a", "b"] {
        let keys = (1...200).map { "\"\(half)\($0)\":\"x\"" }.joined(separator: ",")
        let row = "{\"title\":\"\(half)\",\"url\":\"https://a.example/\",\"metadata\":{\(keys)}}"
        try favs("add", "-", "--duplicate", input: row + "\n")
      }
      let outcome = try favs("dupes", "--merge")
      #expect(outcome.code == 1)
      #expect(
        outcome.error.hasSuffix("\nmerged 0 groups; moved 0 favourites to the trash\n"),
        "\(outcome)")
      #expect(try favs("history").output.split(separator: "\n").count == 2)
    }
  }

  @Test func `a terminal shows what each group has in common, and is asked`() throws {
    try withFavs { favs in
      favs.environment["NO_COLOR"] = "1"
      try fill(favs)
      #expect(
        try favs.onTerminal("dupes").output.hasPrefix(
          "https://example.org/a  similar link\n  1  links@1  example.org/a  https://example.org/a\n"
        ))
      let refused = try favs.onTerminal("dupes", "--merge") { "n\n" }
      #expect(refused.code == 4)
      #expect(refused.output.contains("Merge 5 favourites into 2? [y/N] "))
      #expect(try favs("list", "--count").output == "6\n")
      #expect(try favs.onTerminal("dupes", "--merge", "--no-input").code == 4)
      #expect(try favs.onTerminal("dupes", "--merge", whenAsked: { "y\n" }).code == 0)
      #expect(try favs("list", "--count").output == "3\n")
    }
  }
}
