import Foundation
import TestSupport
import Testing

/// What ends with a NUL is as it is stored.
struct RawOutputTests {
  private static let title = "a\\b\tc\u{1B}[31m\u{202E}d"

  @Test func `with -0 nothing is escaped, and xargs gets what is stored`() throws {
    try withFavs { favs in
      try favs("add", Self.title, "-t", "x\\y\u{202E}", "-c", "c\\d\u{202E}")
      for words in [
        ["list", "-0", "--fields", "title"], ["search", "d", "-0", "--fields", "title"],
        ["show", "1", "-0", "--fields", "title"],
        ["edit", "1", "--note", "x", "-0", "--fields", "title"],
      ] {
        let outcome = try favs.words(words)
        #expect(outcome.output == Self.title + "\0", "\(words)")
      }
      for command in ["list", "search d", "show 1"] {
        let outcome = try favs.inShell("$F --db $D/favs.db \(command) -0 --format '<{title}>'")
        #expect(outcome.output == "<\(Self.title)>\0", "\(command)")
      }
      #expect(try favs("tag", "list", "-0").output == "x\\y\u{202E}\t1\0")
      #expect(try favs("category", "list", "-0").output.hasPrefix("c\\d\u{202E}\t"))
      #expect(try favs("list", "--fields", "title").output == "a\\\\b\\tc\\u{1b}[31m\\u{202e}d\n")
      let outcome = try favs.inShell(
        "export FAVS_DB=$D/favs.db; $F list -0 --fields title | xargs -0 $F show --fields id")
      #expect(outcome.output == "1\n", "\(outcome)")
    }
  }
}
