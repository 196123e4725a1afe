import Foundation
import TestSupport
import Testing

/// What favs wrote, imported again: nothing of it is lost, and what it does not tell stays.
@Suite struct ImportingBackTests {
  private func run(
    _ favs: Favs, _ words: [String], _ input: String = ""
  ) throws -> Outcome {
    try favs.run(words.map { Array($0.utf8) }, input: Array(input.utf8))
  }

  @Test(
    "an update leaves what the file does not tell",
    arguments: [
      ["list", "--json", "--fields", "uid,title"],
      ["list", "--format", "jsonl", "--fields", "uid,url"],
      ["list", "--format", "csv", "--fields", "uid,title,url"], ["export", "--format", "atom"],
      ["export", "--format", "html"], ["export", "--format", "org"],
    ])
  func untold(words: [String]) throws {
    try withFavs { favs throws in
      try favs(
        "add", "Dune", "https://a.example", "-c", "films", "-t", "classic", "--set", "year=1965",
        "--note", "n")
      let text = try run(favs, words).output.replacingOccurrences(of: "Dune", with: "Dune!")
      let taken = try favs("import", "-", "--on-duplicate", "update", "-t", "new", input: text)
      #expect(taken.code == 0)
      let fields = "title,note,tags,metadata"
      let title = text.contains("Dune!") ? "Dune!" : "Dune"
      #expect(
        try favs("list", "--fields", fields).output == "\(title)\tn\tclassic,new\tyear=1965\n")
    }
  }

  @Test func `an update clears what the file says is empty`() throws {
    try withFavs { favs throws in
      try favs("add", "Dune", "-t", "classic", "--set", "year=1965")
      let rows = try favs("list", "--json", "--fields", "uid,title").output
      for (member, left) in [(#""tags":[]"#, "\tyear=1965\n"), (#""metadata":{}"#, "\t\n")] {
        let text = rows.replacingOccurrences(of: "{", with: "{\(member),")
        #expect(try favs("import", "-", "--on-duplicate", "update", input: text).code == 0)
        #expect(try favs("list", "--fields", "tags,metadata").output == left)
      }
    }
  }
}
