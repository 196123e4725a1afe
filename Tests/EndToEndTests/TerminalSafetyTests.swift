import Foundation
import TestSupport
import Testing

/// What a terminal is sent of texts that somebody else wrote.
struct TerminalSafetyTests {
  /// Every control character, override of direction and invisible character, but those that end a
  /// line or a word.
  private static let hostile: [Unicode.Scalar] = {
    let ranges: [ClosedRange<UInt32>] = [
      0x01...0x1F, 0x7F...0x9F, 0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160,
      0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0x2800...0x2800, 0x3164...0x3164, 0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0,
      0xFFF9...0xFFFB, 0x13430...0x13442, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A,
      0xE0001...0xE0001, 0xE0020...0xE007F, 0xE0100...0xE01EF,
    ]
    return ranges.flatMap { $0.compactMap(Unicode.Scalar.init) }
  }()

  /// A text with all of them, and with a sequence that sets the title of the terminal.
  private static func text(_ name: String) -> String {
    name + hostile.map { "a\($0)b" }.joined() + "\u{1B}]2;PWNED\u{7}\u{1B}[31m\u{9B}31mz"
  }

  /// The same without control characters, which no name may hold.
  private static func name(_ name: String) -> String {
    name
      + hostile.filter { $0.value > 0x9F && $0.properties.generalCategory == .format }
      .prefix(20).map { "a\($0)b" }.joined() + "z"
  }

  /// What of an output would be obeyed or not seen, our own colours and links aside.
  private static func raw(_ output: String) -> [String] {
    var text = output
    for own in [
      "\u{1B}\\[(0|1|1;4|2|31|32|35|36)m", "\u{1B}\\]8;;[!-~]*\u{1B}\\\\", "\r\u{1B}\\[K",
    ] {
      text = text.replacingOccurrences(of: own, with: "", options: .regularExpression)
    }
    let scalars = Array(text.unicodeScalars)
    let hidden = Set(hostile)
    return scalars.indices.compactMap { place in
      switch scalars[place] {
      case "\n", "\t": nil
      case "\r" where place + 1 < scalars.count && scalars[place + 1] == "\n": nil
      case let scalar: hidden.contains(scalar) ? String(scalar.value, radix: 16) : nil
      }
    }
  }

  /// Favourites whose every text is hostile: two of one title, and one in the trash.
  private static func fill(_ favs: Favs) throws {
    func line(_ title: String, _ url: String) throws -> String {
      let object: [String: Any] = [
        "title": text(title), "url": url + "?q=" + name("u"), "note": text("needle"),
        "category": name("c"), "tags": [name("t")],
        "metadata": ["plain": text("m"), name("k"): "v"],
      ]
      let bytes = try JSONSerialization.data(withJSONObject: object)
      return String(decoding: bytes, as: UTF8.self) + "\n"
    }
    let input =
      try line("same", "https://example.org/1") + line("same", "https://example.org/2")
      + line("gone", "https://example.org/3")
    let taken = try favs("import", "-", input: input)
    try #require(taken.code == 0, "\(taken)")
    try #require(try favs("category", "edit", name("c"), "--note", text("n")).code == 0)
    try #require(try favs("edit", "1", "--note", text("other")).code == 0)
    try #require(try favs("rm", "3").code == 0)
  }

  /// Every command that shows what is stored, in every form that it has.
  private static let shown: [[String]] = {
    let forms = [
      [], ["--format", "table"], ["--format", "tsv"], ["--format", "csv"], ["--format", "json"],
      ["--format", "jsonl"], ["--json"], ["-0"],
    ]
    let fields = "id,title,url,note,category,tags,metadata"
    let template = "{title}|{url}|{note}|{category}|{tags}|{metadata}\\n"
    var all: [[String]] = []
    for form in forms + [["--format", template]] {
      for command in [
        ["list"], ["list", "--fields", fields], ["search", "needle"],
        ["search", "needle", "--snippets"], ["show", "1"], ["trash", "list"],
        ["edit", "2", "--title", text("new"), "-n"], ["move", "2", "--first", "-n"],
      ] where !(form.contains(template) && command.contains("--fields")) {
        all.append(command + form)
      }
    }
    for form in forms + [["--format", "{name}|{note}\\n"]] {
      all += [["category", "list"], ["category", "show", name("c")]].map { $0 + form }
    }
    for form in forms + [["--format", "{name}\\n"]] { all.append(["tag", "list"] + form) }
    for form in [[], ["--json"]] {
      all += [
        ["history"], ["history", "1"], ["history", "--verbose"], ["diff", "1"],
        ["search", "needle", "--facets", "category,tag,plain"], ["show", "1", "--at", "#1"],
        ["undo", "-n"], ["undo", "--list"], ["trash", "list", "--categories"],
        ["restore", "3", "-n"], ["rm", "1", "-n", "-y"], ["category", "rm", name("c"), "-n", "-y"],
      ].map { $0 + form }
    }
    for format in [
      "jsonl", "json", "csv", "tsv", "html", "markdown", "org", "xbel", "opml", "atom", "urls",
      "elasticsearch",
    ] {
      all.append(["export", "--format", format])
    }
    return all + [
      ["export", "--full"], ["search", "needle", "--snippets", "--format", "{snippet}\\n"],
    ]
  }()

