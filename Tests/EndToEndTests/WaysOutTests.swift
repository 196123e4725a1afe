import Foundation
import TestSupport
import Testing

/// What is said of a file that cannot be used, and that what is said helps.
struct WaysOutTests {
  private static let damaged =
    "hint: favs doctor shows what is wrong; favs doctor --salvage NEWFILE rescues what can be read; "
    + "favs backup list shows backups\n"

  @Test func `each file that cannot be used has a way out of its own`() throws {
    try withFavs { favs in
      try favs("add", "x")
      let good = try #require(FileManager.default.contents(atPath: favs.database))
      var (newer, foreign, torn) = (good, good, good)
      newer[63] = 99
      foreign[68] = 0
      torn.replaceSubrange(100..<good.count, with: Data(repeating: 0xA5, count: good.count - 100))
      let cases: [(Data, String)] = [
        (
          Data(), "hint: favs backup list shows backups; if you remove it, favs creates a new one\n"
        ),
        (
          Data("a text of some length that is no database at all".utf8),
          "hint: name another file with --db; if it was one, favs backup list shows backups\n"
        ),
        (foreign, "hint: name another file with --db\n"),
        (newer, "hint: use that favs, or upgrade this one\n"),
        (torn, Self.damaged), (good.prefix(8_192), Self.damaged),
      ]
      for (bytes, hint) in cases {
        try bytes.write(to: URL(fileURLWithPath: favs.database))
        for words in [["list"], ["add", "y"], ["undo"], ["export"]] {
          let outcome = try favs.words(words)
          #expect(outcome.code == 6, "\(outcome)")
          #expect(outcome.error.hasSuffix(hint), "\(words): \(outcome)")
          #expect(outcome.error.split(separator: "\n").count == 2)
          let json = try favs.words(words + ["--json"])
          #expect(json.error.contains("\"hint\":\"\(hint.dropFirst(6).dropLast())\""))
        }
        #expect(FileManager.default.contents(atPath: favs.database) == bytes)
      }
    }
  }

  @Test func `the ways out of a damaged file lead out`() throws {
    try withFavs { favs in
      for title in 1...400 { try favs("add", "title \(title)") }
      let backup = try favs("backup").output.trimmingCharacters(in: .newlines)
      let good = try #require(FileManager.default.contents(atPath: favs.database))
      try (good.prefix(8_192) + Data(repeating: 0xA5, count: 4_096) + good.dropFirst(12_288))
        .write(to: URL(fileURLWithPath: favs.database))
      let broken = try favs("list", "--sort", "title")
      let found = try favs("doctor")
      #expect([1, 6].contains(found.code), "\(found)")
      #expect(broken.code == 0 || broken.error.hasSuffix(Self.damaged), "\(broken)")
      let saved = favs.folder + "/saved.db"
      #expect(try [0, 1].contains(favs("doctor", "--salvage", saved).code))
      let whole = (1...400).map { "\($0)\ttitle \($0)" }
      let rescued = try favs("--db", saved, "list", "--fields", "id,title").output
        .split(separator: "\n").map(String.init)
      #expect(Set(whole).isSuperset(of: rescued) && rescued.count > 300, "\(rescued.count)")
      #expect(
        try favs("backup", "list").output.contains(URL(fileURLWithPath: backup).lastPathComponent))
      #expect(try favs("backup", "restore", backup, "--yes").code == 0)
      #expect(try favs("list", "--fields", "id").output.hasSuffix("\n400\n"))
    }
  }
}
