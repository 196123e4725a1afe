import Foundation
import TestSupport
import Testing

/// A file of favourites that was named and is not there.
struct AbsenceTests {
  private func names(_ favs: Favs) throws -> [String] {
    // The log may be anywhere.
    try FileManager.default.contentsOfDirectory(atPath: favs.folder).sorted()
      .filter { $0 != ".local" }
  }

  @Test(arguments: [
    ["list"], ["search", "x"], ["show", "1"], ["edit", "1", "--title", "x"], ["rm", "1", "--yes"],
    ["move", "1", "--first"], ["swap", "1", "2"], ["restore", "--all"], ["trash"],
    ["trash", "show", "1"], ["trash", "empty", "--all", "--yes"], ["open", "1"],
    ["category", "list"], ["category", "show", "x"], ["category", "rm", "x", "--yes"],
    ["category", "rename", "x", "y"], ["tag", "list"], ["tag", "rm", "x"], ["history"], ["undo"],
    ["undo", "--list"], ["redo"], ["diff", "1"], ["export"], ["export", "--full"],
    ["export", "out.jsonl"], ["export", "out.html"], ["backup"], ["backup", "copy.db"],
    ["backup", "list"], ["doctor"], ["doctor", "--fix"], ["doctor", "--salvage", "new.db"],
  ])
  func `what reads a file that was named and is not there ends with 3`(words: [String]) throws {
    try withFavs { favs in
      for place in ["gone.db", "no/such/gone.db"] {
        let named = favs.folder + "/" + place
        favs.environment["FAVS_DB"] = named
        let outcome = try favs.run(words.map { Array($0.utf8) })
        #expect(outcome.code == 3, "\(place): \(outcome)")
        #expect(outcome.output == "" && outcome.error.contains("'\(named)'"), "\(outcome)")
        #expect(try names(favs).isEmpty)
      }
    }
  }

  @Test(arguments: [["stats"], ["stats", "--json"], ["doctor"], ["doctor", "--fix"], ["list"]])
  func `at the default place nothing is missing, not even the folder`(words: [String]) throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": "", "HOME": favs.folder + "/home", "XDG_DATA_HOME": ""]
      try FileManager.default.createDirectory(
        atPath: favs.folder + "/home", withIntermediateDirectories: true)
      let outcome = try favs.run(words.map { Array($0.utf8) })
      #expect(outcome.code == 0 && outcome.error == "", "\(outcome)")
      #expect(!FileManager.default.fileExists(atPath: favs.folder + "/home/.local/share"))
    }
  }

  @Test func `how it would be made is said, and is so`() throws {
    try withFavs { favs in
      let named = favs.folder + "/my file.db"
      favs.environment["FAVS_DB"] = named
      expectSame(
        try favs("list"),
        Outcome(
          3,
          error:
            "favs: '\(named)' does not exist\nhint: favs --db '\(named)' add TITLE creates it\n")
      )
      #expect(try favs.inShell("$F --db '\(named)' add TITLE").code == 0)
      #expect(try favs("list", "--fields", "title").output == "TITLE\n")
    }
  }

  @Test(arguments: [
    (["add", "Dune"], ""), (["add", "-"], "Dune\n"), (["import", "-"], "https://a.org/\n"),
    (["category", "add", "books"], ""), (["add", "Dune", "-n"], ""),
  ])
  func `no folder is made for a file that was named`(words: [String], input: String) throws {
    try withFavs { favs in
      let line = words.map { Array($0.utf8) }
      favs.environment["FAVS_DB"] = favs.folder + "/no/such/favs.db"
      let outcome = try favs.run(line, input: Array(input.utf8))
      #expect(outcome.code == 7, "\(outcome)")
      #expect(
        outcome.error.hasPrefix(
          "favs: cannot create '\(favs.folder)/no/such/favs.db': its folder does not exist\n"))
      #expect(try names(favs).isEmpty)
      favs.environment["FAVS_DB"] = favs.folder + "/new.db"
      #expect(try favs.run(line, input: Array(input.utf8)).code == 0)
      #expect(try names(favs).contains("new.db") == !words.contains("-n"))
    }
  }

  @Test(arguments: [true, false], ["out.jsonl", "out.html"])
  func `an export is never replaced by what is in no database`(
    isNamed: Bool, name: String
  ) throws {
    try withFavs { favs in
      try favs("add", "Dune", "-u", "https://dune.org/")
      let path = favs.folder + "/" + name
      #expect(try favs("export", path).code == 0)
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      favs.environment =
        isNamed ? ["FAVS_DB": favs.folder + "/gone.db"] : ["FAVS_DB": "", "HOME": favs.folder]
      for words in [["export", path], ["export", "--full", path], ["backup", path]] {
        let outcome = try favs.run(words.map { Array($0.utf8) })
        #expect(outcome.code == 3, "\(words): \(outcome)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
      }
    }
  }

  @Test func `at the default place no file is an empty one, and the first favourite makes it`()
    throws
  {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": "", "HOME": favs.folder]
      expectSame(try favs("list"), Outcome(0))
      expectSame(try favs("export"), Outcome(0))
      #expect(try favs("add", "Dune").code == 0)
      #expect(try favs("list", "--fields", "title").output == "Dune\n")
    }
  }

  @Test func `the backups of a file that is lost are listed, and bring it back`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      try favs("backup")
      try FileManager.default.removeItem(atPath: favs.database)
      let listed = try favs("backup", "list")
      #expect(listed.code == 0)
      let name = String(listed.output.prefix { $0 != "\t" })
      #expect(try favs("backup", "restore", name, "--yes").code == 0)
      #expect(try favs("list", "--fields", "title").output == "Dune\n")
    }
  }
}