  @Test func `nothing that is stored is obeyed by a terminal, whatever the format`() throws {
    try withFavs { favs in
      try Self.fill(favs)
      favs.environment = ["COLUMNS": "20000"]
      for words in Self.shown {
        let outcome = try favs.onTerminal(all: words)
        let label = Comment(rawValue: words.filter { $0.utf8.count < 99 }.joined(separator: " "))
        #expect(outcome.code == 0, label)
        #expect(Self.raw(outcome.output) == [], label)
        #expect(!outcome.output.contains("]2;PWNED\u{7}"), label)
      }
      // It is there all the same, and can be seen.
      let csv = try favs.onTerminal("list", "--format", "csv")
      #expect(csv.output.contains("\\u001b]2;PWNED\\u0007"))
      #expect(csv.output.contains("a\\u202eb"))
      let template = try favs.onTerminal("list", "--format", "{title}\\n")
      #expect(template.output.contains("\\u{1b}]2;PWNED\\u{7}"))
      #expect(template.output.contains("a\\u{202e}b"))
    }
  }

  @Test func `nothing that an error, a question or a note names is obeyed`() throws {
    try withFavs { favs in
      try Self.fill(favs)
      favs.environment = ["COLUMNS": "20000", "VISUAL": "false", "BROWSER": "false"]
      try favs("add", Self.text("bare"), "-c", Self.name("c"))
      let cases: [([String], Int32)] = [
        (["show", Self.text("same")], 4), (["show", Self.text("none")], 3),
        (["show", Self.text("same"), "--json"], 4), ([Self.text("command")], 2),
        (["list", "--" + Self.text("option")], 2), (["list", "-c", Self.name("none")], 3),
        (["add", "x", "-t", Self.text("tag")], 2), (["open", "4"], 3),
        (["open", "1", "2", "-y"], 7),
        (["edit", "1"], 4), (["search", Self.text("zzneedle"), "--explain"], 1),
        (["list", "--format", "{\(Self.text("field"))}"], 2),
        (["list", "--db", favs.folder + "/favs.db/" + Self.name("no")], 7),
        (["import", favs.folder + "/" + Self.name("none")], 3),
        (["tag", "rename", Self.name("none"), "x"], 3),
      ]
      for (words, code) in cases {
        let outcome = try favs.onTerminal(all: words)
        let label = Comment(rawValue: "\(words.first ?? "") \(outcome)")
        #expect(outcome.code == code, label)
        #expect(Self.raw(outcome.output) == [], label)
        #expect(outcome.output != "")
      }
      let asked = try favs.onTerminal("category", "rm", Self.name("c")) { "n\n" }
      #expect(asked.output.contains("Remove 'c"))
      #expect(Self.raw(asked.output) == [])
    }
  }

  @Test func `the log is not obeyed either`() throws {
    try withFavs { favs in
      favs.environment = ["COLUMNS": "20000", "FAVS_LOG": "debug"]
      try favs("add", Self.text("x"))
      let log = favs.folder + "/.local/state/favs/favs.log"
      let object: [String: Any] = [
        "time": "2024-01-31T00:00:00.000Z", "level": "error", "command": Self.text("c"), "ms": 1,
        "exit": 7, "error": Self.text("e"), "message": Self.text("m"), Self.text("key"): "x",
      ]
      var lines = try #require(FileManager.default.contents(atPath: log))
      lines += try JSONSerialization.data(withJSONObject: object) + Data("\n".utf8)
      try lines.write(to: URL(fileURLWithPath: log))
      for words in [
        ["logs"], ["logs", "--json"], ["logs", "--summary"], ["logs", "--summary", "--json"],
      ] {
        let outcome = try favs.onTerminal(all: words)
        #expect(outcome.code == 0, "\(outcome)")
        #expect(outcome.output.contains("202e"), "\(words) \(outcome)")
        #expect(Self.raw(outcome.output) == [], "\(words)")
      }
    }
  }

