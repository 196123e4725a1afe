import Foundation
import TestSupport
import Testing

/// The lines of README, as they are printed, on two machines.
@Suite struct SyncReadmeTests {
  /// The commands of the block that makes a repository, without what is said of them.
  private static func lines() throws -> [String] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(
      contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let block = readme.components(separatedBy: "```").first {
      $0.hasPrefix("sh\ngit init --bare ")
    }
    return try #require(block).split(separator: "\n").dropFirst().map {
      $0.components(separatedBy: "#")[0].trimmingCharacters(in: .whitespaces)
    }
  }

  @Test func `from nothing to a conflict and its end`() throws {
    try withTwo(.folder) { first, second, remote in
      let place = String(remote.dropFirst(4))
      let bin = place + "/bin"
      try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: false)
      try FileManager.default.createSymbolicLink(
        atPath: bin + "/favs", withDestinationPath: Favs.program)
      func type(_ line: String, on favs: Favs) throws -> Outcome {
        try favs.inShell("PATH=\(bin):$PATH; \(line)")
      }
      let lines = try Self.lines().map {
        $0.replacingOccurrences(of: "/mnt/stick", with: place)
      }
      try #require(lines.count == 5)
      #expect(try type("favs add Dune -c books", on: first).code == 0)
      #expect(try type(lines[0], on: first).code == 0)
      #expect(try type(lines[1], on: first).error.contains("sent 2"))
      #expect(try type(lines[2], on: second).error.contains("received 1 added"))
      #expect(try type("favs edit Dune --title 'Dune 1'", on: first).code == 0)
      #expect(try type("favs edit Dune --title 'Dune 2'", on: second).code == 0)
      #expect(try type(lines[3], on: first).code == 0)
      let met = try type(lines[3], on: second)
      #expect(met.code == 1 && met.error.contains("1 conflict: favs sync conflicts"), "\(met)")
      let listed = try type(lines[4], on: second)
      #expect(listed.output == "1\tDune 2\ttitle\tDune 2\tDune 1\tmine\n")
      #expect(try type("favs sync conflicts --take theirs 1", on: second).code == 0)
      #expect(try type(lines[4], on: second).output.isEmpty)
      for favs in [second, first] { #expect(try type(lines[3], on: favs).code == 0) }
      for favs in [first, second] {
        #expect(try type("favs list --fields title", on: favs).output == "Dune 1\n")
      }
    }
  }
}
