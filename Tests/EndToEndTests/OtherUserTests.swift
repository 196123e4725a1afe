import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Root at work in the home of another user, as by `sudo` that keeps `$HOME`.
@Suite(
  .enabled(
    if: geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv"),
    "this user is not root, or there is no setpriv"))
struct OtherUserTests {
  private static let user: uid_t = 12_345

  /// Hands over a home of another user, and a program that this user may run.
  private func inHome(_ body: (Favs) throws -> Void) throws {
    try withFavs { favs in
      // By another program: what this one has open to write, its other children hold for a moment,
      // and none of it can be run until then.
      #expect(try favs.inShell("cp $F $D/favs && chmod 755 $D/favs").code == 0)
      #expect(chown(favs.folder, Self.user, Self.user) == 0)
      favs.environment = ["HOME": favs.folder, "FAVS_LOG": "info"]
      try body(favs)
    }
  }

  private func asUser(_ favs: Favs, _ words: String) throws -> Outcome {
    try favs.inShell(
      "setpriv --reuid \(Self.user) --regid \(Self.user) --clear-groups $D/favs \(words) </dev/null"
    )
  }

  private func asRoot(_ favs: Favs, _ words: String) throws -> Outcome {
    try favs.inShell("$D/favs \(words) </dev/null")
  }

  /// What below the home does not belong to its owner.
  private func left(_ favs: Favs) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: favs.folder).filter { name in
      let attributes = try FileManager.default.attributesOfItem(atPath: favs.folder + "/" + name)
      return attributes[.ownerAccountID] as? Int != Int(Self.user)
    }.filter { $0 != "favs" && !$0.hasPrefix("shell-") }.sorted()
  }

  @Test func `root leaves nothing that keeps the user out`() throws {
    try inHome { favs in
      #expect(try asUser(favs, "add Dune").code == 0)
      let file = favs.folder + "/.local/share/favs/favs.db"
      for words in [
        "add Solaris", "backup", "rm 1", "undo", "import /dev/null", "trash empty --all --yes",
        "doctor --fix", "backup restore \(favs.folder)/none --yes", "list",
      ] {
        _ = try asRoot(favs, "--db \(file) \(words)")
        _ = try asRoot(favs, words)
        #expect(try left(favs) == [], "\(words)")
      }
      for words in ["add Ubik", "import /dev/null", "backup", "rm 2", "undo", "doctor", "list"] {
        let outcome = try asUser(favs, words)
        #expect(outcome.code == 0, "\(words): \(outcome)")
      }
    }
  }

  @Test func `a lock that root left behind once is given back`() throws {
    try inHome { favs in
      #expect(try asUser(favs, "add Dune").code == 0)
      let file = favs.folder + "/.local/share/favs/favs.db"
      #expect(chown(file + ".lock", 0, 0) == 0)
      #expect(try asUser(favs, "add Solaris").code == 7)
      #expect(try asRoot(favs, "--db \(file) add Solaris").code == 0)
      #expect(try asUser(favs, "add Ubik").code == 0)
      // But no file in which anything is: the user may have put it there.
      try Data("secret".utf8).write(to: URL(fileURLWithPath: file + ".lock"))
      #expect(chown(file + ".lock", 0, 0) == 0)
      _ = try asRoot(favs, "--db \(file) add Emma")
      #expect(try left(favs) == [".local/share/favs/favs.db.lock"])
    }
  }

  /// The owner of a file who lets all write to it could lay whatever is to be played back.
  @Test func `a file of another is not rolled back for that user`() throws {
    try inHome { favs in
      let theirs = favs.folder + "/theirs"
      try FileManager.default.createDirectory(
        atPath: theirs, withIntermediateDirectories: false)
      #expect(try asRoot(favs, "--db $D/theirs/favs.db add Dune -q").code == 0)
      // Pages go into the file, and what they were into the journal, before the change is whole.
      let script = """
        import shutil, sqlite3
        favs = sqlite3.connect('\(theirs)/favs.db', isolation_level=None)
        favs.execute('PRAGMA cache_size=1')
        favs.execute('BEGIN')
        favs.execute('UPDATE favourite SET note = hex(zeroblob(500000))')
        for end in ['', '-journal']: shutil.copy('\(theirs)/favs.db' + end, '\(theirs)/hot.db' + end)
        """
      try Data(script.utf8).write(to: URL(fileURLWithPath: favs.folder + "/half.py"))
      #expect(try favs.inShell("python3 $D/half.py").code == 0)
      for (name, mode) in [("", 0o755), ("/hot.db", 0o666), ("/hot.db-journal", 0o644)] {
        #expect(chown(theirs + name, 54_321, 54_321) == 0)
        #expect(chmod(theirs + name, mode_t(mode)) == 0)
      }
      let outcome = try asUser(favs, "--db $D/theirs/hot.db list")
      #expect(outcome.code == 6, "\(outcome)")
      #expect(outcome.error.contains("hot.db-journal"), "\(outcome)")
      #expect(FileManager.default.fileExists(atPath: theirs + "/hot.db-journal"))
    }
  }

  @Test func `root does not take another's file for its own unless it is named`() throws {
    try inHome { favs in
      let none = try asRoot(favs, "add Dune")
      #expect(none.code == 6, "\(none)")
      #expect(none.error.hasPrefix("favs: '\(favs.folder)' belongs to another user\n"))
      #expect(try asUser(favs, "add Dune").code == 0)
      let file = favs.folder + "/.local/share/favs/favs.db"
      for words in [
        "list", "add x", "add x -n", "rm 1", "undo", "export", "backup", "backup $D/copy.db",
        "import /dev/null", "doctor", "doctor --salvage $D/new.db", "backup restore \(file) --yes",
      ] {
        let outcome = try asRoot(favs, words)
        #expect(outcome.code == 6, "\(words): \(outcome)")
        #expect(
          outcome.error.hasPrefix("favs: '\(file)' belongs to another user\n"),
          "\(words): \(outcome)")
      }
      #expect(try asRoot(favs, "--db \(file) list").code == 0)
      #expect(try left(favs) == [])
    }
  }
}
