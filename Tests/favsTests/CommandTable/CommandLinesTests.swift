import Testing

@testable import Favourites
@testable import favs

/// Command lines of the real commands: what each word means, and what is said of a wrong one.
struct CommandLinesTests {
  private func read<Arguments: Command>(
    _ type: Arguments.Type, _ words: String..., abbreviating: Bool = false
  ) throws -> Arguments {
    let parser = CommandLineParser(table: Commands.all, allowsAbbreviations: abbreviating)
    guard case .run(_, let command) = try parser.parse(words) else {
      throw Failure(.usage, "no command")
    }
    return try #require(command as? Arguments)
  }

  private static func said(_ words: [String], abbreviating: Bool = false) -> String {
    let parser = CommandLineParser(table: Commands.all, allowsAbbreviations: abbreviating)
    do {
      switch try parser.parse(words) {
      case .run(let name, _): return "runs \(name)"
      case .help(let path): return "help of '\(path.joined(separator: " "))'"
      case .version: return "the version"
      }
    } catch {
      return Failure(error).text
    }
  }

  @Test func `of a value that is given twice the last one counts`() throws {
    #expect(try read(List.self, "list", "--page", "2", "--page=3").page.page == 3)
    #expect(
      try read(List.self, "list", "--sort", "id", "--sort", "-title").page.ordering?.text
        == "-title")
    #expect(try read(List.self, "list", "--db", "a", "--db", "b").global.database == "b")
  }

  @Test func `a filter that may be repeated is`() throws {
    let filters = try read(
      List.self, "list", "-c", "books", "-cfilms", "--category=places/", "-t", "a,-b", "-tc"
    ).selection
    #expect(filters.categories.map(\.text) == ["books", "films", "places"])
    #expect(filters.signedTags.map(\.name.text) == ["a", "b", "c"])
    #expect(filters.signedTags.map(\.isTaken) == [false, true, false])
  }

  @Test func `a flag that is given twice is given`() throws {
    let list = try read(List.self, "list", "-qq", "--quiet", "-v")
    #expect(list.global.isQuiet && list.global.isVerbose)
  }

  @Test func `words after two dashes are words`() throws {
    let add = try read(Add.self, "add", "-t", "x", "--", "--title", "-c", "--")
    #expect(add.operands == ["--title", "-c", "--"])
    #expect(try read(Show.self, "show", "--", "-1").operands == ["-1"])
    #expect(
      try read(Search.self, "search", "--", "dune", "-herbert").operands == ["dune", "-herbert"])
  }

  @Test(arguments: [
    (["--version"], "the version"), (["-V"], "the version"), ([], "help of ''"),
    (["-h"], "help of ''"), (["list", "-h"], "help of 'list'"),
    (["-qh"], "help of ''"), (["category", "add", "-qh"], "help of 'category add'"),
    (["list", "-qh", "x"], "help of 'list'"),
    (["category", "rename", "--help"], "help of 'category rename'"),
    (["category", "--help"], "help of 'category'"), (["--quiet", "-h"], "help of ''"),
    (["list", "--", "-h"], "runs list"),
    (["category"], "runs category list"), (["tag"], "runs tag list"),
    (["trash"], "runs trash list"), (["category", "--json"], "runs category list"),
    (["-q", "category", "list"], "runs category list"),
  ])
  func `a line without more words means what people expect`(words: [String], what: String) {
    #expect(Self.said(words) == what)
  }

  @Test(
    arguments: [
      (["lst"], "unknown command 'lst'", "did you mean 'list'?"),
      (["delete", "1"], "unknown command 'delete'", "did you mean 'rm'?"),
      (["folders"], "unknown command 'folders'", "did you mean 'category'?"),
      (["zzz"], "unknown command 'zzz'", "favs help lists the commands"),
      (["List"], "unknown command 'List'", "did you mean 'list'?"),
      (
        ["category", "renam", "a", "b"], "unknown command 'category renam'",
        "did you mean 'category rename'?"
      ),
      (["list", "--catgory", "x"], "unknown option '--catgory'", "did you mean '--category'?"),
      (
        ["list", "--frobnicate"], "unknown option '--frobnicate'",
        "favs help list lists the options"
      ),
      (["list", "-Z"], "unknown option '-Z'", "favs help list lists the options"),
      (["--colour", "never", "list"], "unknown option '--colour'", "did you mean '--color'?"),
      (["-x", "list"], "unknown option '-x'", "favs help lists the options"),
      (["list", "--all=1", "x"], "unknown option '--all'", "favs help list lists the options"),
      (["rm", "--all=1"], "--all takes no value", nil),
      (["list", "--page"], "--page needs a value (N)", nil),
      (["list", "-c"], "-c needs a value (PATH)", nil),
      (["list", "--page", "0"], "--page: 0 is below 1", nil),
      (["list", "--page="], "--page: '' is not a number", nil),
      (["list", "--page", "-1"], "--page: -1 is below 1", nil),
      (
        ["list", "--page", "99999999999999999999"],
        "--page: '99999999999999999999' is out of range", nil
      ),
      (["list", "-c", "/books"], "-c: category '/books' has a '/' without a name next to it", nil),
      (["list", "--color", "red"], "--color: 'red' is not one of auto, always, never", nil),
      (["swap", "1"], "'swap' needs REF REF", "favs help swap shows its usage"),
      (["swap", "1", "2", "3"], "'swap' does not take '3'", "favs help swap shows its usage"),
      (["version", "x"], "'version' does not take 'x'", "favs help version shows its usage"),
      (
        ["backup", "restore"], "'backup restore' needs NAME|FILE",
        "favs help backup restore shows its usage"
      ),
      (["sync", "devics"], "unknown command 'sync devics'", "did you mean 'sync devices'?"),
    ] as [([String], String, String?)])
  func `a wrong word is named, with what may have been meant`(
    words: [String], message: String, hint: String?
  ) {
    #expect(Self.said(words) == "favs: \(message)\n" + (hint.map { "hint: \($0)\n" } ?? ""))
  }

  @Test(arguments: [
    (["li"], "runs list"), (["category", "ren", "a", "b"], "runs category rename"),
    (["list", "--p", "2"], "favs: '--p' is ambiguous\n"), (["list", "--per", "2"], "runs list"),
    (["list", "--mod", "1d"], "runs list"), (["re"], "favs: unknown command 're'\n"),
  ])
  func `on a terminal a beginning is enough where it is clear`(words: [String], what: String) {
    #expect(Self.said(words, abbreviating: true).hasPrefix(what))
    if what.hasPrefix("runs") { #expect(!Self.said(words).hasPrefix("runs")) }
  }

  @Test func `an option that was cut short could be several`() {
    #expect(
      Self.said(["list", "--no", "url"], abbreviating: true) == "runs list")
    #expect(
      Self.said(["list", "--mo"], abbreviating: true)
        == "favs: --modified-since needs a value (DATE|AGE)\n")
    #expect(
      Self.said(["list", "--un", "x"], abbreviating: true)
        == "favs: '--un' is ambiguous\nhint: it matches --untagged, --until\n")
  }

  @Test func `what is read names the file that it is for, wherever that stands`() throws {
    for words in [
      ["--db", "x.db", "list"], ["--db=x.db", "list"], ["list", "--db", "x.db"],
      ["-q", "--db", "x.db", "list"],
    ] {
      let parser = CommandLineParser(table: Commands.all, allowsAbbreviations: false)
      guard case .run("list", let command) = try parser.parse(words) else {
        Issue.record("\(words)")
        continue
      }
      #expect(command.global.database == "x.db", "\(words)")
    }
    #expect(Self.said(["--db"]).hasPrefix("favs: no command given\n"))
  }
}
