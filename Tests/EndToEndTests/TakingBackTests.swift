import Foundation
import TestSupport
import Testing

/// `rm`, `restore`, `trash`, `undo`, `redo`, `history`, and rehearsals.
struct TakingBackTests {
  @Test func `what is removed comes back to its rank`() throws {
    try withFavs { favs in
      for title in ["a", "b", "c"] { try favs("add", title, "-t", "x") }
      expectSame(
        try favs("rm", "2"),
        Outcome(
          0, "2\tinbox\t2\tb\t\tx\n",
          error: "1 favourite is in the trash now; favs undo or favs restore --last takes it back\n"
        ))
      #expect(try favs("list", "--fields", "rank,title").output == "1\ta\n2\tc\n")
      #expect(try favs("trash", "--fields", "id,title").output == "2\tb\n")
      #expect(try favs("restore", "b").output == "2\tinbox\t2\tb\t\tx\n")
      #expect(try favs("list", "--fields", "rank,title").output == "1\ta\n2\tb\n3\tc\n")
      #expect(try favs("rm", "b", "c", "-y").code == 0)
      #expect(try favs("restore", "--last").code == 0)
      #expect(try favs("restore", "nothing").code == 3)
      #expect(try favs("restore", "-", input: "1\n").code == 3)
    }
  }

  @Test func `what was removed one by one comes back in its order`() throws {
    try withFavs { favs in
      for title in ["a", "b", "c", "d"] { try favs("add", title) }
      for title in ["b", "a", "c"] { try favs("rm", title) }
      #expect(try favs("restore", "--all").code == 0)
      #expect(try favs("list", "--fields", "title").output == "a\nb\nc\nd\n")
    }
  }

