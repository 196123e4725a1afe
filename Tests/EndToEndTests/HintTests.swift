import Foundation
import TestSupport
import Testing

/// What favs advises can be typed as it stands.
struct HintTests {
  /// Situations that lead to a hint or a note with a command in it.
  private static let lines: [[String]] = [
    ["show", "99"], ["show", "nothing"], ["show", "Twice"], ["list", "nowhere"], ["rm"],
    ["tag", "rm", "none"],
    ["restore", "99"], ["restore"], ["history", "@99"], ["undo", "99"], ["undo", "1"],
    ["undo", "7"], ["redo"],
    ["add", "https://a.example/", "-c", "links"], ["edit", "2", "--url", "https://a.example/"],
    ["edit", "1"],
    ["category", "add", "links"], ["category", "rename", "links", "books"],
    ["category", "edit", "links"],
    ["category", "rm", "it's $HOME"], ["rm", "1", "-v"], ["move", "1"], ["open", "1"],
    ["open", "4"],
    ["nope"], ["lst"], ["list", "--nope"], ["list", "--pag", "1"], ["category", "nope"], ["show"],
    ["help", "nope"], ["trash", "empty", "--all"], ["trash", "empty"],
    ["backup", "restore", "nope"],
    ["import"], ["import", "/dev/null"], ["import", "--from", "firefox"],
    ["search", "x", "--regex", "--facets", "tag"],
    ["search", "x", "--facets", ""], ["list", "--after", "x"], ["list", "--fields", "x"],
    ["list", "--format", "x"], ["show", "1", "--at", "@99"], ["undo", "-v"],
    ["backup", "restore", "BACKUP", "--yes"],
    ["list", "--db", "/dev/null"], ["doctor", "--salvage", "SALVAGED"],
    ["add", "x", "-c", "team@2024"],
  ]

  private func fill(_ favs: Favs) throws {
    try favs("add", "Twice", "-c", "books")
    try favs("add", "Twice", "-c", "links", "-u", "https://b.example/")
    try favs("add", "A", "-c", "links", "-u", "https://a.example/")
    try favs("add", "J", "-c", "it's $HOME", "-u", "javascript:x")
    try favs("edit", "1", "--note", "x")
    try favs("edit", "1", "--note", "y")
    try favs("undo")
    try favs("backup")
  }

  /// The commands in what was said: from the name of the program up to the first word that is none
  /// of a command line.
  private static func commands(in text: String) -> [String] {
    let verbs: Set<String> = [
      "shows", "show", "finds", "takes", "tells", "lists", "makes", "gives", "puts", "brings",
      "upgrades", "keeps",
      "checks", "creates", "rebuilds", "repairs", "rescues", "restores", "reverts", "undoes",
      "redoes",
      "imports", "merges", "backs", "copies", "removes", "changes", "sets", "uses", "also",
      "follows", "reads", "leaves", "adds", "and",
    ]
    var commands: [String] = []
    for line in text.split(separator: "\n")
    where line.hasPrefix("hint: ") || !line.hasPrefix("favs: ") {
      for part in line.replacingOccurrences(of: "hint: ", with: "").components(separatedBy: "; ") {
        for clause in part.components(separatedBy: " or ") {
          guard let start = clause.range(of: "favs ") else { continue }
          let words = clause[start.lowerBound...].components(separatedBy: " ")
          let command = words.prefix { !verbs.contains($0) }.joined(separator: " ")
          commands.append(command.trimmingCharacters(in: CharacterSet(charactersIn: ",:")))
        }
      }
    }
    return commands
  }

