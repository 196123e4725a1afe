import Foundation
import TestSupport
import Testing

/// What favs writes never takes the place of favourites, and what lies beside a file never destroys
/// the next one.
struct PlacingTests {
  @Test(arguments: ["favs.db", "./favs.db", "link.db", "other.db", "kept.db"])
  func `an export does not take the place of a database`(target: String) throws {
    try withFavs { favs in
      try favs.fill()
      for name in [favs.database, favs.folder + "/other.db", favs.folder + "/kept.db"] {
        #expect(FileManager.default.fileExists(atPath: name))
      }
      let before = try favs.bytes("favs.db") + favs.bytes("other.db") + favs.bytes("kept.db")
      for words in [[], ["--full"], ["--format", "csv", "-q"]] {
        let path = favs.folder + "/" + target
        let outcome = try favs.run((["export", path] + words).map { Array($0.utf8) })
        expectSame(
          outcome,
          Outcome(
            4,
            error: "favs: '\(path)' is a database, and the export would replace it\n"
              + "hint: name another file; favs backup copies the database\n"))
      }
      #expect(
        try favs.bytes("favs.db") + favs.bytes("other.db") + favs.bytes("kept.db") == before)
    }
  }

  @Test(arguments: ["-journal", "-wal", "-shm", ".lock"])
  func `nothing takes the name of a journal or a lock`(ending: String) throws {
    try withFavs { favs in
      try favs.fill()
      let target = favs.database + ending
      let lock = try? FileManager.default.attributesOfItem(atPath: target)[.systemFileNumber]
      for words in [["export"], ["backup"], ["doctor", "--salvage"]] {
        let outcome = try favs.run((words + [target]).map { Array($0.utf8) })
        #expect(
          outcome.code
            == (words == ["export"]
              || FileManager.default.fileExists(atPath: target) && words[0] == "doctor" ? 4 : 2),
          "\(words): \(outcome)")
      }
      #expect(
        FileManager.default.fileExists(atPath: target) == (ending == ".lock"), "\(ending)")
      let after = try? FileManager.default.attributesOfItem(atPath: target)[.systemFileNumber]
      #expect(lock as? Int == after as? Int)
      #expect(try favs("list", "--fields", "title").output == "Dune\n")
    }
  }

  @Test func `a backup takes the place of an older one, and of no other favourites`() throws {
    try withFavs { favs in
      try favs.fill()
      let kept = favs.folder + "/kept.db"
      try favs("add", "Solaris")
      #expect(try favs("backup", kept).code == 0)
      #expect(try favs("--db", kept, "list", "--fields", "title").output == "Dune\nSolaris\n")
      // Another's favourites, and a copy that has gone on by itself.
      try favs("--db", kept, "add", "Only here")
      for target in [favs.folder + "/other.db", kept] {
        expectSame(
          try favs("backup", target),
          Outcome(
            4,
            error:
              "favs: '\(target)' is not an older backup of this database: it has other changes\n"
              + "hint: name another file, or remove it first\n"))
      }
      #expect(
        try favs("--db", kept, "list", "--fields", "title").output == "Dune\nSolaris\nOnly here\n")
    }
  }

  @Test func `a backup of what another hand added something to is refused`() throws {
    try withFavs { favs in
      try favs.fill()
      try favs.execute("CREATE TABLE mine(x)")
      let outcome = try favs("backup", favs.folder + "/new.db")
      #expect(outcome.code == 6)
      #expect(outcome.error.hasPrefix("favs: '\(favs.database)' does not have favs' layout"))
      #expect(!FileManager.default.fileExists(atPath: favs.folder + "/new.db"))
    }
  }

  @Test func `a journal whose file is gone does not destroy the next file`() throws {
    try withFavs { favs in
      try favs.fill()
      let backup = try favs("backup", "create").output.trimmingCharacters(in: .newlines)
      let journal = try favs.hotJournal()
      let ways: [([String], String)] = [
        (["add", "hello"], "hello\n"),
        (["backup", "restore", backup, "--yes"], "Dune\n"),
        (["--db", "BACKUP", "doctor", "--salvage", favs.database], "Dune\n"),
        (["--db", "BACKUP", "backup", favs.database], "Dune\n"),
      ]
      let copy = favs.folder + "/copy.db"
      try FileManager.default.copyItem(atPath: backup, toPath: copy)
      for (words, titles) in ways {
        try? FileManager.default.removeItem(atPath: favs.database)
        try Data(journal).write(to: URL(fileURLWithPath: favs.database + "-journal"))
        let line = words.map { Array(($0 == "BACKUP" ? copy : $0).utf8) }
        let outcome = try favs.run(line)
        #expect(outcome.code == 0, "\(words): \(outcome)")
        #expect(try favs("list", "--fields", "title").output == titles, "\(words)")
        #expect(try favs("doctor").code == 0, "\(words)")
        let aside = try FileManager.default.contentsOfDirectory(atPath: favs.folder).filter {
          $0.hasPrefix("favs.db.damaged-") && $0.hasSuffix("-journal")
        }
        #expect(aside.count == 1, "\(words)")
        for name in aside {
          #expect(try favs.bytes(name) == journal)
          try FileManager.default.removeItem(atPath: favs.folder + "/" + name)
        }
      }
    }
  }

  @Test func `a backup that was just made stays, though others are dated later`() throws {
    try withFavs { favs in
      try favs.fill()
      let made = try favs("backup", "create").output.trimmingCharacters(in: .newlines)
      let folder = favs.database + ".backups/"
      for day in 1...5 {
        try FileManager.default.copyItem(
          atPath: made, toPath: folder + "2130010\(day)T000000000Z-import.db")
        try FileManager.default.copyItem(
          atPath: made, toPath: folder + "2130010\(day)T000000000Z-asked.db")
      }
      try favs("add", "precious")
      let name = String(made.dropFirst(folder.count))
      let restored = try favs("backup", "restore", name, "--yes")
      let back = restored.error.split(separator: " ").first { $0.hasSuffix("-restore.db") }
      #expect(try favs("backup", "restore", String(back ?? ""), "--yes").code == 0)
      #expect(try favs("list", "--fields", "title").output == "Dune\nprecious\n")
      let last = try favs("backup", "--keep", "2").output.trimmingCharacters(in: .newlines)
      #expect(FileManager.default.fileExists(atPath: last))
    }
  }

  @Test func `the oldest backup of all can be gone back to, and stays`() throws {
    try withFavs { favs in
      try favs.fill()
      for number in 1...5 { try favs("import", "-", input: "https://example.org/\(number)\n") }
      let oldest = try #require(
        try favs("backup", "list", "--json").objects.last?["name"] as? String)
      for _ in 0..<2 {
        #expect(try favs("backup", "restore", oldest, "--yes").code == 0)
        #expect(try favs("list", "--fields", "title").output == "Dune\n")
      }
    }
  }

  @Test func `the file is not gone back to itself, and a damaged backup is blamed itself`() throws {
    try withFavs { favs in
      try favs.fill()
      expectSame(
        try favs("backup", "restore", favs.database, "--yes"),
        Outcome(
          4,
          error: "favs: '\(favs.database)' is the database itself\n"
            + "hint: name another file for the backup\n"))
      let cut = favs.folder + "/cut.db"
      try Data(favs.bytes("kept.db").prefix(9_000)).write(to: URL(fileURLWithPath: cut))
      let outcome = try favs("backup", "restore", cut, "--yes")
      #expect(outcome.code == 6)
      #expect(outcome.error.hasPrefix("favs: '\(cut)' is damaged"))
      #expect(try favs("backup", "list").output == "")
    }
  }

  @Test func `an error names the file that was asked for, and not its draft`() throws {
    try withFavs { favs in
      try favs.fill()
      let folder = favs.folder + "/nowhere"
      for words in [["export", folder + "/x.jsonl"], ["backup", folder + "/x.db"]] {
        let outcome = try favs.run(words.map { Array($0.utf8) })
        #expect(outcome.code == 7)
        #expect(!outcome.error.contains(".favs-new-"), "\(outcome)")
        #expect(outcome.error.contains("'\(folder)"), "\(outcome)")
      }
    }
  }
}

