import Foundation
import TestSupport
import Testing

/// Limits that the system sets, and input beyond all measure.
struct LimitTests {
  @Test func `a limit on the size of files is told, and kills nobody`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database]
      try favs("add", "first")
      let before = FileManager.default.contents(atPath: favs.database)
      // In KiB: less than there is already.
      for words in ["add x", "rm 1", "undo", "category add c", "edit 1 --title y"] {
        let outcome = try favs.inShell("ulimit -f 8; $F \(words)")
        #expect(outcome.code == 7, "\(words): \(outcome)")
        #expect(outcome.error.contains("file too large"), "\(words): \(outcome)")
        #expect(outcome.output == "")
        #expect(try favs("list", "--fields", "title").output == "first\n")
      }
      #expect(FileManager.default.contents(atPath: favs.database) == before)
      #expect(!FileManager.default.fileExists(atPath: favs.database + "-journal"))
      #expect(try favs("add", "second", "--fields", "id").output == "2\n")
    }
  }

  @Test func `a limit on the size of files leaves no half of a first file`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": "", "XDG_DATA_HOME": favs.folder + "/new"]
      let outcome = try favs.inShell("ulimit -f 8; $F add x")
      #expect(outcome.code == 7, "\(outcome)")
      #expect(outcome.error.contains("file too large"))
      // The lock, which is never removed, is empty.
      let names = try FileManager.default.contentsOfDirectory(
        atPath: favs.folder + "/new/favs")
      #expect(names == ["favs.db.lock"])
      #expect(try favs("add", "x").code == 0)
    }
  }

  /// How a file begins that goes on for 300 MB, the command that is given it, and what is said.
  static let endless: [(String, String, String)] = [
    ("", "add -", "standard input: line 1 has more than 1048576 bytes"),
    ("", "import -", "standard input: unknown format"),
    ("", "import - --format urls", "line 1: a line of more than 16777216 bytes"),
    ("{\"title\":\"", "add -", "line 1, column 1: a line of more than 16777216 bytes"),
    ("{\"title\":\"", "import -", "line 1, column 1: a line of more than 16777216 bytes"),
    ("{\"favs_export\":1", "import -", "line 1: a line of more than 16777216 bytes"),
    ("* x\n", "import - --format org", "line 2: a line of more than 16777216 bytes"),
    (
      "{\"roots\":{\"x\":\"", "import -",
      "too large: larger than 256 MiB, the limit for this format"
    ),
    ("[[snippets]]\ndescription = \"", "import - --format pet", "too large: larger than 256 MiB"),
  ]

  @Test func `input of hundreds of megabytes without an end is refused, in little memory`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database]
      try favs("add", "first")
      // One file for all: its beginning is written over.
      let path = favs.folder + "/endless"
      try Data(repeating: UInt8(ascii: "a"), count: 300_000_000)
        .write(to: URL(fileURLWithPath: path))
      let file = try #require(FileHandle(forUpdatingAtPath: path))
      for (beginning, words, message) in Self.endless {
        try file.seek(toOffset: 0)
        try file.write(contentsOf: Data(beginning.utf8) + Data(repeating: 0x61, count: 99))
        let outcome = try favs.inShell("ulimit -v 600000; $F \(words) <$D/endless")
        #expect(outcome.code == 8, "\(words): \(outcome)")
        #expect(outcome.error.contains(message), "\(words): \(outcome)")
        #expect(outcome.output == "")
      }
      #expect(try favs("list", "--fields", "title").output == "first\n")
    }
  }

  @Test func `so is what comes through a pipe`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database, "TMPDIR": favs.folder]
      expectSame(
        try favs.inShell("head -c 5000000 /dev/zero | tr '\\0' a | $F add -"),
        Outcome(8, error: "favs: standard input: line 1 has more than 1048576 bytes\n"))
    }
  }

  @Test(.enabled(if: LimitTests.canMount, "this user cannot mount a small disk"))
  func `a pipe leaves some of the disk to others`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database]
      try favs("add", "first")
      let outcome = try favs.inShell(
        """
        mkdir $D/small && unshare -m sh -c 'mount -t tmpfs -o size=270m small $D/small &&
        head -c 20000000 /dev/zero | tr '\\0' x |
        TMPDIR=$D/small $F import - --format urls'
        """)
      #expect(outcome.code == 7, "\(outcome)")
      #expect(
        outcome.error.contains("less than 256 MiB of space left in '\(favs.folder)/small'\n")
          && outcome.error.contains("hint: set TMPDIR to a folder with more space\n"), "\(outcome)")
      #expect(try favs("list", "--count").output == "1\n")
    }
  }

  private static var canMount: Bool {
    let mounting = "import subprocess; subprocess.run(['unshare', '-m', 'true'], check=True)"
    return geteuid() == 0 && (try? python(["-c", mounting]).code) == 0
  }

  @Test func `a device that never ends is refused, whatever would read it`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database, "TMPDIR": favs.folder]
      try favs("add", "first")
      let hint = "hint: name a file, or use a pipe\n"
      let refused = Outcome(
        8, error: "favs: standard input is a device, which may never end\n" + hint)
      for words in ["import -", "import /dev/stdin", "add -", "rm -", "restore -", "edit - -t x"] {
        let outcome = try favs.inShell("ulimit -f 100000; ulimit -v 600000; $F \(words) </dev/zero")
        guard words != "import /dev/stdin" else {
          #expect(
            outcome.error == "favs: '/dev/stdin' is a device, which may never end\n" + hint)
          continue
        }
        expectSame(outcome, refused)
      }
      for device in ["/dev/zero", "/dev/urandom"] {
        let outcome = try favs("import", device)
        #expect(
          outcome.code == 8 && outcome.error.contains("'\(device)' is a device"), "\(outcome)")
      }
      #expect(try favs.inShell("$F add - </dev/null").code == 0)
      #expect(try favs.inShell("$F import - --format urls </dev/null").code == 0)
      // What only looks like a device is what stands behind it.
      expectSame(
        try favs.inShell(
          "echo https://a.org | $F import /dev/stdin --format urls &>/dev/null && $F list --fields url"
        ),
        Outcome(0, "\nhttps://a.org\n"))
    }
  }
}
