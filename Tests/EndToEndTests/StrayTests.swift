import Foundation
import SQLite
import TestSupport
import Testing

/// What is left behind, and what is told, where a command cannot do what it was asked.
struct StrayTests {
  /// Command lines that cannot do anything where nothing was ever kept, and how they end.
  static let idle: [([String], Int32)] = [
    (["undo"], 3), (["undo", "5"], 3), (["redo"], 3), (["swap", "1", "2"], 3),
    (["restore", "1"], 3),
    (["restore", "-c", "x"], 3), (["restore", "--all"], 0), (["trash", "empty", "--all", "-y"], 0),
    (["tag", "rename", "a", "b"], 3), (["tag", "rm", "a"], 3),
    (["category", "rename", "a", "b"], 3),
    (["category", "merge", "a", "b"], 3), (["category", "rm", "a"], 3),
    (["category", "edit", "a", "--note", "n"], 3), (["rm", "1"], 3), (["move", "1", "--first"], 3),
    (["add", "Dune", "Dune", "--url", "https://a.example"], 2), (["import", "nowhere"], 3),
  ]

  @Test(arguments: idle)
  func `where nothing is kept, a command that keeps nothing makes no file`(
    words: [String], code: Int32
  ) throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": "", "XDG_DATA_HOME": favs.folder + "/a"]
      let outcome = try favs.words(words)
      #expect(outcome.code == code, "\(outcome)")
      #expect(!FileManager.default.fileExists(atPath: favs.folder + "/a"))
    }
  }

  @Test func `two that cannot both be added leave no file`() throws {
    try withFavs { favs in
      let outcome = try favs("add", "https://a.example", "https://a.example")
      #expect(outcome.code == 4)
      #expect(names(favs).isEmpty)
      #expect(try favs("add", "https://a.example").output.hasPrefix("1\t"))
    }
  }

  @Test func `an archive that was cut off leaves no file`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "Solaris", "-c", "books")
      let archive = try favs("export", "--full").output
      let lines = archive.split(separator: "\n").map { $0 + "\n" }
      try lines.dropLast().joined().write(
        toFile: favs.folder + "/cut", atomically: true, encoding: .utf8)
      try archive.write(toFile: favs.folder + "/whole", atomically: true, encoding: .utf8)
      favs.environment["FAVS_DB"] = favs.folder + "/new.db"
      let cut = try favs("import", favs.folder + "/cut")
      #expect(cut.code == 8, "\(cut)")
      #expect(!names(favs).contains { $0.hasPrefix("new.db") || $0.hasPrefix(".favs-new") })
      let whole = try favs("import", favs.folder + "/whole")
      #expect(whole.code == 0, "\(whole)")
      #expect(try favs("export", "--full").output == archive)
      #expect(!names(favs).contains { $0.hasPrefix(".favs-new") })
    }
  }

  @Test(arguments: ["nd/", "nd/x/", "nd/.", "nd/.."], [["add", "x"], ["undo"], ["list"]])
  func `a path that ends like a folder is refused and makes none`(
    path: String, words: [String]
  ) throws {
    try withFavs { favs in
      let whole = favs.folder + "/" + path
      let outcome = try favs.words(["--db", whole] + words)
      #expect(outcome.code == 2)
      #expect(
        outcome.error == "favs: '\(whole)' is a folder\nhint: name a file\n")
      #expect(names(favs).isEmpty)
    }
  }

  @Test(arguments: [
    ["help"], ["help", "add"], ["version"], ["man"], ["man", "add"], ["completions", "bash"],
  ])
  func `what needs no file needs no home`(words: [String]) throws {
    try withFavs { favs in
      let named = try favs.words(words)
      favs.environment = ["FAVS_DB": "", "HOME": ""]
      let nameless = try favs.words(words)
      #expect(nameless == named)
      #expect(nameless.code == 0)
      let list = try favs("list")
      #expect(list.code == 2)
      #expect(list.error.hasPrefix("favs: no folder for the database"), "\(list)")
    }
  }

  @Test
  func `a person's own files that are called as if favs had left them behind survive all of it`()
    throws
  {
    try withFavs { favs in
      let folder = favs.folder
      favs.environment["TMPDIR"] = folder
      let left = "favs-import-0123456789abcdef01234567/copy.db"
      let own = [
        "favs-import-2026/keep.txt", ".favs-new-notes.txt",
        "favs-import-0123456789abcdef01234567x/copy.db",
        "favs-import-fedcba9876543210fedcba98/keep.txt", "favs-edit-letter.txt",
      ]
      for name in own + [left, ".favs-new-0123456789abcdef"] {
        let path = URL(fileURLWithPath: folder + "/" + name)
        try FileManager.default.createDirectory(
          at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("x".utf8).write(to: path)
      }
      func isThere(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/" + name)
      }
      try favs("add", "Dune", "-c", "b")
      #expect(!isThere(".favs-new-0123456789abcdef"))
      try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/.favs-new-0123456789abcdef"))
      try favs("list")
      try favs("import", "-", "-n", input: "https://a.example\n")
      try favs("rm", "1", "-n")
      #expect(isThere(left) && isThere(".favs-new-0123456789abcdef"))
      #expect(try favs("import", "-", input: "https://b.example\n").code == 0)
      #expect(try favs("export", folder + "/out.jsonl").code == 0)
      #expect(try favs("rm", "1").code == 0)
      #expect(try favs("trash", "empty", "--all", "--yes").code == 0)
      #expect(!isThere(left) && !isThere(".favs-new-0123456789abcdef"))
      for name in own { #expect(isThere(name), "\(name)") }
    }
  }

  @Test func `a category without favourites that comes back is told`() throws {
    try withFavs { favs in
      try favs("category", "add", "p")
      try favs("category", "rm", "p")
      expectSame(
        try favs("restore", "-c", "p"),
        Outcome(0, error: "category 'p' restored; no favourites were removed with it\n"))
      #expect(try favs("category", "show", "p").code == 0)
    }
  }

  @Test func `what was made and could not be told is named, with what reverts it`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      try favs("rm", "1")
      #expect(
        try hint(favs, "restore", "1") == "change 3 was saved anyway; favs undo reverts it"
      )
      #expect(try hint(favs, "undo") == "change 4 was saved anyway; favs redo reverts it")
      #expect(
        try hint(favs, "trash", "empty", "--all", "--yes")
          == "change 5 was saved anyway; it cannot be undone")
      let copy = favs.folder + "/copy.db"
      #expect(try hint(favs, "backup", "create", copy) == "'\(copy)' was written anyway")
      let saved = favs.folder + "/saved.db"
      #expect(try hint(favs, "doctor", "--salvage", saved) == "'\(saved)' was written anyway")
      let made = try #require(try hint(favs, "backup", "create"))
      #expect(made.hasPrefix("'\(favs.folder)/favs.db.backups/"), "\(made)")
      #expect(made.hasSuffix("' was written anyway"), "\(made)")
    }
  }

  @Test(arguments: [["list"], ["add", "Solaris"]])
  func `a pipe in the place of the journal is told, not waited for`(words: [String]) throws {
    try withFavs { favs in
      try favs("add", "Dune")
      #expect(mkfifo(favs.database + "-journal", 0o600) == 0)
      let outcome = try favs.words(words)
      #expect(outcome.code == 6)
      #expect(
        outcome.error
          == "favs: '\(favs.database)-journal' is not a plain file\n"
          + "hint: move it away: it has the name of the journal of '\(favs.database)'\n")
    }
  }

  @Test(arguments: [
    ["add", "x", "-n"], ["rm", "1", "-n"], ["undo", "--dry-run"],
    ["trash", "empty", "--all", "-n"],
    ["category", "add", "x", "-n"],
  ])
  func `a rehearsal leaves a file of an older version as it is`(words: [String]) throws {
    try withFavs { favs in
      try writeOlder(favs)
      let bytes = FileManager.default.contents(atPath: favs.database)
      let outcome = try favs.words(words)
      #expect(outcome.code == 4)
      #expect(outcome.error.contains("was made by an older favs"), "\(outcome)")
      #expect(FileManager.default.contents(atPath: favs.database) == bytes)
      #expect(names(favs) == ["favs.db"])
      #expect(try favs("list").code == 0)
      #expect(try favs.words(words).code == 0)
    }
  }

  @Test(arguments: [false, true])
  func `doctor looks at a file of an older version, and leaves it as it is`(isDamaged: Bool) throws
  {
    try withFavs { favs in
      try writeOlder(favs)
      if isDamaged {
        let file = try #require(FileHandle(forUpdatingAtPath: favs.database))
        try file.seek(toOffset: 2 * 4_096)
        try file.write(contentsOf: Data(repeating: 0xFF, count: 4_096))
        try file.close()
      }
      let bytes = FileManager.default.contents(atPath: favs.database)
      let outcome = try favs("doctor")
      #expect(outcome.code == (isDamaged ? 1 : 0), "\(outcome)")
      #expect(
        outcome.output.contains(
          isDamaged ? "bad\tSQLite finds no damage\t" : "ok\tSQLite finds no damage\t"))
      #expect(outcome.error.contains("was made by an older favs"))
      #expect(FileManager.default.contents(atPath: favs.database) == bytes)
      #expect(names(favs) == ["favs.db"])
      guard !isDamaged else { return }
      #expect(try favs("doctor", "--fix").code == 0)
      #expect(try !favs("doctor").error.contains("older"))
      #expect(names(favs).contains("favs.db.backups"))
    }
  }

  /// A file of an older version in the place of the favourites.
  private func writeOlder(_ favs: Favs) throws {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/version-1.sql")
    let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
    #expect(
      FileManager.default.createFile(atPath: favs.database, contents: nil, attributes: mode))
    try Connection(unhardened: favs.database, access: .readWrite)
      .execute(String(contentsOf: fixture, encoding: .utf8))
  }

  /// Runs a command line whose output cannot be written; gives the hint.
  private func hint(_ favs: Favs, _ words: String...) throws -> String? {
    let outcome = try favs.run(words.map { Array($0.utf8) }, outputTo: "/dev/full")
    #expect(outcome.code == 7, "\(outcome)")
    let lines = outcome.error.split(separator: "\n")
    return lines.first { $0.hasPrefix("hint: ") }.map { String($0.dropFirst(6)) }
  }

  /// What is in the folder, beside the log.
  private func names(_ favs: Favs) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: favs.folder)) ?? []
    return all.filter { $0 != ".local" }
  }
}
