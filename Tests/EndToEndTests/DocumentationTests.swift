import Foundation
import TestSupport
import Testing

/// README, docs/ and their pictures, against the program.
struct DocumentationTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Names in a folder of the repository, with one ending.
  private static func names(in folder: String, ending: String) -> [String] {
    let path = root.appendingPathComponent(folder).path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\($0)" }
  }

  static let pages = ["README.md"] + names(in: "docs", ending: ".md")
  static let scripts = names(in: "docs/img", ending: ".commands")

  /// Runs a script of Tests/Docs: what it printed, and its exit code.
  private func run(_ script: String, _ words: [String]) throws -> (output: String, code: Int32) {
    try python(["Tests/Docs/\(script)"] + words, in: Self.root)
  }

  private func text(_ page: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(page), encoding: .utf8)
  }

  @Test(arguments: pages)
  func `every command of a page prints what the page shows`(page: String) throws {
    let found = try run("console.py", [Favs.program, page])
    #expect(found.code == 0 && found.output.isEmpty, "\(found.output)")
  }

  @Test func `there are pages with commands, and a picture`() throws {
    #expect(!Self.scripts.isEmpty)
    let shown = try Self.pages.filter { try text($0).contains("```console\n$ favs ") }
    #expect(shown.count >= 6, "\(shown)")
  }

  @Test(arguments: scripts)
  func `a picture is what its commands print; make docs draws it`(script: String) throws {
    let drawn = try run("picture.py", [Favs.program, script])
    #expect(drawn.code == 0)
    let picture = script.replacingOccurrences(of: ".commands", with: ".svg")
    #expect(try text(picture) == drawn.output)
  }

  @Test func `all that users read is in plain English`() throws {
    let found = try run("words.py", ["."])
    #expect(found.code == 0 && found.output.isEmpty, "\(found.output)")
  }

  @Test func `the map of the sources and the rules for them are true`() throws {
    let found = try run("house.py", ["."])
    #expect(found.code == 0 && found.output.isEmpty, "\(found.output)")
  }

  @Test func `README is short, and leads to every page of docs`() throws {
    let readme = try text("README.md")
    #expect(readme.split(separator: "\n", omittingEmptySubsequences: false).count <= 251)
    for page in Self.pages.dropFirst() { #expect(readme.contains("](\(page))"), "\(page)") }
  }

  @Test(arguments: pages)
  func `links within the repository lead somewhere`(page: String) throws {
    let folder = Self.root.appendingPathComponent(page).deletingLastPathComponent()
    for match in try text(page).matches(of: /\]\(([^)\s]+)\)/) {
      let link = String(match.1)
      guard !link.contains("://") else { continue }
      let parts = link.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
      let target =
        parts[0].isEmpty
        ? Self.root.appendingPathComponent(page)
        : folder.appendingPathComponent(parts[0])
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(link)")
      guard parts.count > 1, target.pathExtension == "md" else { continue }
      let anchors = try String(contentsOf: target, encoding: .utf8).split(separator: "\n")
        .filter { $0.hasPrefix("#") }.map(Self.anchor)
      #expect(anchors.contains(parts[1]), "\(page): \(link)")
    }
  }

  /// What a heading is linked by.
  private static func anchor(of heading: Substring) -> String {
    String(
      heading.drop { $0 == "#" || $0 == " " }.lowercased().map { $0 == " " ? "-" : $0 }
        .filter { $0.isLetter || $0.isNumber || $0 == "-" })
  }
}
