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
          error: "moved 1 favourite to the trash; favs undo or favs restore --last reverts it\n"
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
        try favs("trash", "empty", secret, "--yes"), Outcome(0, "1 favourite deleted for good\n"))
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

  @Test func `emptying a trash that was most of the database gives the room back`() throws {
    try withFavs { favs in
      try favs("add", "kept")
      let note = String(repeating: "a long note ", count: 800)
      let lines = (0..<200).map { "{\"title\": \"gone \($0)\", \"note\": \"\(note)\"}\n" }
      try favs("add", "-", "-c", "gone", input: lines.joined())
      try favs("category", "rm", "gone", "--yes")
      func size() throws -> Int {
        try #require(FileManager.default.contents(atPath: favs.database)).count
      }
      #expect(try size() > 2_000_000)
      expectSame(
        try favs("trash", "empty", "--all", "--yes"),
        Outcome(0, "200 favourites and 1 category deleted for good\n"))
      #expect(try size() < 400_000)
      #expect(try favs("list", "--fields", "title").output == "kept\n")
      #expect(try favs("doctor").code == 0)
    }
  }

  @Test func `undo and redo go back and forth`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      try favs("edit", "1", "--title", "Other")
      expectSame(
        try favs("undo"),
        Outcome(0, "undone @2  edit 1 --title Other  1 favourite changed\n  Other\n"))
      #expect(try favs("list", "--fields", "title").output == "Dune\n")
      #expect(try favs("redo").code == 0)
      #expect(try favs("list", "--fields", "title").output == "Other\n")
      #expect(try favs("redo").code == 3)
      try favs("undo")
      try favs("undo")
      expectSame(try favs("list"), Outcome(0))
      expectSame(
        try favs("undo"), Outcome(3, error: "favs: nothing to undo\n"))
      try favs("add", "New")
      #expect(try favs("redo").code == 4)
    }
  }

  @Test func `one change is undone when nothing later wrote the same`() throws {
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
          error: "favs: change 1 cannot be undone: later changes touched the same fields\n"
            + "hint: favs undo 1 --with-later also undoes change 3\n"))
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
      let item = try #require((objects[0]["items"] as? [[String: Any]])?.first)
      #expect(item["kind"] as? String == "favourite")
      #expect(item["title"] as? String == "it's")
      #expect((item["before"] as? [String: Any])?["note"] is NSNull)
      #expect((item["after"] as? [String: Any])?["note"] as? String == "n")
      #expect((item["after"] as? [String: Any])?.keys.sorted() == ["modified_at", "note"])
      let added = try #require((objects[2]["items"] as? [[String: Any]])?.last)
      #expect(added["before"] is NSNull)
      #expect((added["after"] as? [String: Any])?["title"] as? String == "it's")
      #expect(try favs("log", "--per-page", "1", "--page", "2", "--json").objects.count == 1)
    }
  }

  @Test func `the life of one is told field by field`() throws {
    try withFavs { favs in
      try favs("add", "Dun", "-c", "books", "--set", "year=1964")
      try favs("edit", "1", "--title", "Dune", "--set", "year=1965", "-t", "classic")
      try favs("category", "edit", "books", "--note", "to read")
      try favs("rm", "1")
      func life(_ word: String) throws -> [String] {
        try favs("history", word).output.split(separator: "\n").map { line in
          let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
          return ([cells[0]] + cells[2...]).joined(separator: "|")
        }
      }
      let deleted = try #require(
        favs("trash", "--fields", "deleted_at").output.split(separator: "\n").first)
      #expect(
        try life("Dune") == [
          "4|favourite|1|deleted_at||\(deleted)", "2|favourite|1|title|Dun|Dune",
          "2|favourite|1|tags||classic", "2|favourite|1|year|1964|1965",
          "1|favourite|1|title||Dun", "1|favourite|1|category||books", "1|favourite|1|rank||1",
          "1|favourite|1|year||1964",
        ])
      #expect(try life("books") == ["3|category|1|note||to read", "1|category|1|name||books"])
      #expect(try life("#3") == ["3|category|1|note||to read"])
      #expect(try favs("history", "-c", "books").output.split(separator: "\n").count == 4)
      #expect(try favs("history", "--since", "2030").output == "")
      #expect(try favs("history", "#9").code == 3)
      #expect(try favs("history", "nothing").code == 3)
      #expect(try favs("history", "1", "-c", "books").code == 2)
      let seen = try favs.onTerminal("history", "1", "--color", "never").output
      #expect(seen.contains("@2      just now      1 favourite changed  edit 1 --title Dune"))
      #expect(seen.contains("        title  Dun → Dune\n"))
      #expect(seen.contains("        to the trash\n"))
    }
  }

  @Test func `a favourite is shown as it was, and what has changed since`() throws {
    try withFavs { favs in
      try favs("add", "Dun", "-c", "books", "--note", "one\ntwo\nthree")
      try favs("edit", "1", "--title", "Dune", "--note", "one\n2\nthree")
      try favs("add", "Emma")
      try favs("rm", "1")
      #expect(
        try favs("show", "1", "--at", "#1", "--fields", "title,note").output
          == "Dun\tone\\ntwo\\nthree\n")
      #expect(
        try favs("show", "Dune", "--at", "2999-12-31", "--json").objects[0]["deleted_at"] is String)
      #expect(try favs("show", "1", "--at", "#1").output.contains("title     Dun\n"))
      expectSame(
        try favs("show", "2", "--at", "#2"),
        Outcome(
          3,
          error:
            "favs: favourite 2 did not exist then\nhint: favs history 2 shows when it was added\n"))
      #expect(try favs("show", "1", "--at", "#77").code == 3)
      #expect(try favs("show", "1", "--at", "x").code == 2)
      expectSame(
        try favs("diff", "1", "--at", "#1"),
        Outcome(
          0,
          "1 Dune  since @1  to the trash\n- title: Dun\n+ title: Dune\n- note: two\n+ note: 2\n"
            + "+ deleted_at: \(try favs("trash", "--fields", "deleted_at").output)"))
      #expect(try favs("diff", "2").output.hasPrefix("2 Emma  since @2  added\n+ title: Emma\n"))
      let object = try #require(try favs("diff", "1", "--at", "#1", "--json").objects.first)
      #expect((object["before"] as? [String: Any])?["title"] as? String == "Dun")
      try favs("undo", "2")
      try favs("undo", "3")
      #expect(try favs("history", "2").output.contains("gone"))
      #expect(try favs("show", "2", "--at", "#3", "--fields", "title").output == "Emma\n")
    }
  }

  @Test func `several changes are undone and redone at once`() throws {
    try withFavs { favs in
      for title in ["a", "b", "c"] { try favs("add", title) }
      expectSame(
        try favs("undo", "--last", "2"),
        Outcome(
          0,
          "undone @3  add c  1 favourite added\n  c\nundone @2  add b  1 favourite added\n  b\n"))
      #expect(try favs("list", "--fields", "title").output == "a\n")
      #expect(try favs("redo", "--last", "2").output.contains("redone @2  add b"))
      #expect(try favs("list", "--fields", "title").output == "a\nb\nc\n")
      #expect(try favs("undo", "--last", "9").code == 0)
      #expect(try favs("list", "--fields", "title").output == "")
      #expect(try favs("redo", "--last", "9").code == 0)
      #expect(try favs("list", "--fields", "title").output == "a\nb\nc\n")
      #expect(try favs("undo", "--list").output.split(separator: "\n").count == 3)
      for words in [
        ["undo", "2", "--last", "2"], ["undo", "--last", "0"], ["redo", "--last", "x"],
      ] {
        #expect(try favs.words(words).code == 2)
      }
    }
  }

  @Test func `what the emptied trash keeps from being undone is not listed`() throws {
    try withFavs { favs in
      for title in ["a", "b", "c"] { try favs("add", title) }
      _ = try favs.words(["add", "-"], input: "d\ne\n")
      try favs("rm", "2")
      try favs("rm", "4", "1")
      try favs("restore", "1")
      try favs("trash", "empty", "--all", "--yes")
      func numbers() throws -> [Substring?] {
        try favs("undo", "--list").output.split(separator: "\n")
          .map { $0.split(separator: "\t").first }
      }
      // 2 added b, 4 added d and e, 5 and 6 removed b and d; 7 is in the way of nothing.
      #expect(try numbers() == ["7", "3", "1"])
      for number in ["2", "4", "5", "6"] { #expect(try favs("undo", number).code == 4) }
      #expect(try favs("undo", "7").code == 0)
      #expect(try favs("undo", "3").code == 0)
      #expect(try numbers() == ["1"])
    }
  }

  @Test func `the trash is sorted, filtered and restored past conflicts`() throws {
    try withFavs { favs in
      try favs("add", "b", "-u", "https://b.org/", "-c", "x")
      try favs("add", "a", "-c", "y", "-t", "t")
      try favs("rm", "1")
      try favs("rm", "2")
      func titles(_ words: String...) throws -> String {
        try favs.words(["trash", "list", "--fields", "title"] + words).output
      }
      #expect(try titles() == "a\nb\n")
      #expect(try titles("--sort", "title") == "a\nb\n")
      #expect(try titles("--sort", "-title") == "b\na\n")
      #expect(try titles("-c", "x") == "b\n")
      #expect(try titles("-t", "T") == "a\n")
      #expect(try titles("--change", "3") == "b\n")
      #expect(try titles("--since", "2030") == "")
      #expect(try titles("b.org") == "b\n")
      #expect(try favs("trash", "list", "--sort", "rank").code == 2)
      #expect(try favs("trash", "list", "--change", "99").code == 3)
      try favs("category", "rm", "x")
      let categories = try favs("trash", "list", "--categories", "--json").objects
      #expect(categories.map { $0["name"] as? String } == ["x"])
      #expect(categories.map { $0["count"] as? Int } == [1])
      try favs("add", "b again", "-u", "https://b.org/", "-c", "x")
      expectSame(
        try favs("restore", "1-2", "--fields", "title"),
        Outcome(
          1, "a\n", error: "1 (b) stays in the trash: its URL is in 'x' again, as 3\n"))
      #expect(try favs("restore", "1", "--on-conflict", "fail").code == 4)
      expectSame(
        try favs("restore", "1", "--on-conflict", "rename", "--fields", "title"),
        Outcome(0, "b (2)\n", error: "1 (b) restored as 'b (2)': its URL is in 'x' again\n"))
      try favs("undo")
      expectSame(
        try favs("restore", "1", "--on-conflict", "merge", "--fields", "title"),
        Outcome(0, "b again\n", error: "1 (b) was merged into 3, which has its URL\n"))
    }
  }

  @Test func `no file holds a secret once the trash is emptied`() throws {
    try withFavs { favs in
      let secret = "Xyzzy-Plugh-4711"
      favs.environment["FAVS_LOG"] = "info"
      favs.environment["XDG_STATE_HOME"] = favs.folder + "/state"
      favs.environment["XDG_CONFIG_HOME"] = favs.folder + "/config"
      try favs("add", "kept", "-t", "plain")
      try favs(
        "add", secret, "-u", "https://" + secret + ".org/", "--note", secret, "-t", secret,
        "--set", "k=" + secret, "-c", secret)
      try favs("edit", secret, "--note", "other " + secret, "--title", "new " + secret)
      try favs("undo")
      try favs("redo")
      try favs("search", secret)
      try favs("search", secret, "-c", secret)
      try favs("add", "undone " + secret)
      try favs("undo")
      try favs("rm", "2")
      try favs("undo")
      try favs("redo")
      try favs("restore", "new " + secret)
      try favs("category", "rename", secret, "other-" + secret)
      try favs("category", "rm", "other-" + secret)
      try favs("tag", "rm", secret)
      // Automatic backups hold it as well, and so does one that was broken off.
      try favs("import", "-", "-t", secret, input: "https://\(secret).example\n")
      try favs("rm", "https://\(secret).example")
      let folder = favs.database + ".backups"
      try FileManager.default.copyItem(
        atPath: favs.database, toPath: folder + "/.favs-new-00112233445566aa")
      #expect(try favs("trash", "empty", "--all", "--yes").code == 0)
      let files = FileManager.default.enumerator(atPath: favs.folder)?.allObjects ?? []
      #expect(files.contains { ($0 as? String) == "favs.db" })
      for case let name as String in files {
        let bytes = FileManager.default.contents(atPath: favs.folder + "/" + name) ?? Data()
        for word in [secret, secret.lowercased(), "Plugh"] {
          #expect(bytes.range(of: Data(word.utf8)) == nil, "\(name)")
        }
      }
      #expect(try favs("list", "--fields", "title,tags").output == "kept\tplain\n")
      #expect(try favs("history").output.contains("emptied from the trash"))
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
      ["restore", "--all", "--on-conflict", "merge"], ["restore", "4", "--on-conflict", "rename"],
      ["category", "add", "q", "--field", "year:number"], ["category", "edit", "x", "--note", "n"],
      ["category", "rename", "x", "xx"], ["category", "merge", "y", "x"], ["category", "rm", "x"],
      ["tag", "rename", "t", "T2"], ["tag", "merge", "t", "u"], ["tag", "rm", "t"],
      ["trash", "empty", "--all", "--yes"], ["undo"], ["undo", "--last", "3"], ["undo", "2"],
      ["add", "-"], ["import", "-"],
    ]
    for command in commands {
      try withFavs { favs in
        for words in before { #expect(try favs.words(words).code == 0) }
        try compareRehearsal(favs, command)
      }
    }
  }

  @Test func `a rehearsed redo prints what the real one prints`() throws {
    try withFavs { favs in
      for title in ["a", "b", "c"] { try favs("add", title) }
      try favs("undo", "--last", "2")
      try compareRehearsal(favs, ["redo", "--last", "2"])
      try compareRehearsal(favs, ["redo"])
    }
  }

  /// Runs a command as a rehearsal and in earnest, once for a person and once as JSON. The times
  /// and uids of what is new differ; nothing else may.
  private func compareRehearsal(_ favs: Favs, _ command: [String]) throws {
    let input = #"{"title":"from a line"}"#
    let state = FileManager.default.contents(atPath: favs.database)
    for words in [command, command + ["--json"]] {
      let rehearsal = try favs.words(words + ["-n"], input: input)
      #expect(FileManager.default.contents(atPath: favs.database) == state, "\(words)")
      let real = try favs.words(words, input: input)
      #expect(rehearsal.code == real.code, "\(words)")
      // What is said differs: see RehearsalTests.
      let isSaid = ["undo", "redo", "trash"].contains(command[0]) && words == command
      if !isSaid {
        #expect(withoutChance(rehearsal).output == withoutChance(real).output, "\(words)")
      }
      if words != command || command != ["redo"] { #expect(real.code == 0, "\(words)") }
      if let state { try state.write(to: URL(fileURLWithPath: favs.database)) }
    }
  }

  /// An outcome with its times and uids made equal.
  private func withoutChance(_ outcome: Outcome) -> Outcome {
    let text = outcome.output
      .replacing(/"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/, with: "uid")
      .replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/, with: "time")
    return Outcome(outcome.code, text, error: outcome.error)
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
