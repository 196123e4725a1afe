import Foundation
import Testing

@testable import favs

/// What `make docs` writes is what the table says, and what shells and man read without a word.
struct GeneratedFilesTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let pages = Commands.all.map { $0.page() }

  /// All generated files by their paths.
  static let files: [(path: String, text: String)] =
    [
      ("completions/favs.bash", BashCompletion.text),
      ("completions/_favs", ZshCompletion.text),
      ("completions/favs.fish", FishCompletion.text),
      ("man/favs.1", Manual.overview(pages)),
    ] + pages.map { ("man/favs-\($0.name).1", Manual.page($0)) }

  @Test(arguments: files.map(\.path))
  func `the committed file is what the table says; make docs refreshes it`(path: String) throws {
    let wanted = try #require(Self.files.first { $0.path == path }).text
    let found = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    #expect(found == wanted)
  }

  @Test func `no page is left of a command that is gone`() throws {
    for folder in ["man", "completions"] {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: Self.root.appendingPathComponent(folder).path)
      for name in names {
        #expect(Self.files.contains { $0.path == "\(folder)/\(name)" }, "\(name)")
      }
    }
  }

  @Test(arguments: [("bash", "favs.bash"), ("zsh", "_favs"), ("fish", "favs.fish")])
  func `a shell reads its completions without a word`(shell: String, file: String) throws {
    let tool = try #require(ShellTool(shell), "the tests need \(shell)")
    let path = Self.root.appendingPathComponent("completions/\(file)").path
    #expect(try tool.run(["-n", path]) == "|0")
  }

  @Test func `zsh finds its completions by itself`() throws {
    let zsh = try #require(ShellTool("zsh"), "the tests need zsh")
    let folder = Self.root.appendingPathComponent("completions").path
    #expect(
      try zsh.run([
        "-fc", "fpath=('\(folder)' $fpath); autoload -Uz compinit; compinit -D; whence -w _favs",
      ]) == "_favs: function\n|0")
  }

  @Test func `man has nothing to say about the pages`() throws {
    let mandoc = try #require(ShellTool("mandoc"), "the tests need mandoc")
    for (path, _) in Self.files where path.hasPrefix("man/") {
      let page = Self.root.appendingPathComponent(path).path
      #expect(try mandoc.run(["-Tlint", "-W", "warning", page]) == "|0", "\(path)")
    }
  }

  @Test func `help fits a terminal and names every command`() throws {
    let overview = try Help.text(for: [])
    for page in Self.pages { #expect(overview.contains("  \(page.name)"), "\(page.name)") }
    for page in TableTests.leaves {
      let text = Help.text(page)
      for option in page.options { #expect(text.contains("--\(option.long)")) }
      for line in text.split(separator: "\n") where !line.hasPrefix("  favs ") {
        #expect(TextWidth.of(String(line)) <= 80, "\(page.name): \(line)")
      }
    }
    #expect(try Help.text(for: ["category", "add"]).hasPrefix("Create a category.\n"))
    #expect(throws: Failure.self) { try Help.text(for: ["category", "nope"]) }
  }
}
