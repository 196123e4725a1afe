import Foundation
import TestSupport
import Testing

/// What a disk refuses, told with the reason that the system gave.
@Suite(
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: "/usr/bin/strace"), "there is no strace"))
struct DeviceFaultTests {
  /// Runs a command, one of whose calls fails.
  private static func run(
    _ favs: Favs, _ words: String, failing call: String, with error: String, at number: String
  ) throws -> Outcome {
    let file = call == "pread64" ? "-P $FAVS_DB " : ""
    return try favs.inShell(
      "strace -f -qq -o /dev/null \(file)-e trace=\(call) "
        + "-e inject=\(call):error=\(error):when=\(number) $F \(words)")
  }

  private static func fill(_ favs: inout Favs) throws {
    favs.environment["FAVS_DB"] = favs.database
    let lines = (1...300).map { "title \($0)\n" }.joined()
    try #require(try favs("add", "-", "-q", input: lines).code == 0)
  }

  @Test(arguments: [
    ("EDQUOT", "disk quota exceeded"), ("EIO", "input/output error"),
    ("ENOSPC", "no space left on device"),
  ])
  func `a sync that fails tells why, and the change is not made`(
    error: String, reason: String
  ) throws {
    try withFavs { favs in
      try Self.fill(&favs)
      let before = FileManager.default.contents(atPath: favs.database)
      expectSame(
        try Self.run(favs, "add x", failing: "fdatasync", with: error, at: "1"),
        Outcome(7, error: "favs: cannot use '\(favs.database)': \(reason)\n"))
      #expect(try favs("list", "--fields", "id").output.hasSuffix("\n300\n"))
      #expect(FileManager.default.contents(atPath: favs.database) == before)
      #expect(try favs("add", "y", "--fields", "id").output == "301\n")
    }
  }

  @Test(arguments: 1...6)
  func `a page that the disk does not give is no damage of the file`(number: Int) throws {
    try withFavs { favs in
      try Self.fill(&favs)
      for words in ["list -q --page 1", "search title -q --limit 1", "show 7", "add x"] {
        expectSame(
          try Self.run(favs, words, failing: "pread64", with: "EIO", at: "\(number)"),
          Outcome(7, error: "favs: cannot use '\(favs.database)': input/output error\n"))
      }
      #expect(try favs("list", "--fields", "id").output.hasSuffix("\n300\n"))
    }
  }

  @Test func `the log knows the reason by its number`() throws {
    try withFavs { favs in
      // On a machine that is busy any run may be slow, and logged for that.
      favs.environment["FAVS_LOG"] = "error"
      try Self.fill(&favs)
      _ = try Self.run(favs, "add x", failing: "fdatasync", with: "EDQUOT", at: "1")
      _ = try Self.run(favs, "list", failing: "pread64", with: "EIO", at: "4")
      let numbers = try favs("logs", "--json").objects.map { $0["errno"] as? Int32 }
      #expect(numbers == [EDQUOT, EIO])
    }
  }
}
