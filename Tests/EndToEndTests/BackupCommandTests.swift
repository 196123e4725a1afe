import Foundation
import TestSupport
import Testing

@Suite struct BackupCommandTests {
  @Test func `a database is not written to standard output, nor to a file called minus`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      let hint = "hint: name a file; favs export --full - writes all that is in it as text\n"
      let why = "a database cannot be written to standard output\n"
      #expect(try favs("backup", "-") == Outcome(2, "", error: "favs: " + why + hint))
      #expect(
        try favs("doctor", "--salvage", "-")
          == Outcome(2, "", error: "favs: --salvage: " + why + hint))
      #expect(
        try favs("--db", "-", "add", "Dune").error
          == "favs: a database is not read from standard input, nor written to standard output\n"
          + "hint: name a file; ./- is one called so\n")
      #expect(try !FileManager.default.contentsOfDirectory(atPath: favs.folder).contains("-"))
    }
  }

  @Test func `a backup is made, listed and gone back to`() throws {
    try withFavs { favs in
      #expect(try favs("backup").code == 3)
      try favs("add", "Dune", "-c", "books")
      let made = try favs("backup")
      let path = made.output.trimmingCharacters(in: .newlines)
      #expect(path.hasPrefix(favs.database + ".backups/"))
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      try favs("add", "Solaris")
      let name = try #require(
        try favs("backup", "list", "--json").objects.first?["name"] as? String)
      let refused = try favs("backup", "restore", name)
      #expect(refused.code == 4)
      #expect(try favs("list", "--fields", "title").output == "Dune\nSolaris\n")
      let restored = try favs("backup", "restore", name, "--yes")
      #expect(restored.code == 0)
      #expect(try favs("list", "--fields", "title").output == "Dune\n")
      let back = restored.error.split(separator: " ").first { $0.hasSuffix("-restore.db") }
      #expect(try favs("backup", "restore", String(back ?? ""), "--yes").code == 0)
      #expect(try favs("list", "--fields", "title").output == "Dune\nSolaris\n")
    }
  }

  @Test func `cron keeps the last few`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      let folder = favs.folder + "/usb"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      for _ in 0..<4 { #expect(try favs("backup", folder, "--keep", "2").code == 0) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
      for _ in 0..<3 { #expect(try favs("backup", "--keep", "1").code == 0) }
      #expect(try favs("backup", "list", "--json").objects.count == 1)
      #expect(try favs("backup", folder + "/x.db", "--keep", "1").code == 2)
    }
  }

  /// It was said that the favourites cannot be used.
  @Test func `a link to a folder is a way to it`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      try FileManager.default.createDirectory(
        atPath: favs.folder + "/usb", withIntermediateDirectories: false)
      try FileManager.default.createSymbolicLink(
        atPath: favs.folder + "/link", withDestinationPath: "usb")
      let made = try favs("backup", favs.folder + "/link", "--keep", "1")
      #expect(made.code == 0 && made.output.hasPrefix(favs.folder + "/link/2"), "\(made)")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: favs.folder + "/usb").count == 1)
    }
  }

  @Test func `a mistyped command is no file`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      let outcome = try favs("backup", "lst")
      #expect(outcome.code == 2)
      #expect(outcome.error.contains("did you mean 'backup list'?"))
    }
  }

  @Test func `an import is preceded by a backup, and a rehearsal by none`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      try favs("import", "-", "--dry-run", input: "https://a.org\n")
      #expect(try favs("backup", "list").output == "")
      try favs("import", "-", input: "https://a.org\n")
      let backups = try favs("backup", "list", "--json").objects
      #expect(backups.map { $0["reason"] as? String } == ["import"])
    }
  }
}
