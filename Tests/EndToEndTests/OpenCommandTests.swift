import Foundation
import TestSupport
import Testing

/// `open` with programs of the test in the place of browsers.
struct OpenCommandTests {
  @Test func `the link goes to xdg-open as one word, and is counted`() throws {
    try withFavs { favs in
      try favs.provide("xdg-open")
      try favs("add", "SQLite", "-u", "https://sqlite.org/a b?x='$(id)'&y=\"z\"", "-c", "links")
      expectSame(
        try favs("open", "links#1", "--fields", "title,opened"),
        Outcome(0, "SQLite\t1\n", error: "1 opened\n"))
      #expect(favs.calls == [["xdg-open", "https://sqlite.org/a%20b?x='$(id)'&y=%22z%22"]])
      #expect(try favs("list", "--json").objects.first?["opened"] as? Int == 1)
      #expect(try favs("history").output.contains("1 favourite opened"))
      // What undo takes back is the last change, and an opening is none.
      #expect(try favs("undo").output.contains("add SQLite"))
    }
  }

  @Test(arguments: [
    ("javascript:alert(1)", "javascript"), ("file:///etc/passwd", "file"),
    ("data:text/html,x", "data"), ("JavaScript:alert(1)", "javascript"), ("vbscript:x", "vbscript"),
  ])
  func `a scheme that is not listed is refused`(url: String, scheme: String) throws {
    try withFavs { favs in
      try favs.provide("xdg-open")
      try favs("add", "good", "-u", "https://example.org/")
      try favs("add", "bad", "-u", url)
      let refused = Outcome(
        8,
        error: "favs: favourite 2 was not opened: its URL starts with '\(scheme):'\n"
          + "hint: --any-scheme opens it anyway\n")
      expectSame(try favs("open", "bad"), refused)
      // One that may not be opened keeps the others closed as well.
      expectSame(try favs("open", "--all"), refused)
      #expect(favs.calls == [])
      #expect(try favs("list", "--fields", "opened").output == "0\n0\n")
      #expect(try favs("open", "bad", "--any-scheme").code == 0)
      #expect(favs.calls == [["xdg-open", url]])
    }
  }

  @Test(arguments: [
    ("mailto:a@b.org?subject=Hi&attach=/etc/passwd", "attach"),
    ("MAILTO:a@b.org?Attachment=x", "attachment"), ("mailto:?%61ttach=/x", "attach"),
    ("mailto:a@b.org?subject=x;attach=/x", "attach"), ("mailto:a?x=1", "x"),
    ("mailto:a?subject=x%0D%0AAttach:/x", "a line end"), ("mailto:a%0Ab@c.org", "a line end"),
  ])
  func `a letter that would take a file along is refused`(url: String, field: String) throws {
    try withFavs { favs in
      try favs.provide("xdg-open")
      try favs("add", "letter", "-u", url)
      expectSame(
        try favs("open", "1"),
        Outcome(
          8,
          error: "favs: favourite 1 was not opened: its mailto: link sets '\(field)'\n"
            + "hint: --any-scheme opens it anyway\n"))
      #expect(favs.calls == [])
      let plain = "mailto:a@b.org?cc=c@d.org&Subject=x%20y&amp;body=one%0D%0Atwo"
      try favs("edit", "1", "-u", plain)
      #expect(try favs("open", "1").code == 0)
      #expect(favs.calls == [["xdg-open", plain]])
    }
  }

  @Test(arguments: ["-opt", "--help", "/etc/passwd", "example.org", "-x:y"])
  func `what has no scheme is never opened, and so no option ever given`(url: String) throws {
    try withFavs { favs in
      try favs.provide("xdg-open")
      // Older versions kept such links, and files of theirs are taken as they are.
      let line =
        #"{"uid":"0192f0c1-0000-7000-8000-000000000001","title":"odd","url":"\#(url)"}"#
      #expect(try favs("import", "-", input: line).code == 0)
      for words in [["open", "1"], ["open", "1", "--any-scheme"]] {
        expectSame(
          try favs.run(words.map { Array($0.utf8) }),
          Outcome(
            8,
            error: "favs: the URL of favourite 1 has no scheme such as https:\n"
              + "hint: favs edit 1 --url URL changes it\n"))
      }
      #expect(favs.calls == [])
    }
  }