  /// The options in a hint that are meant for the command that gives it.
  private static func options(in text: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("hint: ") && !$0.contains("did you mean") }
      .flatMap { $0.dropFirst(6).components(separatedBy: "; ") }.filter { !$0.contains("favs ") }
      .flatMap { $0.components(separatedBy: CharacterSet(charactersIn: " ,")) }
      .filter { $0.hasPrefix("--") && $0 != "--db" }
  }

  private static let samples = [
    "NEWFILE": "new-file", "NEW": "other", "URL": "https://sample.example/", "PATH": "books",
    "NAME": "books", "N": "1",
    "AGE": "30d", "QUERY": "x", "CATEGORY": "links", "INTO": "books",
  ]

  private func check(_ command: String, _ favs: Favs) throws {
    var line = command
    for (name, value) in Self.samples {
      line = line.split(separator: " ").map { $0 == name ? value : String($0) }.joined(
        separator: " ")
    }
    try FileManager.default.createDirectory(
      atPath: favs.folder + "/bin", withIntermediateDirectories: true)
    if !FileManager.default.fileExists(atPath: favs.folder + "/bin/favs") {
      try FileManager.default.createSymbolicLink(
        atPath: favs.folder + "/bin/favs", withDestinationPath: Favs.program)
    }
    for shell in ["/bin/sh", "zsh"] {
      let copy = favs.folder + "/copy.db"
      try? FileManager.default.removeItem(atPath: copy)
      if FileManager.default.fileExists(atPath: favs.database) {
        try FileManager.default.copyItem(atPath: favs.database, toPath: copy)
      }
      try line.write(toFile: favs.folder + "/line", atomically: true, encoding: .utf8)
      let outcome = try favs.inShell(
        "cd $D; rm -f new-file; PATH=$D/bin:$PATH FAVS_DB=$D/copy.db BROWSER=/bin/true \(shell) $D/line </dev/null"
      )
      #expect(outcome.code != 2 && outcome.code != 127, "\(shell): \(line)\n\(outcome)")
      #expect(!outcome.error.contains("not found"), "\(shell): \(line)\n\(outcome)")
    }
  }

  @Test(arguments: lines)
  func `what a hint advises is a command line that a shell runs`(line: [String]) throws {
    try withFavs { favs in
      try fill(favs)
      let backups = try favs("backup", "list").output
      let words = line.map { word in
        switch word {
        case "BACKUP": String(backups.prefix { $0 != "\t" })
        case "SALVAGED": favs.folder + "/it's saved.db"
        default: word
        }
      }
      let outcome = try favs.words(words)
      #expect(!outcome.error.contains("#"), "\(outcome)")
      for command in Self.commands(in: outcome.error) { try check(command, favs) }
      let help = try favs.words(["help"] + line.prefix(2)).output + favs("help", line[0]).output
      for option in Self.options(in: outcome.error) {
        #expect(
          help.contains(option + " ") || help.contains(option + "\n"), "\(option)\n\(outcome)")
      }
    }
  }

  @Test func `the hints of the samples hold commands`() throws {
    #expect(
      Self.commands(
        in:
          "favs: no\nhint: favs list shows them; favs undo or favs restore -c 'a b' reverts it\n"
      )
        == ["favs list", "favs undo", "favs restore -c 'a b'"])
  }

  @Test(arguments: [
    ["list", "--", "books"], ["list", "it's $HOME"], ["list", "-c", "it's $HOME"],
    ["search", "title", "--", "-not"],
    ["search", "title"], ["trash", "list", "--", "title"], ["list", "--page", "1", "books"],
    ["list", "--page=1", "--sort", "-title", "books"],
  ])
  func `the next page is what its command line gives`(words: [String]) throws {
    try withFavs { favs in
      let category = words.contains("it's $HOME") ? "it's $HOME" : "books"
      let lines = (1...25).map { "title \($0)\n" }.joined()
      try favs("add", "-", "-c", category, input: lines)
      if words[0] == "trash" { try favs("rm", "--all", "--yes") }
      let shown = try favs.onTerminal(all: words)
      let footer = try #require(
        shown.output.split(separator: "\n").last { $0.contains("Page 1 of") })
      let next = try #require(footer.range(of: "next: "))
      let command = footer[next.upperBound...].replacingOccurrences(of: "\u{1B}[0m", with: "")
        .replacingOccurrences(of: "\u{1B}[22m", with: "")
      try check(command, favs)
      let outcome = try favs.inShell(
        "mkdir -p $D/b; ln -sf $F $D/b/favs; PATH=$D/b:$PATH FAVS_DB=$D/favs.db; export FAVS_DB PATH; \(command) --fields id"
      )
      // In front of a -- options stand; what was added behind the line here may not be one any
      // more.
      guard !words.contains("--") else { return }
      #expect(outcome.output.split(separator: "\n").count == 5, "\(command)\n\(outcome)")
    }
  }

  @Test(arguments: [
    (["list", "-t", "pyhton"], "no favourite has the tag 'pyhton'; one is called 'python'"),
    (["search", "tag:francais"], "no favourite has the tag 'francais'; one is called 'français'"),
    (["search", "#xyz"], "no favourite has the tag 'xyz'"),
    (
      ["search", "category:sci-fi"], "no category is called 'sci-fi'; one is called 'books/sci-fi'"
    ),
    (["list", "--where", "autor=x"], "no favourite has metadata 'autor'; one is called 'author'"),
    (["search", "autor:herbert"], "no favourite has metadata 'autor'; one is called 'author'"),
  ])
  func `a filter that is no name of anything is told where nothing is found`(
    words: [String], hint: String
  ) throws {
    try withFavs { favs in
      try favs("add", "Fluent", "-t", "python", "-t", "français", "-c", "books/sci-fi")
      try favs("edit", "1", "--set", "author=x")
      #expect(try favs.words(words).error == "hint: \(hint)\n")
      #expect(try favs.words(words + ["-q"]).error == "")
      #expect(try favs.words(words + ["--limit", "2"]).error == "")
      #expect(try favs("list", "-t", "python", "--untagged").error == "")
      #expect(try favs("search", "nothing:here").error == "")
    }
  }
}
