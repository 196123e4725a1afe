import Foundation
import TestSupport
import Testing

/// What is said of a word that names something else than was meant, and of more than there is.
struct NamingTests {
  @Test func `what is in the trash is said to be there`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      try favs("rm", "1")
      for command in ["show", "rm", "edit", "open"] {
        let outcome = try favs.words([command, "1"] + (command == "edit" ? ["--note", "x"] : []))
        expectSame(
          outcome,
          Outcome(
            3,
            error: "favs: favourite 1 is in the trash: 'Dune'\n"
              + "hint: favs restore 1 restores it\n"))
      }
      #expect(try favs("show", "Dune").error.hasPrefix("favs: 'Dune' is in the trash, as 1\n"))
      #expect(try favs("show", "2").error.hasPrefix("favs: no favourite has id 2\n"))
      try favs("add", "Dune")
      try favs("rm", "2")
      for word in ["Dune", "dune", "1-2"] {
        expectSame(
          try favs("show", word),
          Outcome(
            3,
            error: "favs: '\(word)' is in the trash, as 1, 2\n"
              + "hint: favs restore 1 restores the first\n"))
      }
      #expect(try favs("history", "1").code == 0)
    }
  }

  @Test func `an id that is a title as well is not guessed at`() throws {
    try withFavs { favs in
      try favs("add", "one", "-c", "books")
      try favs("add", "1", "-c", "films")
      expectSame(
        try favs("show", "1"),
        Outcome(
          4,
          error: "favs: '1' is ambiguous: 2 favourites match\n"
            + "hint: use its rank: books@1 (one, 1); films@1 (1, 2)\n"))
      #expect(try favs("show", "books@1", "--fields", "id").output == "1\n")
      #expect(try favs("show", "2", "--fields", "id").output == "2\n")
      try favs("edit", "films@1", "--title", "2")
      #expect(try favs("show", "2", "--fields", "id").output == "2\n")
    }
  }

  @Test func `more changes than there are is all there are`() throws {
    try withFavs { favs in
      for title in ["a", "b"] { try favs("add", title) }
      #expect(try favs("undo", "--last", "99").code == 0)
      #expect(try favs("list").output == "")
      #expect(try favs("undo", "--last", "99").code == 3)
      #expect(try favs("redo", "--last", "99").code == 0)
      #expect(try favs("list", "--fields", "title").output == "a\nb\n")
      #expect(try favs("redo", "--last", "99").code == 3)
    }
  }

  @Test func `an export keeps the rights of the file that it replaces`() throws {
    try withFavs { favs in
      try favs("add", "a")
      let path = favs.folder + "/out.jsonl"
      func mode() throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      }
      try favs("export", path)
      #expect(try mode() == 0o600)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
      try favs("export", path)
      #expect(try mode() == 0o644)
      try FileManager.default.setAttributes([.posixPermissions: 0o4640], ofItemAtPath: path)
      try favs("export", path, "--full")
      #expect(try mode() == 0o640)
    }
  }
  @Test func `an unknown key of a line is named, or kept as metadata`() throws {
    try withFavs { favs in
      let odd = "{\"title\":\"b\",\"zork\":1}\n"
      let outcome = try favs("add", "-", input: odd)
      #expect(outcome.code != 0)
      #expect(outcome.error.contains("line 1, column 21: unknown key 'zork'\n"))
      expectSame(try favs("import", "-q", "-", input: odd), Outcome(0))
      expectSame(
        try favs("import", "-q", "--format", "favs", "--on-duplicate", "keep", "-", input: odd),
        Outcome(0))
      for id in ["1", "2"] {
        #expect(try favs("show", id, "--json").output.contains(#""metadata":{"zork":1}"#))
      }
    }
  }
}
