import Foundation
import SQLite
import TestSupport
import Testing

/// Files that others hold for longer than favs waits.
struct WaitingTests {
  /// All of them wait at once, since each waits for ten seconds.
  @Test func `after ten seconds of waiting it is told that the file is busy`() throws {
    try withFavs { favs in
      // Another program holds the one, another favs the lock of the other.
      var other = favs
      other.environment = ["FAVS_DB": favs.folder + "/other.db"]
      try favs("add", "x")
      try other("add", "x")
      let connection = try Connection(unhardened: favs.database, access: .readWrite)
      try connection.execute("BEGIN EXCLUSIVE")
      let lock = open(favs.folder + "/other.db.lock", O_RDWR | O_CLOEXEC)
      #expect(flock(lock, LOCK_EX) == 0)
      let messages = (
        program: "favs: '\(favs.database)' is busy: another program is writing\n"
          + "hint: try again when it is done\n",
        favs: "favs: '\(favs.folder)/other.db' is busy: another favs is writing\n"
          + "hint: try again when it is done\n"
      )
      try favs("config", "sort", "title")
      let settings = favs.folder + "/.config/favs"
      let folder = open(settings, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      #expect(flock(folder, LOCK_EX) == 0)
      let start = Date()
      let runs: [(run: Favs.Running, error: String, message: String)] = [
        (
          try favs.start("add", "y", error: favs.folder + "/1"), favs.folder + "/1",
          messages.program
        ),
        (
          try favs.start("list", error: favs.folder + "/2"), favs.folder + "/2", messages.program
        ),
        (try other.start("add", "y", error: favs.folder + "/3"), favs.folder + "/3", messages.favs),
        (
          try other.start("rm", "1", "-n", error: favs.folder + "/4"), favs.folder + "/4",
          messages.favs
        ),
        (
          try favs.start("config", "--unset", "sort", error: favs.folder + "/5"),
          favs.folder + "/5",
          "favs: '\(settings)/config' is busy: another favs is writing\n"
            + "hint: try again when it is done\n"
        ),
      ]
      for (run, error, message) in runs {
        #expect(try run.end() == 5)
        #expect(try String(contentsOfFile: error, encoding: .utf8) == message)
      }
      #expect(Date().timeIntervalSince(start) > 9)
      // Who only reads does not queue.
      #expect(try other("list", "--fields", "title").output == "x\n")
      connection.rollBack()
      close(lock)
      close(folder)
      #expect(try favs("config", "sort").output == "title\n")
      for each in [favs, other] {
        #expect(try each("add", "z", "--fields", "id").output == "2\n")
      }
    }
  }

  /// What a rank names is looked up when it is a command's turn, not when it begins to wait.
  @Test func `each of those who wait removes what has the rank by then`() throws {
    try withFavs { favs in
      for title in ["a", "b", "c", "d", "e"] { try favs("add", title) }
      let lock = open(favs.database + ".lock", O_RDWR | O_CLOEXEC)
      #expect(flock(lock, LOCK_EX) == 0)
      let runs = [
        try favs.start("rm", "inbox#1"), try favs.start("rm", "inbox#1"),
        try favs.start("move", "inbox#1", "--to", "first"),
        try favs.start("edit", "inbox#1", "-t", "mine"),
      ]
      usleep(500_000)
      #expect(try favs("list", "--fields", "title").output == "a\nb\nc\nd\ne\n")
      close(lock)
      for run in runs { #expect(try run.end() == 0) }
      #expect(try favs("trash", "list", "--count").output == "2\n")
      #expect(try favs("list", "first", "--count").output == "1\n")
      #expect(try favs("list", "inbox", "--count").output == "2\n")
    }
  }

  /// It keeps its place in the row, and nobody in front of it.
  @Test func `who was stopped while it waited holds up nobody for long`() throws {
    try withFavs { favs in
      try favs("add", "x")
      let lock = open(favs.database + ".lock", O_RDWR | O_CLOEXEC)
      #expect(flock(lock, LOCK_EX) == 0)
      let stopped = try favs.start("add", "stopped")
      usleep(300_000)
      stopped.signal(SIGSTOP)
      let behind = try favs.start("add", "behind")
      usleep(300_000)
      close(lock)
      #expect(try behind.end() == 0)
      #expect(try favs("list", "--fields", "title").output == "x\nbehind\n")
      stopped.signal(SIGCONT)
      #expect(try stopped.end() == 0)
      #expect(try favs("list", "--fields", "title").output == "x\nbehind\nstopped\n")
    }
  }
}