  @Test func `a category comes back with all that was in it`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "books/sci-fi")
      try favs("add", "Ulysses", "-c", "books")
      #expect(try favs("category", "rm", "books").code == 0)
      expectSame(try favs("list"), Outcome(0))
      expectSame(try favs("category", "list"), Outcome(0))
      #expect(try favs("restore", "-c", "Books").code == 0)
      #expect(
        try favs("category", "list").output == "books\t1\t2\t\nbooks/sci-fi\t1\t1\t\n")
      #expect(try favs("list", "--fields", "title").output == "Ulysses\nDune\n")
    }
  }

  @Test func `emptying the trash needs a yes and leaves no trace`() throws {
    try withFavs { favs in
      let secret = "Xyzzy-Plugh-4711"
      try favs(
        "add", secret, "--note", secret + " note", "-t", secret + "-tag", "--set", "k=" + secret)
      try favs("edit", "1", "--note", "other " + secret)
      try favs("undo")
      try favs("add", "other")
      try favs("add", "third")
      try favs("move", "third", "--before", secret)
      try favs("swap", "other", secret)
      try favs("rm", secret)
      #expect(try favs("trash", "empty", "--all").code == 4)
      expectSame(
        try favs("trash", "empty", secret, "--yes"), Outcome(0, "1 favourite forgotten\n"))
      for name in try FileManager.default.contentsOfDirectory(atPath: favs.folder) {
        let bytes = FileManager.default.contents(atPath: favs.folder + "/" + name) ?? Data()
        #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)")
      }
      try favs("rm", "other")
      expectSame(
        try favs("trash", "empty", "--all", "--yes", "--json"), Outcome(0, "[{\"id\":2}]\n"))
      #expect(try favs("undo").code == 4)
      #expect(try favs("history").output.contains("emptied from the trash"))
    }
  }

  @Test func `undo and redo go back and forth`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      try favs("edit", "1", "--title", "Other")
      expectSame(
        try favs("undo"), Outcome(0, "undone #2  edit 1 --title Other  1 favourite changed\n"))
      #expect(try favs("list", "--fields", "title").output == "Dune\n")
      #expect(try favs("redo").code == 0)
      #expect(try favs("list", "--fields", "title").output == "Other\n")
      #expect(try favs("redo").code == 3)
      try favs("undo")
      try favs("undo")
      expectSame(try favs("list"), Outcome(0))
      expectSame(
        try favs("undo"), Outcome(3, error: "favs: nothing is left to undo\n"))
      try favs("add", "New")
      #expect(try favs("redo").code == 4)
    }
  }

  @Test func `one change is undone when nothing later touched the same`() throws {
    try withFavs { favs in
      try favs("add", "a")
      try favs("add", "b")
      try favs("edit", "1", "--title", "A")
      #expect(try favs("undo", "#2").code == 0)
      #expect(try favs("list", "--fields", "title").output == "A\n")
      expectSame(
        try favs("undo", "1"),
        Outcome(
          4,
          error: "favs: change #1 cannot be undone: later changes touched the same things\n"
            + "hint: undo them first: #3\n"))
      #expect(try favs("undo", "77").code == 3)
      #expect(try favs("undo", "x").code == 2)
    }
  }

  @Test func `history tells what was done, of all and of one`() throws {
    try withFavs { favs in
      try favs("add", "it's")
      try favs("add", "other")
      try favs("edit", "1", "--note", "n")
      let objects = try favs("history", "--json").objects
      #expect(objects.map { $0["number"] as? Int } == [3, 2, 1])
      #expect(
        objects.map { $0["command"] as? String } == [
          "edit 1 --note n", "add other", "add 'it'\\''s'",
        ])
      #expect(try favs("history", "1", "--json").objects.map { $0["number"] as? Int } == [3, 1])
      #expect(try favs("log", "--per-page", "1", "--page", "2", "--json").objects.count == 1)
    }
  }

  @Test func `a rehearsal prints what the real run prints and changes nothing`() throws {
    let before: [[String]] = [
      ["add", "a", "-c", "x", "-t", "t", "-u", "https://a.org"], ["add", "b", "-c", "x"],
      ["add", "c", "-c", "y", "-t", "u"], ["add", "d", "-c", "x"], ["rm", "4"],
    ]
    let commands: [[String]] = [
      ["add", "new", "-c", "z", "--rank", "1"], ["edit", "1", "--title", "A", "-t", "w"],
      ["move", "2", "--first"], ["swap", "1", "2"], ["rm", "1", "2"], ["restore", "--last"],
      ["category", "add", "q", "--field", "year:number"], ["category", "edit", "x", "--note", "n"],
      ["category", "rename", "x", "xx"], ["category", "merge", "y", "x"], ["category", "rm", "x"],
      ["tag", "rename", "t", "T2"], ["tag", "merge", "t", "u"], ["tag", "rm", "t"],
      ["trash", "empty", "--all", "--yes"], ["undo"], ["add", "-"], ["import", "-"],
    ]
    for command in commands {
      try withFavs { favs in
        for words in before { #expect(try favs.words(words).code == 0) }
        let input = #"{"title":"from a line"}"#
        let state = FileManager.default.contents(atPath: favs.database)
        let rehearsal = try favs.words(command + ["-n"], input: input)
        #expect(FileManager.default.contents(atPath: favs.database) == state, "\(command)")
        let real = try favs.words(command, input: input)
        #expect(rehearsal == real, "\(command)")
        #expect(real.code == 0, "\(command)")
      }
    }
  }

  @Test func `a rehearsal makes no file`() throws {
    try withFavs { favs in
      expectSame(try favs("add", "a", "-n"), Outcome(0, "1\tinbox\t1\ta\t\t\n"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: favs.folder) == [])
    }
  }

  @Test func `a question keeps nobody from writing`() throws {
    try withFavs { favs in
      for title in ["a", "b", "c"] { try favs("add", title) }
      var other: Outcome?
      let program = favs
      let outcome = try favs.onTerminal("rm", "1-3") {
        other = try program("add", "d")
        return "y\n"
      }
      #expect(outcome.code == 0)
      #expect(other?.code == 0)
      #expect(try favs("list", "--fields", "title").output == "d\n")
    }
  }

  @Test func `three or more are asked about on a terminal`() throws {
    try withFavs { favs in
      for title in ["a", "b", "c"] { try favs("add", title) }
      let refused = try favs.onTerminal("rm", "1-3", whenAsked: { "n\n" })
      #expect(refused.code == 4)
      #expect(refused.output.contains("Remove 3 favourites? [y/N]"))
      #expect(try favs("list", "--fields", "id").output == "1\n2\n3\n")
      #expect(try favs.onTerminal("rm", "1-3", whenAsked: { "y\n" }).code == 0)
      #expect(try favs("list").output == "")
    }
  }
}

extension Favs {
  /// A command line from a list of words.
  func words(_ words: [String], input: String = "") throws -> Outcome {
    try run(words.map { Array($0.utf8) }, input: Array(input.utf8))
  }
}
