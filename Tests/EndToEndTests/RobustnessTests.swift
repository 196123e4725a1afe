import Foundation
import TestSupport
import Testing

/// Bad input, bad files, bad places, and crowds.
struct RobustnessTests {
  /// A command line, its input, and the exit code and the message that are due.
  static let refused: [([String], String, Int32, String)] = [
    (["add", ""], "", 8, "favs: title is empty\n"),
    (["add", "  \t "], "", 8, "favs: title is empty\n"),
    (["add", "x", "--rank", "0"], "", 2, "favs: --rank: 0 is below 1\n"),
    (["add", "x", "--rank", "-3"], "", 2, "favs: --rank: -3 is below 1\n"),
    (["add", "x", "--rank", "two"], "", 2, "favs: --rank: 'two' is not a number\n"),
    (
      ["add", "x", "--rank", "99999999999999999999"], "", 2,
      "favs: --rank: '99999999999999999999' is out of range\n"
    ),
    (["list", "--page", "0"], "", 2, "favs: --page: 0 is below 1\n"),
    (
      ["add", "x", "--set", "year:integer=1"], "", 2,
      "favs: --set: 'integer' is not a type: use text, number, date, enum\n"
    ),
    (
      ["add", "x", "--set", "read:date=2023-02-30"], "", 2,
      "favs: --set: read: '2023-02-30' is not a date such as 2024-01-31\n"
    ),
    (["list", "--since", "2023-02-30"], "", 2, "favs: --since: '2023-02-30' is not a date\n"),
    (
      ["add", "x", "-c", "a//b"], "", 2,
      "favs: -c: category 'a//b' has a '/' without a name next to it\n"
    ),
    (
      ["add", "x", "-c", "/"], "", 2, "favs: -c: category '/' has a '/' without a name next to it\n"
    ),
    (
      ["import", "-", "--strict"], #"{"title":"a\u0000b"}"#, 8,
      "favs: standard input: line 1, column 20: a NUL character\n"
        + "hint: nothing was imported; without --strict, the rest would be\n"
    ),
    (
      ["import", "-"], "{\"title\":\"ok\"}\n{\"title\":\"\\ud800\"}\n", 8,
      "favs: standard input: line 2, column 11: a lone surrogate\n"
    ),
    (
      ["import", "-"], "{\"title\":\"ok\"}\n{\"title\":}\n", 8,
      "favs: standard input: line 2, column 10: expected a string or null\n"
    ),
    (
      ["add", "-"], "{\"tilte\":\"x\"}\n", 8,
      "favs: standard input: line 1, column 10: unknown key 'tilte'\n"
    ),
    (
      ["import", "-"], "just text\n", 8,
      "favs: standard input: unknown format\n"
        + "hint: favs help formats lists formats; --format names one\n"
    ),
    (
      ["import", "nowhere.jsonl"], "", 3,
      "favs: cannot open 'nowhere.jsonl': no such file or directory\n"
    ),
    (
      ["add", "a", "--update", "--duplicate"], "", 2,
      "favs: use only one of --update, --duplicate and --on-duplicate\n"
    ),
  ]

  @Test(arguments: refused)
  func `bad input has its code and changes nothing`(
    words: [String], input: String, code: Int32, message: String
  ) throws {
    try withFavs { favs in
      try favs("add", "there")
      let before = FileManager.default.contents(atPath: favs.database)
      let outcome = try favs.words(words, input: input)
      #expect(outcome.code == code)
      #expect(outcome.output == "")
      #expect(outcome.error.hasPrefix(message), "\(outcome.error)")
      #expect(FileManager.default.contents(atPath: favs.database) == before)
      // The same as JSON: one line, with the same code.
      let json = try favs.words(words + ["--json"], input: input)
      let object = try JSONSerialization.jsonObject(with: Data(json.error.utf8)) as? [String: Any]
      let error = object?["error"] as? [String: Any]
      #expect(error?["exit"] as? Int == Int(code))
      #expect(json.error.split(separator: "\n").count == 1)
    }
  }

