import Foundation
import TestSupport
import Testing

/// Questions on a terminal: which answers are a yes, and what happens without one.
struct PromptTests {
  private func filled(_ body: (inout Favs) throws -> Void) throws {
    try withFavs { favs in
      favs.environment = ["COLUMNS": "60", "NO_COLOR": "1", "TERM": "xterm"]
      try favs("add", "-", "-q", input: "one\ntwo\nthree\n")
      try body(&favs)
    }
  }

  @Test(arguments: ["y\n", "Y\n", "yes\n", "YES\n", "  y  \n", "y\r"])
  func `y or yes is a yes`(answer: String) throws {
    try filled { favs in
      let outcome = try favs.onTerminal("rm", "--all") { answer }
      #expect(outcome.code == 0, "\(outcome)")
      #expect(try favs("list").output == "")
    }
  }

  @Test(arguments: ["\n", "n\n", "no\n", "yep\n", "j\n", "y y\n", "1\n", "\u{4}", "é\n"])
  func `all else is a no, and so is the end of the input`(answer: String) throws {
    try filled { favs in
      let outcome = try favs.onTerminal("rm", "--all") { answer }
      #expect(outcome.code == 4, "\(outcome)")
      #expect(outcome.output.hasPrefix("Remove 3 favourites? [y/N] "))
      #expect(outcome.output.hasSuffix("favs: nothing changed\n"), "\(outcome)")
      #expect(try favs("list", "--fields", "id").output == "1\n2\n3\n")
    }
  }

  @Test(arguments: [
    ["rm", "1", "2"], ["rm", "--all", "--yes"], ["rm", "--all", "-n"],
    ["edit", "1", "2", "--note", "x"],
  ])
  func `few are not asked about, nor what is confirmed or only tried`(words: [String]) throws {
    try filled { favs in
      let outcome = try favs.onTerminal(all: words)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(!outcome.output.contains("[y/N]"))
    }
  }

  @Test func `what is for good is not done in a script without a yes`() throws {
    try filled { favs in
      try favs("rm", "1", "-q")
      let outcome = try favs("trash", "empty", "--all")
      #expect(outcome.code == 4)
      #expect(outcome.error.hasSuffix("hint: use --yes to skip the question\n"), "\(outcome)")
      #expect(try favs("trash", "list", "--fields", "id").output == "1\n")
      #expect(try favs.onTerminal("trash", "empty", "--all") { "n\n" }.code == 4)
      #expect(try favs("trash", "list", "--fields", "id").output == "1\n")
      #expect(try favs.onTerminal("trash", "empty", "--all") { "y\n" }.code == 0)
      #expect(try favs("trash", "list").output == "")
    }
  }
}
