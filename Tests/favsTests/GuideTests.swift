import Foundation
import Testing

@testable import favs

/// What the program and docs/ both say is the same, and the manual leaves out no variable.
struct GuideTests {
  static let root = GeneratedFilesTests.root

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func `help and manual lead to guides that are there`() throws {
    let guides = HelpTopic.allCases.map(\.guide) + Topic.allCases.compactMap(\.guide)
    let manual = Manual.overview(GeneratedFilesTests.pages)
    for guide in Set(guides) {
      #expect(!(try text(guide)).isEmpty, "\(guide)")
      #expect(manual.contains(Manual.escaped(String(guide.dropFirst(5)))), "\(guide)")
    }
    for topic in HelpTopic.allCases {
      #expect(topic.text.hasSuffix("\nSee also: \(topic.guide)\n"))
      for line in topic.text.split(separator: "\n") {
        #expect(TextWidth.of(String(line)) <= 80, "\(topic.rawValue): \(line)")
      }
    }
  }

  @Test func `the glossary is the same in help and docs`() throws {
    let rows = try text("docs/glossary.md").split(separator: "\n").filter { $0.hasPrefix("| ") }
      .map { row in
        row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      }
    let terms = rows.filter { $0.count == 3 && $0[0] != "word" }
    #expect(terms.map { [$0[0], $0[1]] } == Glossary.terms.map { [$0.0, $0.1] })
  }

  @Test func `the exit codes are the same in help and docs`() throws {
    let page = try text("docs/scripting.md").replacingOccurrences(of: "`", with: "")
    for code in ExitCode.allCases where code.rawValue < 100 {
      #expect(page.contains("\n| \(code.rawValue) | \(code.meaning) |\n"), "\(code)")
    }
  }

  @Test func `the manual and docs have every variable that the sources read`() throws {
    let pattern =
      /(?:Environment\.(?:value|text)|= value|StandardPaths\.(?:variable|folder)|(?:try |\?\? )variable|folder)\((?:named: )?"([A-Z_]+)"\)/
    var read: Set<String> = []
    let sources = Self.root.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    for case let file as String in files where file.hasSuffix(".swift") {
      let source = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      for match in source.matches(of: pattern) { read.insert(String(match.1)) }
    }
    #expect(read.isSuperset(of: ["FAVS_DB", "HOME", "XDG_STATE_HOME", "TMPDIR"]))
    let listed = Set(
      Manual.environment.flatMap { $0.0.split(separator: ", ").map { String($0) } })
    let settings = Setting.all.flatMap(\.variables).map(\.name)
    // The C library reads the last two.
    #expect(listed == read.union(settings).union(["TZ", "PATH"]))
    let page = try text("docs/files.md")
    for name in listed { #expect(page.contains("`\(name)"), "\(name)") }
  }
}