  @Test func `what is too long is refused`() throws {
    try withFavs { favs in
      let long = String(repeating: "x", count: 200 << 10)
      let outcome = try favs("import", "-", input: "{\"title\":\"\(long)\"}\n")
      #expect(outcome.code == 1)
      #expect(
        outcome.error == """
          standard input: line 1: title has 204800 bytes; the limit is 4096
          1 read: 1 not imported

          """)
      #expect(try favs("add", String(repeating: "é", count: 2_048)).code == 0)
      #expect(try favs("add", String(repeating: "é", count: 2_049)).code == 8)
    }
  }

  @Test func `an argument that is not UTF-8 is refused with its place`() throws {
    try withFavs { favs in
      let outcome = try favs.run([Array("add".utf8), [0x61, 0x62, 0xFF, 0x63]])
      #expect(
        outcome == Outcome(8, error: "favs: argument 2 is not valid UTF-8 at byte 2\n"))
      let line = try favs.run(
        [Array("add".utf8), Array("-".utf8)], input: [0x61, 0x0A, 0x62, 0xC3, 0x0A])
      #expect(
        line == Outcome(8, error: "favs: standard input: line 2, column 2: not valid UTF-8\n"))
    }
  }

  @Test func `output that cannot be written is never a success`() throws {
    try withFavs { favs in
      try favs("add", "x")
      for words in [
        ["list"], ["list", "--json"], ["show", "1"], ["--help"], ["man"], ["add", "y"],
      ] {
        let outcome = try favs.run(words.map { Array($0.utf8) }, outputTo: "/dev/full")
        #expect(outcome.code == 7, "\(words)")
        #expect(outcome.error.contains("cannot write output: no space left on device"))
      }
    }
  }

  @Test func `files that are not ours are refused and not touched`() throws {
    try withFavs { favs in
      try favs("add", "x")
      let good = try #require(FileManager.default.contents(atPath: favs.database))
      var newer = good
      newer[63] = 99
      var foreign = good
      foreign[68] = 0
      let cases: [(Data, String)] = [
        (Data(), "is empty, so it is not a favs database"),
        (Data("hello, I am a text file of some length".utf8), "is not a database"),
        (newer, "was made by a newer favs (version 99; this one knows \(good[63]))"),
        (foreign, "is another program's database"),
        (good.prefix(5_000), "is damaged"),
      ]
      for (bytes, message) in cases {
        try bytes.write(to: URL(fileURLWithPath: favs.database))
        for words in [["list"], ["add", "y"], ["undo"]] {
          let outcome = try favs.words(words)
          #expect(outcome.code == 6, "\(message): \(outcome)")
          #expect(outcome.error.contains(message), "\(outcome)")
        }
        #expect(FileManager.default.contents(atPath: favs.database) == bytes)
      }
    }
  }

  @Test func `what it makes is private, whatever the umask`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": "", "XDG_DATA_HOME": favs.folder + "/data"]
      let old = umask(0)
      defer { umask(old) }
      try favs("add", "x")
      func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: favs.folder + path)[.posixPermissions]
          as? Int
      }
      #expect(try mode("/data") == 0o700)
      #expect(try mode("/data/favs") == 0o700)
      #expect(try mode("/data/favs/favs.db") == 0o600)
      #expect(try mode("/data/favs/favs.db.lock") == 0o600)
    }
  }

  @Test func `a file that was half made is made anew`() throws {
    try withFavs { favs in
      let draft = favs.folder + "/.favs-new-0123456789abcdef"
      try Data("half".utf8).write(to: URL(fileURLWithPath: draft))
      #expect(try favs("add", "x").code == 0)
      #expect(!FileManager.default.fileExists(atPath: draft))
      expectSame(
        try favs("move", "1", "--before", "1"),
        Outcome(4, error: "favs: cannot move a favourite before or after itself\n"))
    }
  }

  @Test func `a link to a database is not followed`() throws {
    try withFavs { favs in
      try favs("add", "x")
      let link = favs.folder + "/link.db"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: favs.database)
      #expect(try favs("list", "--db", link).code == 6)
    }
  }

  @Test func `help and version open no file`() throws {
    try withFavs { favs in
      try Data("no database".utf8).write(to: URL(fileURLWithPath: favs.database))
      for words in [
        ["--help"], ["help", "add"], ["add", "-h"], ["version"], ["man", "list"],
        ["completions", "fish"], ["trash", "empty", "--help"], [],
      ] {
        #expect(try favs.words(words).code == 0, "\(words)")
      }
      #expect(try favs("help", "nope").code == 2)
    }
  }

  @Test func `many writers at once, the first of which makes the file, all succeed`() throws {
    try withFavs { favs in
      let runs = try (1...64).map { try favs.start("add", "Title \($0)", "-c", "all") }
      for run in runs { #expect(try run.end() == 0) }
      let ranks = try favs("list", "--fields", "rank").output.split(separator: "\n").map { Int($0) }
      #expect(ranks == Array(1...64))
      #expect(try favs("history").output.split(separator: "\n").count == 64)
    }
  }

  @Test func `readers go on while many are added`() throws {
    try withFavs { favs in
      try favs("add", "first")
      let path = favs.folder + "/lines"
      let lines = (1...20_000).map { "Title \($0)\n" }.joined()
      try Data(lines.utf8).write(to: URL(fileURLWithPath: path))
      let writer = try favs.start("add", "-", "-c", "bulk", "-q", input: path)
      for _ in 1...20 { #expect(try favs("list", "--page", "1").code == 0) }
      #expect(try writer.end() == 0)
      #expect(
        try favs("category", "show", "bulk", "--json").objects.first?["count"] as? Int == 20_000)
      #expect(try favs("undo").code == 0)
      #expect(try favs("list", "--fields", "id").output == "1\n")
    }
  }

  @Test func `who types slowly keeps nobody waiting`() throws {
    try withFavs { favs in
      try favs("add", "first")
      let pipe = favs.folder + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      // Held open for writing, so that the reader waits for more.
      let end = open(pipe, O_RDWR | O_CLOEXEC)
      _ = "typed\n".withCString { write(end, $0, 6) }
      let slow = try favs.start("add", "-", input: pipe)
      usleep(100_000)
      #expect(try favs("add", "quick").code == 0)
      close(end)
      #expect(try slow.end() == 0)
      #expect(try favs("list", "--fields", "title").output == "first\nquick\ntyped\n")
    }
  }

  @Test func `ids that are typed slowly keep nobody waiting either`() throws {
    try withFavs { favs in
      try favs("add", "first")
      let pipe = favs.folder + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      let end = open(pipe, O_RDWR | O_CLOEXEC)
      let runs = [try favs.start("show", "-", input: pipe)]
      usleep(100_000)
      #expect(try favs("add", "quick").code == 0)
      _ = "1\n".withCString { write(end, $0, 2) }
      close(end)
      for run in runs { #expect(try run.end() == 0) }
    }
  }

  @Test func `who does not read a rehearsal keeps nobody waiting`() throws {
    try withFavs { favs in
      let lines = (1...3_000).map { "A title that is long enough to fill a pipe \($0)\n" }.joined()
      try favs("add", "-", "-q", input: lines)
      let pipe = favs.folder + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      // Both ends are open, and nobody reads: the program comes to a stand when the pipe is full.
      let end = open(pipe, O_RDWR | O_CLOEXEC)
      let run = try favs.start("rm", "--all", "-y", "-n", output: pipe)
      usleep(200_000)
      #expect(try favs("add", "quick").code == 0)
      let reader = Thread {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while read(end, &buffer, buffer.count) > 0 {}
      }
      reader.start()
      #expect(try run.end() == 0)
    }
  }

  @Test func `a change that cannot be told is made all the same, and that is said`() throws {
    try withFavs { favs in
      let outcome = try favs.run(["add", "x"].map { Array($0.utf8) }, outputTo: "/dev/full")
      #expect(outcome.code == 7)
      #expect(
        outcome.error == "favs: cannot write output: no space left on device\n"
          + "hint: change 1 was saved anyway; favs undo reverts it\n")
      #expect(try favs("list", "--fields", "title").output == "x\n")
    }
  }

  @Test func `another that writes is waited for`() throws {
    try withFavs { favs in
      try favs("add", "first")
      let lock = open(favs.database + ".lock", O_RDWR)
      #expect(flock(lock, LOCK_EX) == 0)
      let writer = try favs.start("add", "second")
      #expect(try favs("list", "--fields", "id").output == "1\n")
      usleep(100_000)
      #expect(try favs("list", "--fields", "id").output == "1\n")
      flock(lock, LOCK_UN)
      close(lock)
      #expect(try writer.end() == 0)
      #expect(try favs("list", "--fields", "id").output == "1\n2\n")
    }
  }
}
