import Foundation
import TestSupport
import Testing

/// What a person sees on a terminal, and what a pipe gets of the same command.
struct LooksTests {
  private static let many = 21

  private func plain(_ favs: inout Favs) { favs.environment = ["NO_COLOR": "1", "TERM": "xterm"] }

  /// A file with many favourites in two categories.
  private func filled(_ favs: Favs) throws {
    let lines = (1...Self.many).map { "Thing \($0)" }.joined(separator: "\n")
    try favs("add", "-", "-c", "Dev", "-q", input: lines)
    try favs("add", "One", "-c", "Dev/Blog", "-q")
  }

  @Test func `a command that dealt with many says how many of each category, -v lists them`()
    throws
  {
    try withFavs { favs in
      try filled(favs)
      plain(&favs)
      let told = try favs.onTerminal("edit", "--all", "-t", "x", "-y").output
        .split(separator: "\n")
      #expect(told.first?.hasPrefix("Dev") == true && told.first?.contains("21") == true)
      #expect(told.contains { $0.hasPrefix("Dev/Blog") && $0.contains(" 1") })
      #expect(!told.contains { $0.contains("Thing") }, "\(told)")
      #expect(told.contains("--verbose lists each"))
      let listed = try favs.onTerminal("edit", "--all", "-t", "y", "-y", "-v").output
      #expect(listed.contains("Thing 21"))
      let piped = try favs("edit", "--all", "-t", "z", "-y").output
      #expect(piped.split(separator: "\n").count == 22)
      // What was asked for is shown.
      #expect(try favs.onTerminal("show", "1-22", "--format", "table").output.contains("Thing 21"))
      let few = try favs.onTerminal("edit", "1-3", "-t", "w", "-y").output
      #expect(few.contains("Thing 3"))
    }
  }

  @Test func `an import says how many came into each category, -v and pipes list them`() throws {
    try withFavs { favs in
      try filled(favs)
      let whole = try favs("export", "--format", "jsonl").output
      try Data(whole.utf8).write(to: URL(fileURLWithPath: "\(favs.folder)/all.jsonl"))
      let file = "\(favs.folder)/all.jsonl"
      plain(&favs)
      let told = try favs.onTerminal("import", file, "--db", "\(favs.folder)/a.db").output
      #expect(told.contains("Dev") && !told.contains("Thing"), "\(told)")
      #expect(told.contains("22 read: 22 added"))
      let listed = try favs.onTerminal("import", file, "-v", "--db", "\(favs.folder)/b.db").output
      #expect(listed.contains("add\t21\tThing 21"), "\(listed)")
      let piped = try favs("import", file, "--db", "\(favs.folder)/c.db").output
      #expect(piped.split(separator: "\n").count == 22)
      // Nothing came in, so nothing is counted.
      let again = try favs.onTerminal("import", file, "--db", "\(favs.folder)/c.db").output
      #expect(!again.contains("Dev"), "\(again)")
    }
  }

  @Test func `a value that changed is one line on a terminal, and two in a pipe`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "--set", "year=1965", "--note", "one\ntwo", "-q")
      try favs("edit", "1", "--set", "year=1966", "--note", "one\nthree", "-t", "classic", "-q")
      plain(&favs)
      let shown = try favs.onTerminal("diff", "1").output
      #expect(shown.contains("1965 → 1966") && shown.contains("→ classic"), "\(shown)")
      #expect(shown.contains("- note: two") && shown.contains("+ note: three"), "\(shown)")
      let piped = try favs("diff", "1").output
      #expect(piped.contains("1965\n") && !piped.contains("→"), "\(piped)")
    }
  }

  @Test(arguments: [40, 80, 120])
  func `a change of the history is one line, however long`(width: Int) throws {
    try withFavs { favs in
      let long = String(repeating: "七long ", count: 40)
      for title in ["short", long] { try favs("add", title, "-c", "a/b/c", "-q") }
      try favs("undo", "-q")
      plain(&favs)
      favs.environment["COLUMNS"] = String(width)
      let lines = try favs.onTerminal("history").output.split(separator: "\n")
      #expect(lines.count == 4 && lines.last == "Page 1 of 1 · 3 changes")
      for line in lines {
        let columns = line.unicodeScalars.reduce(0) { $0 + ($1 == "七" ? 2 : 1) }
        #expect(columns <= width, "\(line)")
      }
    }
  }

  @Test func `doctor needs one line when all is well, and -v lists the checks`() throws {
    try withFavs { favs in
      try filled(favs)
      plain(&favs)
      let sound = try favs.onTerminal("doctor")
      #expect(sound.code == 0)
      #expect(sound.output.split(separator: "\n").count == 1, "\(sound)")
      #expect(sound.output.hasPrefix("All ") && sound.output.contains("22 favourites"))
      #expect(try favs.onTerminal("doctor", "-v").output.split(separator: "\n").count > 10)
      chmod(favs.database, 0o666)
      let bad = try favs.onTerminal("doctor")
      #expect(bad.code == 1)
      #expect(bad.output.hasPrefix("bad\t") && !bad.output.contains("ok\t"), "\(bad)")
    }
  }

  @Test func `--wide brings the columns of a pipe back`() throws {
    try withFavs { favs in
      try filled(favs)
      try favs("edit", "1", "-t", "x", "-q")
      try favs("rm", "22", "-q")
      plain(&favs)
      for (words, heading) in [
        (["list"], "ID  CATEGORY"), (["search", "thing"], "ID  CATEGORY"),
        (["category", "list"], "CATEGORY"), (["tag", "list"], "TAG"),
        (["trash", "list"], "ID  DELETED_AT"),
      ] {
        #expect(!(try favs.onTerminal(all: words).output.hasPrefix(heading)), "\(words)")
        let wide = try favs.onTerminal(all: words + ["--wide"]).output
        #expect(wide.hasPrefix(heading), "\(wide)")
        // A pipe has them all.
        expectSame(
          try favs.run(words.map { Array($0.utf8) }),
          try favs.run((words + ["--wide"]).map { Array($0.utf8) }))
      }
      #expect(try favs("trash", "list", "--categories", "--wide").code == 2)
      #expect(try favs("show", "1", "--wide").code == 2)
    }
  }

  @Test func `show lays out on a terminal, and has a line for each field in a pipe`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-t", "classic", "-c", "books", "--note", "Slowly.", "-q")
      plain(&favs)
      let shown = try favs.onTerminal("show", "1").output
      #expect(shown.hasPrefix("Dune\nbooks@1 #classic"), "\(shown)")
      #expect(shown.hasSuffix("\n\nSlowly.\n"), "\(shown)")
      let piped = try favs("show", "1").output
      #expect(
        piped.hasPrefix("id        1\ntitle     Dune\ncategory  books@1\ntags      classic\n"),
        "\(piped)")
    }
  }
}
