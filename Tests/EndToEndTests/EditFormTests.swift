import Foundation
import TestSupport
import Testing

/// The editor's form through the built program: what is typed there is not lost, and nothing stored
/// is obeyed.
struct EditFormTests {
  /// Two favourites, and a script for an editor.
  private func withEditor(_ script: String, _ body: (inout Favs) throws -> Void) throws {
    try withFavs { favs in
      try favs("add", "One", "-u", "https://a.example/1", "-c", "l")
      try favs(
        "add", "Two", "-u", "https://a.example/2", "-c", "l", "-t", "x", "--set", "year=1965",
        "--note",
        "first\n\nlast")
      try edit(&favs, by: script)
      try body(&favs)
    }
  }

  private func edit(_ favs: inout Favs, by script: String) throws {
    let editor = favs.folder + "/editor"
    try writeScript("#!/bin/sh\n\(script)\n", at: editor)
    favs.environment["EDITOR"] = editor
  }

  private func kept(_ favs: Favs) throws -> [String] {
    let all = FileManager.default.enumerator(atPath: favs.folder)?.allObjects ?? []
    return all.compactMap { $0 as? String }.filter { $0.contains("favourite-") }
  }

  private func rows(_ favs: Favs) throws -> String { try favs("list", "--json").output }

  @Test(arguments: [
    ("s,^url:.*,url: https://a.example/1,", Int32(4)), ("s,^category:.*,category: a//b,", 8),
    ("s,^set: year.*,set: nothing,", 8), ("/^---$/d", 8), ("/^.--- end/d", 8), ("/^title:/d", 8),
    ("s,^title:.*,title:,", 8), ("$ s,$,\\nbelow,", 8), ("s,^tags:,title: other\\n&,", 8),
  ])
  func `an hour of typing is in a file that is told where the change cannot be made`(
    change: String, code: Int32
  ) throws {
    try withEditor("sed -i -e 's,^first,LONGWORK,' -e '\(change)' \"$1\"") { favs in
      let before = try rows(favs)
      let outcome = try favs.onTerminal("edit", "2")
      #expect(outcome.code == code, "\(outcome)")
      let files = try kept(favs)
      #expect(files.count == 1)
      let path = favs.folder + "/" + (files.first ?? "")
      #expect(outcome.output.contains("hint: your text was saved in '\(path)'"), "\(outcome)")
      #expect(try String(contentsOfFile: path, encoding: .utf8).contains("LONGWORK"))
      #expect(try rows(favs) == before)
    }
  }

  @Test
  func `what was typed is kept where the favourite was removed meanwhile, and goes on by hand`()
    throws
  {
    try withEditor("sed -i 's,^first,LONGWORK,' \"$1\"; \(Favs.program) rm 2 >&2") { favs in
      let outcome = try favs.onTerminal("edit", "2")
      #expect(outcome.code == 3)
      #expect(outcome.output.contains("favs: favourite 2 is in the trash: "), "\(outcome)")
      let path = try favs.folder + "/" + #require(try kept(favs).first)
      try favs("restore", "2")
      try edit(&favs, by: "cp '\(path)' \"$1\"")
      #expect(try favs.onTerminal("edit", "2").code == 0)
      #expect(
        try favs("show", "2", "--json", "--fields", "note").output
          == #"[{"note":"LONGWORK\n\nlast"}]"# + "\n")
    }
  }

