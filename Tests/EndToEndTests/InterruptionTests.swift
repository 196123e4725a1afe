import Foundation
import TestSupport
import Testing

/// Signals in the middle of a change.
struct InterruptionTests {
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `who interrupts an import has nothing of it, and no traceback`(
    number: Int32
  ) throws {
    try withFavs { favs in
      try favs("add", "first")
      let path = favs.folder + "/lines.jsonl"
      let lines = (1...30_000).map { "{\"title\":\"title \($0)\"}\n" }.joined()
      try Data(lines.utf8).write(to: URL(fileURLWithPath: path))
      let told = (output: favs.folder + "/told.out", error: favs.folder + "/told.err")
      try Data().write(to: URL(fileURLWithPath: told.output))
      let run = try favs.start("import", path, output: told.output, error: told.error)
      // The journal of a change that is under way.
      let deadline = Date().addingTimeInterval(30)
      while !FileManager.default.fileExists(atPath: favs.database + "-journal"), Date() < deadline {
        usleep(1_000)
      }
      usleep(20_000)
      run.signal(number)
      #expect(try run.end() == 128 + number)
      for path in [told.output, told.error] {
        #expect(FileManager.default.contents(atPath: path) == Data())
        try FileManager.default.removeItem(atPath: path)
      }
      expectSame(try favs("list", "--fields", "title"), Outcome(0, "first\n"))
      #expect(try favs("add", "second", "--fields", "id").output == "2\n")
      #expect(try favs("doctor").code == 0)
      // The log, the backup before the import, and nothing that was half made.
      let names = try FileManager.default.subpathsOfDirectory(atPath: favs.folder)
        .filter { !$0.hasPrefix(".local") && !$0.hasPrefix("favs.db.backups") }
      #expect(names.sorted() == ["favs.db", "favs.db.lock", "lines.jsonl"])
      let backups = favs.database + ".backups"
      #expect(try FileManager.default.contentsOfDirectory(atPath: backups).count <= 1)
    }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP], ["export", "backup"])
  func `who interrupts what writes a file has nothing of it in the folder`(
    number: Int32, command: String
  ) throws {
    try withFavs { favs in
      let lines = (1...20_000).map { "{\"title\":\"title \($0)\"}\n" }.joined()
      try favs("import", "-", input: lines)
      let folder = favs.folder + "/out"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      let run = try favs.start(command, folder + "/file")
      let deadline = Date().addingTimeInterval(30)
      func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
      }
      while try !names().contains(where: { $0.hasPrefix(".favs-new-") }), Date() < deadline {
        usleep(100)
      }
      run.signal(number)
      #expect(try run.end() == 128 + number)
      #expect(try names() == [])
    }
  }

  @Test func `who interrupts a sync that waits for git ends it at once`() throws {
    try withFavs { favs in
      try favs("add", "first")
      let asked = favs.folder + "/asked"
      try writeScript("#!/bin/sh\n: >'\(asked)'\nexec sleep 10\n", at: favs.folder + "/ssh")
      favs.environment["GIT_SSH"] = favs.folder + "/ssh"
      let run = try favs.start("sync", "init", "ssh://example.org/favs.git")
      let deadline = Date().addingTimeInterval(30)
      while !FileManager.default.fileExists(atPath: asked), Date() < deadline { usleep(1_000) }
      let start = Date()
      run.signal(SIGINT)
      #expect(try run.end() == 128 + SIGINT)
      #expect(Date().timeIntervalSince(start) < 9)
      #expect(try favs("sync", "status").code == 3)
    }
  }
}
