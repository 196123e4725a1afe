import Foundation
import TestSupport
import Testing

/// Variables of the environment that are not text.
struct VariableTests {
  @Test(arguments: [
    (#"FAVS_DB=$D/x$'\377'.db $F add Lost"#, "FAVS_DB"),
    (#"XDG_DATA_HOME=$D/x$'\377' $F add Lost"#, "XDG_DATA_HOME"),
    (#"HOME=$D/x$'\377' $F add Lost"#, "HOME"),
    (#"XDG_STATE_HOME=$D/x$'\377' $F logs"#, "XDG_STATE_HOME"),
    (#"XDG_CONFIG_HOME=$D/x$'\377' $F import --from firefox"#, "XDG_CONFIG_HOME"),
    (#"BUKU_DEFAULT_DBDIR=$D/x$'\377' $F import --from buku"#, "BUKU_DEFAULT_DBDIR"),
  ])
  func `nothing is kept elsewhere where a variable is not text`(line: String, name: String) throws {
    try withFavs { favs in
      let offset = favs.folder.utf8.count + 2
      expectSame(
        try favs.inShell(line),
        Outcome(8, error: "favs: the variable \(name) is not valid UTF-8 at byte \(offset)\n"))
      #expect(
        try FileManager.default.subpathsOfDirectory(atPath: favs.folder)
          .filter { $0.hasSuffix(".db") } == [])
    }
  }

  @Test func `a browser whose name is not text is not run, nor another`() throws {
    try withFavs { favs in
      try favs("add", "https://example.org")
      expectSame(
        try favs.inShell(#"FAVS_DB=$D/favs.db BROWSER=$'a\377' $F open 1"#),
        Outcome(8, error: "favs: the variable BROWSER is not valid UTF-8 at byte 1\n"))
      #expect(try favs("show", "1", "--format", "{opened}").output == "0")
    }
  }

  @Test(arguments: ["VISUAL", "EDITOR", "XDG_RUNTIME_DIR"])
  func `an editor whose name is not text is not run, nor another`(name: String) throws {
    try withFavs { favs in
      try favs("add", "x")
      // script(1) gives it the terminal that an editor needs.
      let outcome = try favs.inShell(
        "FAVS_DB=$D/favs.db \(name)=$'/\\377' script -qec \"$F edit 1\" /dev/null </dev/null")
      #expect(outcome.code == 8, "\(outcome)")
      #expect(outcome.output.contains("the variable \(name) is not valid UTF-8 at byte 1"))
    }
  }

  @Test(arguments: [
    #"FAVS_DB=$'\377' XDG_DATA_HOME=$'\377' $F --db $D/a.db add x"#,
    #"HOME=$'\377' XDG_DATA_HOME=$D $F add x"#, #"XDG_DATA_HOME=$'\377' FAVS_DB=$D/b.db $F add x"#,
    #"BROWSER=$'\377' VISUAL=$'\377' XDG_STATE_HOME=$'\377' FAVS_LOG=info $F add x"#,
    #"FAVS_DB=$'\377' $F help add"#, #"HOME=$'\377' $F --version"#, #"HOME=$'\377' $F man list"#,
    #"FAVS_DB=$'\377' $F completions bash"#, #"FAVS_DB=$'\377' $F logs"#,
    #"COLUMNS=$'\377' NO_COLOR=$'\377' TERM=$'\377' FAVS_LOG=$'\377' TMPDIR=$'\377' $F add x"#,
  ])
  func `a variable that is not needed is not looked at`(line: String) throws {
    try withFavs { favs in
      let outcome = try favs.inShell(line)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(outcome.error == "")
    }
  }

  @Test func `what is no text in an import is told with its place`() throws {
    try withFavs { favs in
      func taken(_ bytes: [UInt8]) throws -> Outcome {
        try favs.run([Array("import".utf8), Array("-".utf8)], input: bytes)
      }
      let hint =
        "hint: favs help formats lists formats; iconv converts encodings\n"
      expectSame(
        try taken([0x61, 0xFF, 0x62]),
        Outcome(8, error: "favs: standard input: line 1, column 2: not valid UTF-8\n" + hint))
      expectSame(
        try taken(Array("é\nzü".utf8) + [0xC3]),
        Outcome(8, error: "favs: standard input: line 2, column 3: not valid UTF-8\n" + hint))
    }
  }
}