  @Test(arguments: [
    ("s,^first,MINE,", "--note theirs", "note"),
    ("s,^title: .*,title: MINE,", "--title X", "title"),
    ("s,^url: .*,url: https://MINE.example,", "--clear url", "url"),
    ("s,^category: .*,category: MINE,", "-c theirs", "category"),
    ("s,^set: year.*,set: year=1,", "--set year=2", "year"),
    ("/^set: year/d;s,^first,MINE,", "--set year=2", "year"),
  ])
  func `what others wrote into the same field meanwhile is not overwritten`(
    mine: String, theirs: String, field: String
  ) throws {
    let script = "\(Favs.program) edit 2 \(theirs) >&2 || exit 9; sed -i '\(mine)' \"$1\""
    try withEditor(script) { favs in
      let outcome = try favs.onTerminal("edit", "2")
      #expect(outcome.code == 4, "\(outcome)")
      #expect(
        outcome.output.contains("favs: favourite 2 was changed while you edited it: \(field)\n"),
        "\(outcome)")
      let path = try favs.folder + "/" + #require(try kept(favs).first)
      #expect(
        outcome.output.contains(
          "your text was saved in '\(path)'; favs show 2 shows what it is now"))
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.contains("set: year") == !mine.hasPrefix("/"))
      #expect(try favs("history", "2", "--json").objects.count == 2)
    }
  }

  @Test(arguments: [
    ("s,^first,MINE,", "--title theirs -t y"), ("s,^first,MINE,", "--note MINE'\n\n'last"),
    ("s,^tags:.*,tags: x\\, mine,", "-t theirs -t -x"),
    ("s,^set: year.*,set: year=2,", "--set year=2 --note theirs"),
  ])
  func `what others wrote into other fields meanwhile is kept beside what was typed`(
    mine: String, theirs: String
  ) throws {
    let script = "\(Favs.program) edit 2 \(theirs) >&2 || exit 9; sed -i '\(mine)' \"$1\""
    try withEditor(script) { favs in
      let outcome = try favs.onTerminal("edit", "2")
      #expect(outcome.code == 0, "\(outcome)")
      #expect(try kept(favs).isEmpty)
    }
  }

  @Test func `what was typed for a rehearsal is kept, and its place told`() throws {
    try withEditor("sed -i 's,^first,LONGWORK,' \"$1\"") { favs in
      let before = try rows(favs)
      let outcome = try favs.onTerminal("edit", "2", "-n")
      #expect(outcome.code == 0)
      let path = try favs.folder + "/" + #require(try kept(favs).first)
      #expect(outcome.output.contains("your text was saved in '\(path)'"), "\(outcome)")
      #expect(try String(contentsOfFile: path, encoding: .utf8).contains("LONGWORK"))
      #expect(try rows(favs) == before)
    }
  }

  @Test(arguments: [("TERM", SIGTERM), ("HUP", SIGHUP)])
  func `where the text is that an editor saved is told also by a favs that is killed`(
    name: String, number: Int32
  ) throws {
    try withEditor("sed -i 's,^first,LONGWORK,' \"$1\"; kill -\(name) $PPID") { favs in
      let outcome = try favs.onTerminal("edit", "2")
      #expect(outcome.code == 128 + number, "\(outcome)")
      let path = try favs.folder + "/" + #require(try kept(favs).first)
      #expect(outcome.output.contains("favs: what your editor saved is in '\(path)'\n"))
      #expect(try String(contentsOfFile: path, encoding: .utf8).contains("LONGWORK"))
    }
  }

  @Test(arguments: [": > \"$1\"", "rm \"$1\"", "sed -i '/^#/!d' \"$1\"", "exit 1"])
  func `a form that is emptied, removed or given up changes nothing and leaves nothing`(
    script: String
  ) throws {
    try withEditor(script) { favs in
      let before = try rows(favs)
      #expect(try favs.onTerminal("edit", "2").code == 4)
      #expect(try rows(favs) == before)
      #expect(try kept(favs).isEmpty)
    }
  }

  @Test(arguments: [
    ("/^url:/d", "url", "[{\"url\":null}]"), ("/^tags:/d", "tags", "[{\"tags\":[]}]"),
    ("s/^tags:.*/tags:/", "tags", "[{\"tags\":[]}]"),
    ("/^set: year/d", "metadata", "[{\"metadata\":{}}]"),
    ("/^category:/d", "category", "[{\"category\":\"inbox\"}]"),
    ("/^first$/,/^last$/d", "note", "[{\"note\":null}]"),
    ("s/$/\\r/", "note", "[{\"note\":\"first\\n\\nlast\"}]"),
    ("s/^first$/---/", "note", "[{\"note\":\"---\\n\\nlast\"}]"),
    (
      "s/^first$/--- end of the note ---/", "note",
      "[{\"note\":\"--- end of the note ---\\n\\nlast\"}]"
    ),
  ])
  func `a line that is deleted clears its field, and no other`(
    change: String, field: String, wanted: String
  ) throws {
    try withEditor("sed -i '\(change)' \"$1\"") { favs in
      let others = ["title", "url", "tags", "metadata", "note"].filter { $0 != field }
        .joined(separator: ",")
      let before = try favs("show", "2", "--json", "--fields", others).output
      let outcome = try favs.onTerminal("edit", "2")
      #expect(outcome.code == 0, "\(outcome)")
      #expect(try favs("show", "2", "--json", "--fields", field).output == wanted + "\n")
      #expect(try favs("show", "2", "--json", "--fields", others).output == before)
      #expect(try kept(favs).isEmpty)
    }
  }

  @Test func `no stored line stands where an editor obeys it`() throws {
    try withFavs { favs in
      let vim = "vim: set modeline exrc shell=/bin/false :"
      let emacs = "Local Variables:\neval: (shell-command \"touch pwned\")\nEnd:"
      for note in [vim, emacs, "\(vim)\n\(emacs)\n\(vim)"] {
        try favs(
          "add", vim, "-t", vim, "--set", "k=\(vim)", "--note", note, "-c", "kate: x", "--duplicate"
        )
      }
      try edit(&favs, by: "cp \"$1\" '\(favs.folder)/form'")
      for id in ["1", "2", "3"] {
        #expect(try favs.onTerminal("edit", id).code == 0)
        let form = try String(contentsOfFile: favs.folder + "/form", encoding: .utf8)
        let lines = form.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        for line in lines.prefix(10) + lines.suffix(10) { #expect(line.hasPrefix("#"), "\(line)") }
        // Emacs looks for local variables behind the last form feed that begins a line.
        let page = try #require(form.components(separatedBy: "\n\u{0C}").last)
        #expect(!page.contains("Local Variables:") && page.utf8.count < 3_000)
      }
    }
  }

  @Test func `a session's folder is used where its path is absolute, and else not`() throws {
    try withEditor("echo \"$1\" > \"$HOME/where\"") { favs in
      let run = favs.folder + "/run"
      try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: false)
      for (value, place) in [(run, run), ("run", favs.folder), (run + "/none", favs.folder)] {
        favs.environment["XDG_RUNTIME_DIR"] = value
        #expect(try favs.onTerminal("edit", "1").code == 0)
        let path = try String(contentsOfFile: favs.folder + "/where", encoding: .utf8)
        #expect(path.hasPrefix(place + "/favs-edit-"), "\(path)")
      }
      #expect(try kept(favs).isEmpty)
    }
  }

  @Test func `a text that was kept goes when its favourite is forgotten, and no other does`() throws
  {
    let script =
      "cp \"$1\" \"$1~\"; sed -i 's,^first,SECRETWORK,; s,^url:.*,url: https://a.example/3,' \"$1\""
    try withEditor(script) { favs in
      try favs("add", "Three", "-u", "https://a.example/3", "-c", "l")
      for id in ["2", "1"] {
        let outcome = try favs.onTerminal("edit", id)
        #expect(outcome.code == 4, "\(outcome)")
      }
      #expect(try kept(favs).filter { $0.hasSuffix(".txt") }.count == 2)
      try favs("rm", "2")
      #expect(try favs("trash", "empty", "--all", "-n").code == 0)
      #expect(try kept(favs).filter { $0.hasSuffix(".txt") }.count == 2)
      #expect(try favs("trash", "empty", "--all", "--yes").code == 0)
      #expect(try kept(favs).filter { $0.hasSuffix(".txt") }.count == 1)
      for case let name as String in FileManager.default.enumerator(atPath: favs.folder)?.allObjects
        ?? []
      {
        let bytes = FileManager.default.contents(atPath: favs.folder + "/" + name) ?? Data()
        #expect(name == "editor" || bytes.range(of: Data("SECRETWORK".utf8)) == nil, "\(name)")
      }
    }
  }
}