  @Test func `one without a URL is told, and filters leave it out`() throws {
    try withFavs { favs in
      try favs.provide("xdg-open")
      try favs("add", "Dune")
      try favs("add", "https://example.org/")
      expectSame(
        try favs("open", "Dune"),
        Outcome(
          3,
          error: "favs: favourite 1 has no URL: 'Dune'\n"
            + "hint: favs edit 1 --url URL sets one; --has url skips favourites without one\n"))
      expectSame(
        try favs("open", "--has", "url", "--fields", "id"), Outcome(0, "2\n", error: "1 opened\n"))
      expectSame(
        try favs("open", "--json"),
        Outcome(
          4,
          error:
            #"{"error":{"code":"conflict","message":"no favourites selected","hint":"name some, use filters, or use --all to select every favourite","exit":4}}"#
            + "\n"))
      expectSame(
        try favs("open", "-t", "none"), Outcome(0, error: "nothing to open\n"))
    }
  }

  @Test func `pages go to the browser, with its words, and the rest to the system`() throws {
    try withFavs { favs in
      for name in ["xdg-open", "one", "two"] { try favs.provide(name) }
      try favs("add", "page", "-u", "https://example.org/%s")
      try favs("add", "letter", "-u", "mailto:a@b.example")
      for (browser, call) in [
        ("one", ["one", "https://example.org/%s"]),
        ("missing:two --tab 'a b'", ["two", "--tab", "a b", "https://example.org/%s"]),
        ("one --page %s --quiet", ["one", "--page", "https://example.org/%s", "--quiet"]),
        ("one --app=%s", ["one", "--app=https://example.org/%s"]),
        ("one '$(touch z);'", ["one", "$(touch z);", "https://example.org/%s"]),
        ("", ["xdg-open", "https://example.org/%s"]),
      ] {
        favs.environment["BROWSER"] = browser
        favs.forgetCalls()
        #expect(try favs("open", "page", "letter").code == 0)
        #expect(favs.calls == [call, ["xdg-open", "mailto:a@b.example"]])
      }
      favs.environment["BROWSER"] = "missing"
      expectSame(
        try favs("open", "page"),
        Outcome(
          7,
          error: "favs: no program to open links: $BROWSER is not installed\n"
            + "hint: set $BROWSER to another program\n"))
      favs.environment["BROWSER"] = "'one"
      #expect(try favs("open", "page").code == 2)
    }
  }

  @Test(arguments: ["sh -c 'one %s'", "one x%s", "one --a='b c=%s'", "one --=%s", "one -o%s x"])
  func `a %s that another program could take apart is refused, and nothing counted`(
    browser: String
  ) throws {
    try withFavs { favs in
      try favs.provide("one")
      try favs("add", "page", "-u", "https://example.org/")
      favs.environment["BROWSER"] = browser
      let outcome = try favs("open", "page")
      #expect(outcome.code == 2, "\(outcome)")
      #expect(outcome.error.hasPrefix("favs: $BROWSER has %s inside the word '"), "\(outcome)")
      #expect(favs.calls == [])
      #expect(try favs("list", "--fields", "opened").output == "0\n")
    }
  }