extension Favs {
  /// One favourite, another file with one of its own, and a copy of the first.
  fileprivate func fill() throws {
    try self("add", "Dune")
    try self("--db", folder + "/other.db", "add", "Other")
    try self("backup", folder + "/kept.db")
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/link.db", withDestinationPath: "favs.db")
  }

  func bytes(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
  }

  /// Runs SQL on the file by the program of another.
  fileprivate func execute(_ sql: String) throws {
    let ran = try runSQL(sql, on: database)
    #expect(ran.code == 0, "\(ran.output)")
  }

  /// The journal of a change to the file that was broken off when its pages had been written.
  fileprivate func hotJournal() throws -> [UInt8] {
    let script = """
      import os, sqlite3, sys
      c = sqlite3.connect(sys.argv[1], isolation_level=None)
      c.execute("PRAGMA cache_size=1")
      c.execute("BEGIN IMMEDIATE")
      c.execute("CREATE TABLE filler(x)")
      for n in range(2000): c.execute("INSERT INTO filler VALUES(zeroblob(900))")
      c.execute("UPDATE favourite SET title = 'never committed'")
      sys.stdout.buffer.write(open(sys.argv[1] + "-journal", "rb").read())
      sys.stdout.flush()
      os._exit(0)
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, folder + "/kept.db"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(bytes.starts(with: [0xD9, 0xD5, 0x05, 0xF9]))
    return Array(bytes)
  }
}