  @Test func `a file or a pipe gets every byte as it is stored`() throws {
    try withFavs { favs in
      try Self.fill(favs)
      let title = Self.text("same")
      #expect(try favs("show", "1", "-0", "--format", "{title}").output == title + "\0")
      let line = try favs("list", "--fields", "title", "--format", "csv").output
      #expect(line.utf8.starts(with: "title\r\n\"\(title)\"".utf8))
      let urls = try favs("export", "--format", "csv").output
      #expect(urls.unicodeScalars.contains("\u{202E}"))
    }
  }

  @Test func `a title never leads elsewhere than it says, and only harmless links are clickable`()
    throws
  {
    try withFavs { favs in
      favs.environment = ["COLUMNS": "500", "TERM": "xterm"]
      // In lists the host says where a link leads, where it has one.
      let links = [
        ("file:///etc/passwd", "file:///etc/passwd", false),
        ("javascript:alert(1)", "javascript:alert(1)", false),
        ("ssh://-oProxyCommand=x/", "-oproxycommand=x", false),
        ("mailto:a@b.org?attach=/etc/passwd", "mailto:a@b.org?attach=/etc/passwd", false),
        ("https://evil.org/", "evil.org", true),
        ("mailto:a@b.org?subject=x", "mailto:a@b.org?subject=x", true),
        ("tel:123", "tel:123", true),
        ("gemini://a.org/", "a.org", true),
      ]
      for (url, _, _) in links { try favs("add", "https://bank.org/", "-u", url) }
      for words in [
        ["list"], ["search", "bank"], ["show", "1", "2", "3", "4", "5", "6", "7", "8"],
      ] {
        let output = try favs.onTerminal(all: words).output.replacingOccurrences(
          of: "\u{1B}\\[[0-9]*m", with: "", options: .regularExpression)
        for (url, host, isLink) in links {
          let shown = words[0] == "show" ? url : host
          #expect(output.contains(shown))
          #expect(
            output.contains("\u{1B}]8;;\(url)\u{1B}\\\(shown)\u{1B}]8;;\u{1B}\\") == isLink,
            "\(url)")
        }
        // Each link shows the very address that it leads to.
        #expect(output.components(separatedBy: "\u{1B}]8;;").count == 2 * 4 + 1, "\(output)")
      }
    }
  }

  @Test func `a stored line end forges no row in a template, unless NULs end the rows`() throws {
    try withFavs { favs in
      let title = "a\n2\tforged\\"
      try favs("add", title, "-c", "c", "-t", "t")
      try favs("category", "edit", "c", "--note", title)
      for words in [["list"], ["show", "1"], ["search", "forged"]] {
        let escaped = try favs.words(words + ["--format", "{id}\\t{title}\\n"])
        #expect(escaped.output == "1\ta\\n2\\tforged\\\\\n")
        let raw = try favs.words(words + ["-0", "--format", "{id}:{title}"])
        #expect(raw.output == "1:\(title)\0")
      }
      let category = try favs("category", "list", "--format", "{name}:{note}\\n")
      #expect(category.output == "c:a\\n2\\tforged\\\\\n")
      #expect(try favs("category", "list", "-0", "--format", "{note}").output == title + "\0")
      #expect(try favs("tag", "list", "-0", "--format", "{name}").output == "t\0")
    }
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux"), "there is no tmux"))
  func `the title of a terminal stays what it was`() throws {
    try withFavs { favs in
      try favs("add", "x\u{1B}]2;PWNED\u{7}y")
      // All in one shell: the server of tmux keeps open what a `Process` waits for.
      let script = """
        cd "$1" && rm -f done && shown=$2
        t() { tmux -S "./tmux-$$" -f /dev/null "$@"; }
        t new-session -d "$shown; touch done; sleep 20"
        for i in $(seq 200); do [ -e done ] && break; sleep 0.1; done
        # tmux reads what was written in its own time.
        sleep 0.3
        t display-message -p '#{pane_title}'
        t kill-server
        """
      func title(after command: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script, "sh", favs.folder, command]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
      }
      let program = "FAVS_DB=\(favs.database) \(Favs.program)"
      let usual = try title(after: "true")
      try #require(usual.utf8.count > 1)
      #expect(try title(after: "printf 'x\\033]2;PWNED\\007y'").contains("PWNED"))
      for words in ["list", "list --format csv", "list --format '{title}'", "export --format org"] {
        #expect(try title(after: "\(program) \(words)") == usual, "\(words)")
      }
    }
  }
}