  @Test func `what fails is told and not counted, and the others are opened`() throws {
    try withFavs { favs in
      try favs.provide("xdg-open", body: "case $1 in *bad*) exit 4;; esac")
      try favs("add", "bad", "-u", "https://bad.example/")
      try favs("add", "good", "-u", "https://good.example/")
      expectSame(
        try favs("open", "bad"),
        Outcome(7, error: "favs: 'xdg-open' exited with 4: nothing was opened\n"))
      #expect(try favs("history").output.contains("opened") == false)
      expectSame(
        try favs("open", "bad", "good", "--fields", "title,opened"),
        Outcome(
          1, "good\t1\n", error: "1: 'xdg-open' exited with 4: nothing was opened\n1 opened\n"))
      favs.environment["PATH"] = "/nonexistent"
      expectSame(
        try favs("open", "good"),
        Outcome(
          7,
          error: "favs: no program to open links: xdg-open is not installed\n"
            + "hint: install xdg-utils, or set $BROWSER\n"))
    }
  }

  @Test func `a dry run prints what the run would, and opens nothing`() throws {
    try withFavs { favs in
      try favs.provide("xdg-open")
      try favs("add", "https://example.org/")
      let rehearsed = try favs("open", "1", "-n", "--fields", "id,opened")
      #expect(favs.calls == [])
      #expect(try favs("list", "--fields", "opened").output == "0\n")
      #expect(rehearsed.error == "would open 1\n")
      #expect(try favs("open", "1", "--fields", "id,opened").output == rehearsed.output)
    }
  }

  @Test func `what a browser says does not come between the output`() throws {
    try withFavs { favs in
      try favs.provide("xdg-open", body: "echo 'Opening in existing browser session.'")
      try favs("add", "https://example.org/")
      let outcome = try favs("open", "1", "--json")
      #expect(outcome.objects.count == 1)
      #expect(outcome.error == "Opening in existing browser session.\n1 opened\n")
    }
  }

  @Test func `a browser does not read what is left for the next command`() throws {
    try withFavs { favs in
      try favs.provide("xdg-open", body: "cat")
      try favs("add", "https://example.org/")
      let outcome = try favs.words(["open", "1", "--json"], input: "2\n3\n")
      #expect(outcome.error == "1 opened\n")
    }
  }

  @Test func `that an opening could not be counted is said`() throws {
    try withFavs { favs in
      try favs("add", "https://example.org/")
      // The browser puts a folder where the lock of the next writer is to be.
      try favs.provide("xdg-open", body: "rm \"$FAVS_DB.lock\" && mkdir \"$FAVS_DB.lock\"")
      let outcome = try favs("open", "1")
      #expect(outcome.code == 7)
      #expect(outcome.error.hasPrefix("favs: opened, but not counted: "))
    }
  }

  @Test func `many are asked about on a terminal`() throws {
    try withFavs { favs in
      try favs.provide("xdg-open")
      for number in 1...3 { try favs("add", "https://example.org/\(number)") }
      let refused = try favs.onTerminal("open", "--all", whenAsked: { "n\n" })
      #expect(refused.code == 4)
      #expect(refused.output.contains("Open 3 favourites? [y/N]"))
      #expect(favs.calls == [])
      #expect(try favs.onTerminal("open", "--all", whenAsked: { "y\n" }).code == 0)
      #expect(favs.calls.count == 3)
    }
  }
}

extension Favs {
  /// Puts a program into the search path that writes down how it was called, and then does
  /// something.
  fileprivate mutating func provide(_ name: String, body: String = ":") throws {
    let programs = folder + "/programs"
    try FileManager.default.createDirectory(atPath: programs, withIntermediateDirectories: true)
    let text = """
      #!/bin/sh
      { printf '%s' \(name); printf '\\t%s' "$@"; echo; } >>'\(folder)/calls'
      \(body)

      """
    let path = "\(programs)/\(name)"
    try writeScript(text, at: path)
    environment["PATH"] = "\(programs):/usr/bin:/bin"
  }

  /// The calls of those programs, each as its name and its arguments.
  fileprivate var calls: [[String]] {
    let text = try? String(contentsOfFile: folder + "/calls", encoding: .utf8)
    return (text ?? "").split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  fileprivate func forgetCalls() {
    try? FileManager.default.removeItem(atPath: folder + "/calls")
  }
}
