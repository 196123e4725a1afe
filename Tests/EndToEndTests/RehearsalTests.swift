import Foundation
import TestSupport
import Testing

/// What `--dry-run` says: what would be, never that it was, and nothing of taking it back.
struct RehearsalTests {
  /// A command line for each command that changes something, run after `fill`.
  private static let lines: [[String]] = [
    ["add", "new"], ["edit", "1", "--note", "x"], ["rm", "1", "2"], ["rm", "-c", "books"],
    ["open", "3"],
    ["move", "1", "--to", "films"], ["swap", "1", "2"], ["dupes", "--merge"],
    ["category", "add", "c"],
    ["category", "edit", "books", "--note", "x"], ["category", "rename", "books", "b"],
    ["category", "merge", "books", "films"], ["category", "rm", "books"],
    ["tag", "rename", "a", "b"],
    ["tag", "merge", "a", "c"], ["tag", "rm", "a"], ["restore", "4"], ["restore", "5"],
    ["restore", "5", "--on-conflict", "rename"], ["restore", "5", "--on-conflict", "merge"],
    ["trash", "empty", "--all", "--yes"], ["undo"], ["undo", "2"], ["redo"],
    ["import", "links.txt"],
    ["doctor", "--fix"], ["config", "per_page", "5"],
  ]

  private func fill(_ favs: Favs) throws {
    try "https://new.example/\n".write(
      toFile: favs.folder + "/links.txt", atomically: true, encoding: .utf8)
    try favs("add", "one", "-c", "books", "-t", "a")
    try favs("add", "two", "-c", "books", "-t", "c")
    try favs("add", "three", "-u", "https://three.example/", "-c", "films")
    try favs("add", "four", "-c", "gone")
    try favs("add", "five", "-u", "https://five.example/", "-c", "films")
    try favs("rm", "4", "5")
    try favs("add", "five again", "-u", "https://five.example/", "-c", "films")
    try favs("add", "TWO", "-c", "books")
    try favs("edit", "1", "--title", "uno")
    try favs("undo")
  }

  private func rehearsing(_ line: [String], _ favs: Favs) -> [String] {
    line.map { $0 == "links.txt" ? favs.folder + "/" + $0 : $0 }
  }

  @Test(arguments: lines)
  func `a rehearsal says what would be, prints the rows of the real run, and changes nothing`(
    line: [String]
  ) throws {
    try withFavs { favs in
      favs.environment["BROWSER"] = "/bin/true"
      try fill(favs)
      let words = rehearsing(line, favs)
      let before = try favs("export", "--full").output
      let rehearsed = try favs.words(words + ["--dry-run", "-v"])
      #expect(try favs("export", "--full").output == before)
      for text in ["favs undo", "favs redo", "favs restore", "reverts it"] {
        #expect(!rehearsed.error.contains(text), "\(rehearsed)")
      }
      for said in rehearsed.error.split(separator: "\n") {
        #expect(said.contains("would"), "\(said)")
      }
      let real = try favs.words(words)
      #expect(real.code == rehearsed.code)
      if !["undo", "redo", "trash"].contains(line[0]) {
        #expect(real.output == rehearsed.output)
      } else {
        #expect(rehearsed.output.hasPrefix("would "), "\(rehearsed)")
        #expect(!real.output.contains("would"))
      }
      #expect(!real.error.contains("would"), "\(real)")
    }
  }

  @Test func `every command that can be rehearsed is`() throws {
    try withFavs { favs in
      func offered(_ words: [String]) throws -> [String] {
        let answer = try favs.words(["complete", "zsh", "--", "favs"] + words)
        return answer.output.split(separator: "\n").dropFirst().map {
          String($0.prefix { $0 != "\t" })
        }
      }
      var commands: [[String]] = []
      for name in try offered([""]) {
        let below = try offered([name, ""])
        let isGroup = ["category", "tag", "trash", "backup", "sync"].contains(name)
        commands += isGroup ? below.map { [name, $0] } : [[name]]
      }
      #expect(commands.count > 30)
      let tried = Set(Self.lines.flatMap { [[$0[0]], Array($0.prefix(2))] })
      for command in commands where try offered(command + ["--dry"]) == ["--dry-run"] {
        let isAlias = command == ["mv"]
        // The first needs a terminal, the others pages: see Tests/Shells/picking.py and Tests/Web.
        // What syncs needs a remote: see SyncCommandTests.
        let isApart =
          [["pick"], ["fetch"], ["check"]].contains(command) || command[0] == "sync"
        #expect(isAlias || isApart || tried.contains(command), "\(command)")
      }
    }
  }
}
