import Foundation
import TestSupport
import Testing

/// The diagnostics log: what is written to it, and where and when.
struct LoggingTests {
  /// A word that stands in everything that a person enters.
  static let secret = "Xyzzy4711"

  @Test func `a quick run that goes well leaves no log`() throws {
    try withFavs { favs in
      try favs("add", "a")
      try favs("list")
      try favs("help")
      #expect(favs.log == nil)
      #expect(!FileManager.default.fileExists(atPath: favs.folder + "/.local"))
    }
  }

  @Test func `a run that fails is logged, with what it takes to find out why`() throws {
    try withFavs { favs in
      try favs("add", "a")
      #expect(try favs("show", "77").code == 3)
      #expect(try favs("trash", "empty", "--all").code == 4)
      #expect(try favs("frobnicate").code == 2)
      #expect(try favs("help", "frobnicate").code == 2)
      #expect(try favs.run([[0xFF]]).code == 8)
      #expect(try favs("--db", favs.folder + "/nowhere/x.db", "import", "/proc/self/mem").code == 7)
      let entries = favs.entries
      #expect(
        entries.map { $0["command"] as? String } == [
          "show", "trash empty", nil, "help", nil, "import",
        ])
      #expect(entries.map { $0["exit"] as? Int } == [3, 4, 2, 2, 8, 7])
      #expect(
        entries.map { $0["error"] as? String } == [
          "not_found", "conflict", "usage", "usage", "invalid_input", "input_output",
        ])
      for entry in entries {
        #expect(
          Set(entry.keys) == [
            "time", "level", "command", "ms", "exit", "error", "rows_read", "rows_written",
            "sqlite", "errno", "lock_wait_ms", "pid", "version",
          ])
        #expect(entry["level"] as? String == "error")
        #expect(entry["ms"] as? Double ?? -1 > 0)
        #expect(entry["pid"] as? Int ?? 0 > 1)
        #expect((entry["time"] as? String)?.count == 24)
      }
      #expect(entries[0]["rows_read"] as? Int ?? 0 > 0)
      #expect(entries[0]["sqlite"] is NSNull)
      #expect(entries[5]["errno"] as? Int32 == EIO)
      let attributes = try FileManager.default.attributesOfItem(atPath: favs.logPath)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      for folder in ["/.local", "/.local/state", "/.local/state/favs"] {
        let attributes = try FileManager.default.attributesOfItem(atPath: favs.folder + folder)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
      }
    }
  }

  @Test func `SQLite's extended code and the system's errno are logged`() throws {
    try withFavs { favs in
      try favs("add", "a")
      let handle = try #require(FileHandle(forWritingAtPath: favs.database))
      let size = Int(handle.seekToEndOfFile())
      handle.seek(toFileOffset: 8_192)
      handle.write(Data(repeating: 0xFF, count: size - 8_192))
      handle.closeFile()
      #expect(try favs("list").code == 6)
      #expect(try favs("list", "--db", favs.folder).code == 6)
      try #require(favs.entries.count == 2)
      // SQLITE_CORRUPT, whatever its details.
      #expect((favs.entries[0]["sqlite"] as? Int ?? 0) & 0xFF == 11)
      #expect(favs.entries[1]["sqlite"] is NSNull)
    }
  }

  @Test func `with FAVS_LOG=info every run is logged, with its rows`() throws {
    try withFavs { favs in
      favs.environment["FAVS_LOG"] = "info"
      try favs("add", "a", "-c", "x")
      try favs("ls")
      for words in [
        ["help"], ["version"], ["--version"], ["logs"], ["man"], ["completions", "zsh"],
      ] {
        #expect(try favs.words(words).code == 0)
      }
      #expect(favs.entries.map { $0["command"] as? String } == ["add", "list"])
      #expect(favs.entries.map { $0["level"] as? String } == ["info", "info"])
      #expect(favs.entries.map { $0["rows_written"] as? Int ?? 0 > 0 } == [true, false])
      #expect(favs.entries.allSatisfy { $0["error"] is NSNull })
    }
  }

  @Test func `FAVS_LOG chooses how much is logged`() throws {
    for (value, commands) in [
      ("off", []), ("error", ["show"]), ("slow", ["show"]), ("nonsense", ["show"]), ("", ["show"]),
      ("info", ["list", "show"]),
    ] {
      try withFavs { favs in
        favs.environment["FAVS_LOG"] = value
        favs.environment["FAVS_DB"] = ""
        try favs("list")
        #expect(try favs("show", "1").code == 3)
        #expect(favs.entries.map { $0["command"] as? String } == commands, "\(value)")
      }
    }
  }

  @Test func `with FAVS_LOG=debug there is a line for each statement too`() throws {
    try withFavs { favs in
      try favs("add", "a")
      favs.environment["FAVS_LOG"] = "debug"
      #expect(try favs("show", "77").code == 3)
      let entries = favs.entries
      let statements = entries.filter { $0["level"] as? String == "debug" }
      #expect(statements.count == entries.count - 1)
      #expect(statements.count > 3)
      #expect(
        Set(statements[0].keys) == [
          "time", "level", "command", "ms", "sql", "runs", "rows", "steps", "message", "pid",
          "version",
        ])
      #expect(Set(statements.compactMap { $0["sql"] as? String }).count == statements.count)
      #expect(entries.last?["message"] as? String == "no favourite has id 77")
    }
  }

  @Test func `what a person entered is never logged`() throws {
    try withFavs { favs in
      favs.environment["FAVS_LOG"] = "info"
      let secret = Self.secret
      try favs(
        "add", secret, "-u", "https://\(secret).org", "--note", secret, "-t", secret, "-c", secret,
        "--set", "\(secret)=\(secret)")
      try favs("add", "other", "-u", "https://\(secret).org", "-c", secret)
      try favs("edit", secret, "--title", secret + "2")
      try favs("search", secret)
      try favs("list", "-c", secret, "--where", "\(secret)=\(secret)")
      try favs("show", "no-\(secret)")
      try favs("show", secret, "--\(secret)")
      try favs(secret)
      try favs("add", "-", input: "{\"title\":\"\(secret)")
      try favs("import", "/nowhere/\(secret)")
      try favs("list", "--db", favs.folder + "/" + secret)
      try favs("rm", secret + "2")
      try favs("undo")
      #expect(favs.entries.count == 13)
      #expect(favs.log?.contains(secret) == false)
    }
  }

  @Test func `a run that has to wait for another is slow`() throws {
    try withFavs { favs in
      try favs("add", "a")
      let lock = open(favs.database + ".lock", O_RDWR | O_CLOEXEC)
      #expect(flock(lock, LOCK_EX) == 0)
      let running = try favs.start("add", "b")
      usleep(450_000)
      close(lock)
      #expect(try running.end() == 0)
      #expect(favs.entries.count == 1)
      let entry = try #require(favs.entries.first)
      #expect(entry["level"] as? String == "slow")
      #expect(entry["command"] as? String == "add")
      #expect(entry["lock_wait_ms"] as? Int ?? 0 > 200)
      #expect(entry["ms"] as? Double ?? 0 > 250)
      #expect(entry["error"] is NSNull)
    }
  }

  @Test func `waiting for a person or another program is not slow`() throws {
    try withFavs { favs in
      favs.environment["FAVS_LOG"] = "info"
      for title in ["a", "b", "c"] { try favs("add", title) }
      let outcome = try favs.onTerminal("rm", "1-3") {
        usleep(400_000)
        return "y\n"
      }
      #expect(outcome.code == 0)
      let editor = favs.folder + "/editor"
      try writeScript("#!/bin/sh\nsleep 0.4\n", at: editor)
      favs.environment["VISUAL"] = editor
      try favs("add", "d")
      #expect(try favs.onTerminal("edit", "d").code == 0)
      let pipe = favs.folder + "/pipe"
      mkfifo(pipe, 0o600)
      let writer = open(pipe, O_RDWR | O_CLOEXEC)
      let running = try favs.start("add", "-", input: pipe)
      usleep(400_000)
      _ = "typed\n".withCString { write(writer, $0, 6) }
      close(writer)
      #expect(try running.end() == 0)
      #expect(try favs("list", "--fields", "title").output == "d\ntyped\n")
      #expect(Set(favs.entries.compactMap { $0["level"] as? String }) == ["info"])
    }
  }

  @Test func `a full log is set aside`() throws {
    try withFavs { favs in
      try favs.fillLog()
      try Data("older\n".utf8).write(to: URL(fileURLWithPath: favs.logPath + ".1"))
      try favs("show", "1")
      #expect(favs.entries.count == 1)
      let old = try #require(FileManager.default.contents(atPath: favs.logPath + ".1"))
      #expect(old.count > 1_000_000)
      try favs("show", "1")
      #expect(favs.entries.count == 2)
      #expect(try favs("logs", "--level", "error", "--json").objects.count == 2)
      #expect(try favs("logs", "--json").objects.count > 1_000)
    }
  }

  @Test func `many that find the log full lose no line`() throws {
    try withFavs { favs in
      try favs("add", "a")
      try favs.fillLog()
      let program = favs
      for _ in 1...5 {
        let running = try (1...8).map { _ in try program.start("show", "77") }
        for run in running { #expect(try run.end() == 3) }
      }
      #expect(try favs("logs", "--level", "error", "--json").objects.count == 40)
      #expect(try favs("logs").error == "")
      #expect(favs.entries.count >= 32)
    }
  }

  @Test(arguments: [
    "link", "folder", "fifo", "read-only folder", "no folder", "file for a folder",
    "relative state", "no home",
  ])
  func `a log that cannot be written changes nothing`(obstacle: String) throws {
    try withFavs { favs in
      let wanted = try (favs("show", "1"), favs("add", "a"))
      let manager = FileManager.default
      try manager.removeItem(atPath: favs.folder + "/.local")
      try manager.removeItem(atPath: favs.database)
      let folder = favs.folder + "/.local/state/favs"
      let target = favs.folder + "/target"
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      switch obstacle {
      case "link":
        try Data().write(to: URL(fileURLWithPath: target))
        symlink(target, favs.logPath)
      case "folder": mkdir(favs.logPath, 0o700)
      case "fifo": mkfifo(favs.logPath, 0o600)
      case "read-only folder": chmod(folder, 0o500)
      case "no folder":
        try manager.removeItem(atPath: favs.folder + "/.local")
        symlink("/proc/nothing", favs.folder + "/.local")
      case "file for a folder":
        try manager.removeItem(atPath: folder)
        try Data().write(to: URL(fileURLWithPath: folder))
      case "relative state": favs.environment["XDG_STATE_HOME"] = "relative"
      default: favs.environment["HOME"] = ""
      }
      for level in ["error", "debug"] {
        favs.environment["FAVS_LOG"] = level
        #expect(try favs("show", "1") == wanted.0)
      }
      #expect(try favs("add", "a") == wanted.1)
      if obstacle == "link" { #expect(manager.contents(atPath: target) == Data()) }
      if obstacle == "relative state" { #expect(!favs.entries.isEmpty) }
      chmod(folder, 0o700)
    }
  }

  @Test func `XDG_STATE_HOME is where the log goes`() throws {
    try withFavs { favs in
      favs.environment["XDG_STATE_HOME"] = favs.folder + "/state"
      try favs("show", "1")
      #expect(FileManager.default.fileExists(atPath: favs.folder + "/state/favs/favs.log"))
      #expect(favs.log == nil)
      #expect(try favs("logs", "--json").objects.count == 1)
    }
  }
}

extension Favs {
  /// Where the log is.
  var logPath: String { folder + "/.local/state/favs/favs.log" }

  /// All of the log; nil where there is none.
  var log: String? {
    FileManager.default.contents(atPath: logPath).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The lines of the log.
  var entries: [[String: Any]] {
    (log ?? "").split(separator: "\n").compactMap { line in
      try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }
  }

  /// Writes lines to the log, in place of what is there.
  func writeLog(_ lines: [String], to name: String = "favs.log") throws {
    let folder = folder + "/.local/state/favs"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = lines.map { $0 + "\n" }.joined()
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  /// Fills the log so far that another line is too much.
  func fillLog() throws {
    let line =
      #"{"time":"2026-01-01T00:00:00.000Z","level":"info","command":"list","ms":1,"exit":0,"#
      + "\"x\":\"\(String(repeating: "x", count: 200))\"}"
    try writeLog(Array(repeating: line, count: (1 << 20) / (line.utf8.count + 1)))
  }
}
