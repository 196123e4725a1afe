import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a stranger gives, or lays beside a file.
struct HostileFileTests {
  /// Lays a journal beside the file that names another, which SQLite would remove.
  private func plant(beside database: String, naming victim: String) throws {
    let name = Array(victim.utf8)
    func big(_ number: Int) -> [UInt8] {
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).bigEndian) { Array($0) }
    }
    let bytes =
      [UInt8](repeating: 1, count: 512) + [0, 0, 0, 0] + name + big(name.count)
      + big(name.reduce(0) { $0 + Int($1) }) + [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
    try Data(bytes).write(to: URL(fileURLWithPath: database + "-journal"))
    try Data("precious".utf8).write(to: URL(fileURLWithPath: victim))
  }

  @Test(arguments: [
    ["list"], ["search", "Dune"], ["show", "1"], ["add", "x"], ["add", "x", "-n"], ["rm", "1"],
    ["undo"], ["history"], ["export", "--full"], ["backup"], ["backup", "copy.db"], ["doctor"],
    ["doctor", "--fix"], ["trash", "empty", "--all", "--yes"], ["import", "/dev/null"],
  ])
  func `a gift with a journal that names a file of mine costs me nothing`(words: [String]) throws {
    try withFavs { favs in
      try favs("add", "Dune")
      let victim = favs.folder + "/thesis.txt"
      try plant(beside: favs.database, naming: victim)
      let before = try favs.bytes("favs.db")
      let outcome = try favs.run(words.map { Array($0.utf8) })
      #expect(outcome.code == 6, "\(outcome)")
      #expect(
        outcome.error.hasPrefix(
          "favs: '\(favs.database)-journal' would remove another file\n"), "\(outcome)")
      #expect(try favs.bytes("thesis.txt") == Array("precious".utf8))
      #expect(try favs.bytes("favs.db") == before)
    }
  }

  @Test func `nor is it taken for an older backup, restored or imported`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      let (gift, victim) = (favs.folder + "/gift.db", favs.folder + "/thesis.txt")
      #expect(try favs("backup", gift).code == 0)
      try plant(beside: gift, naming: victim)
      for words in [
        ["backup", gift], ["backup", "restore", gift, "--yes"], ["import", gift],
        ["doctor", "--salvage", favs.folder + "/new.db"],
      ] {
        let line = (words[0] == "doctor" ? ["--db", gift] : []) + words
        let outcome = try favs.run(line.map { Array($0.utf8) })
        #expect([0, 6, 8].contains(outcome.code), "\(words): \(outcome)")
        #expect(try favs.bytes("thesis.txt") == Array("precious".utf8), "\(words)")
        #expect(try favs("list", "--fields", "title").output == "Dune\n", "\(words)")
      }
    }
  }

  @Test(arguments: ["-journal", "-wal", "-shm", ".lock"])
  func `what has the name of a journal or a lock is no file of favourites`(ending: String) throws {
    try withFavs { favs in
      let path = favs.folder + "/a.db" + ending
      let refusal = Outcome(
        2,
        error: "favs: '\(path)' has the name of a database's journal or lock\n"
          + "hint: use a name that does not end in -journal, -wal, -shm or .lock\n")
      for words in ["add x", "list", "doctor", "export"] {
        let line = ["--db", path] + words.split(separator: " ").map(String.init)
        expectSame(try favs.run(line.map { Array($0.utf8) }), refusal)
      }
      favs.environment["FAVS_DB"] = path
      expectSame(try favs("list"), refusal)
      favs.environment = [:]
      try favs("add", "Dune")
      expectSame(try favs("backup", path), refusal)
      expectSame(try favs("doctor", "--salvage", path), refusal)
      let names = try FileManager.default.contentsOfDirectory(atPath: favs.folder).sorted()
      #expect(names.filter { $0 != ".local" } == ["favs.db", "favs.db.lock"])
    }
  }

  @Test func `a folder of backups that others may write to is not trusted`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      let made = try favs("backup").output.trimmingCharacters(in: .newlines)
      let name = (made as NSString).lastPathComponent
      #expect(chmod(favs.database + ".backups", 0o777) == 0)
      for words in [["backup"], ["backup", "list"], ["backup", "restore", name, "--yes"]] {
        let outcome = try favs.run(words.map { Array($0.utf8) })
        #expect(outcome.code == 6, "\(words): \(outcome)")
        #expect(
          outcome.error.hasPrefix("favs: other users can write to '\(favs.database).backups'\n"))
      }
      #expect(try favs("doctor", "--fix").code == 0)
      #expect(try favs("backup", "restore", name, "--yes").code == 0)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "this user cannot give a folder away"))
  func `a folder of backups of another user is not trusted`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      let made = try favs("backup").output.trimmingCharacters(in: .newlines)
      #expect(chown(favs.database + ".backups", 12_345, 12_345) == 0)
      let name = (made as NSString).lastPathComponent
      for words in [["backup"], ["backup", "list"], ["backup", "restore", name, "--yes"]] {
        let outcome = try favs.run(words.map { Array($0.utf8) })
        expectSame(
          outcome,
          Outcome(
            6,
            error: "favs: '\(favs.database).backups' belongs to another user\n"
              + "hint: move it away; favs creates another\n"))
      }
    }
  }

  @Test func `doctor takes from others only what they are not to have`() throws {
    try withFavs { favs in
      let folder = favs.folder + "/shown"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      favs.environment["FAVS_DB"] = folder + "/favs.db"
      try favs("add", "Dune")
      for (before, after) in [(0o775, 0o755), (0o2777, 0o2755), (0o751, 0o751), (0o1777, 0o1777)] {
        #expect(chmod(folder, mode_t(before)) == 0)
        try favs("doctor", "--fix")
        let attributes = try FileManager.default.attributesOfItem(atPath: folder)
        #expect(attributes[.posixPermissions] as? Int == after, "\(String(before, radix: 8))")
      }
    }
  }

  @Test func `an archive cannot use up the numbers`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      let archive = try favs("export", "--full").output
      var tried = 0
      for (name, seq) in [("change", 1), ("favourite", 1), ("category", 1)] {
        let row = #"{"sqlite_sequence":{"name":"\#(name)","seq":\#(seq)}}"#
        #expect(archive.contains(row))
        let hostile = archive.replacingOccurrences(
          of: row, with: row.replacingOccurrences(of: ":\(seq)}", with: ":9223372036854775806}"))
        favs.environment["FAVS_DB"] = favs.folder + "/\(name).db"
        let outcome = try favs("import", "-", input: hostile)
        #expect(outcome.code == 8, "\(outcome)")
        #expect(outcome.error.contains("9223372036854775806 is too large"))
        #expect(try favs("add", "Solaris").code == 0)
        tried += 1
      }
      #expect(tried == 3)
    }
  }
}
