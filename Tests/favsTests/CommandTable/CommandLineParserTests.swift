import Testing

@testable import favs

/// One option of each kind, to try the parser apart from the real commands.
private struct Fake: Command {
  static let synopsis = Synopsis<Self>(
    "Try the parser",
    operands: .some("WORD…", atLeast: 0),
    options: [
      .flag("all", "a", "everything", \.isAll),
      .flag("bare", "b", "nothing else", \.isBare),
      .text("context", "C", "TEXT", "a text", \.context),
      .list("item", "i", "TEXT", "several", \.items),
      .read("number", nil, "N", "a number", \.number, by: Value.positive),
      .read("side", "s", "SIDE", "one of two", \.side, by: Value.choice(Side.self)),
    ])

  enum Side: String, CaseIterable, Sendable { case left, right }

  var operands: [String] = []
  var global = GlobalOptions()
  var isAll = false
  var isBare = false
  var context: String?
  var items: [String] = []
  var number: Int64?
  var side: Side?

  func run(in context: inout Context) throws(Failure) -> ExitCode { .done }
}

/// A command whose words are a query.
private struct Seek: Command {
  static let synopsis = Synopsis<Self>(
    "Try queries", operands: .query(),
    options: [
      .flag("bare", "b", "nothing else", \.isBare), .list("tag", "t", "TAG", "several", \.tags),
    ])

  var operands: [String] = []
  var global = GlobalOptions()
  var isBare = false
  var tags: [String] = []

  func run(in context: inout Context) throws(Failure) -> ExitCode { .done }
}

struct CommandLineParserTests {
  private func parser(_ isAbbreviating: Bool = false) -> CommandLineParser {
    CommandLineParser(
      table: [
        Entry("fake", "fk", topic: .keep, Fake.self),
        Entry("other", topic: .keep, Fake.self), Entry("seek", topic: .find, Seek.self),
        Entry(
          "group", topic: .arrange, "A group", usual: .withoutWords,
          [Entry("first", topic: .arrange, Fake.self), Entry("second", topic: .arrange, Fake.self)]),
        Entry(
          "strict", topic: .arrange, "A group", [Entry("only", topic: .arrange, Fake.self)]),
      ], allowsAbbreviations: isAbbreviating)
  }

  private func fake(_ words: String..., abbreviating: Bool = false) throws -> Fake {
    guard case .run(_, let command) = try parser(abbreviating).parse(["fake"] + words) else {
      throw UsageError.unexpectedValue(option: "no command")
    }
    return try #require(command as? Fake)
  }

  private func error(_ words: String..., abbreviating: Bool = false) -> String {
    do {
      _ = try parser(abbreviating).parse(words)
      return "none"
    } catch {
      return Failure(error).text
    }
  }

  @Test func `every spelling of an option with a value is the same`() throws {
    #expect(try fake().context == nil)
    #expect(try fake("-C5").context == "5")
    #expect(try fake("-C", "5").context == "5")
    #expect(try fake("--context=5").context == "5")
    #expect(try fake("--context", "5").context == "5")
    #expect(try fake("--context=").context == "")
    #expect(try fake("--context=a=b").context == "a=b")
    #expect(try fake("-C=5").context == "=5")
    #expect(try fake("-C", "-5").context == "-5")
    #expect(try fake("--context", "--all").context == "--all")
    #expect(try fake("-C5", "--context", "10").context == "10")
  }

  @Test func `flags stand alone or together, and a value may end them`() throws {
    #expect(try fake("-ab").isAll)
    #expect(try fake("-ab").isBare)
    #expect(try fake("-baC5").context == "5")
    #expect(try fake("-abC", "5").context == "5")
    #expect(try !fake("--bare").isAll)
  }

  @Test func `options stand before, between and behind operands`() throws {
    #expect(try fake("one", "-a", "two", "--number", "3").operands == ["one", "two"])
    #expect(try fake("one", "--number", "3").number == 3)
    #expect(try fake("-i", "x", "--item=y", "-iz").items == ["x", "y", "z"])
    #expect(try fake("-", "-a").operands == ["-"])
    #expect(try fake("-a", "--", "-b", "--all", "--").operands == ["-b", "--all", "--"])
    #expect(try fake("-s", "left").side == .left)
  }

  @Test func `options that every command takes may stand before it`() throws {
    guard
      case .run(let name, let command) = try parser().parse(
        ["--db", "x.db", "-qv", "--color=never", "fk", "--json"])
    else { throw UsageError.missingCommand(under: "", names: []) }
    #expect(name == "fake")
    #expect(command.global.database == "x.db")
    #expect(command.global.isQuiet && command.global.isVerbose && command.global.isJSON)
    #expect(command.global.color == .never)
  }

  @Test func `a path that is there is neither a mistyped nor a shortened command`() throws {
    for abbreviating in [false, true] {
      var parser = CommandLineParser(
        table: [
          Entry(
            "keep", topic: .recover, "A group", usual: .withWords,
            [
              Entry("create", topic: .recover, Fake.self),
              Entry("list", topic: .recover, Fake.self),
            ])
        ], allowsAbbreviations: abbreviating)
      parser.isThere = { ["lst", "lis", "list"].contains($0) }
      for (word, expected) in [
        ("lst", "keep create"), ("lis", "keep create"), ("list", "keep list"),
        ("other", "keep create"),
      ] {
        guard case .run(let name, _) = try parser.parse(["keep", word]) else {
          throw UsageError.missingCommand(under: "", names: [])
        }
        #expect(name == expected, "\(word)")
      }
      parser.isThere = { _ in false }
      #expect(throws: UsageError.self) { try parser.parse(["keep", "lsit"]) }
    }
  }

  @Test func `a group without a name under it means its first command`() throws {
    for (words, expected) in [
      (["group"], "group first"), (["group", "-a"], "group first"),
      (["group", "--context", "x"], "group first"), (["group", "second", "w"], "group second"),
      (["--json", "group"], "group first"),
    ] {
      guard case .run(let name, _) = try parser().parse(words) else {
        Issue.record("\(words) is no command")
        continue
      }
      #expect(name == expected)
    }
  }

  @Test(arguments: [
    (["group", "-a", "second", "w"], "group second"),
    (["group", "--json", "second"], "group second"),
    (["group", "-qv", "-C", "x", "second"], "group second"),
    (["group", "--context", "second"], "group first"),
    (["group", "--context=x", "second"], "group second"),
    (["group", "-Cx", "second"], "group second"),
    (["--json", "group", "-a", "first"], "group first"), (["strict", "-a", "only"], "strict only"),
    (["group", "--", "second"], "group first"),
  ])
  func `options may stand between a group and the command under it`(
    words: [String], expected: String
  ) throws {
    guard case .run(let name, let command) = try parser().parse(words) else {
      throw UsageError.missingCommand(under: "", names: [])
    }
    #expect(name == expected)
    #expect((command as? Fake)?.isAll == words.contains("-a"))
    #expect(
      command.operands == (words.last == "w" ? ["w"] : words.contains("--") ? ["second"] : []))
  }

  @Test(arguments: [
    (["music", "-film"], ["music", "-film"]), (["music", "-house"], ["music", "-house"]),
    (["music", "-q"], ["music"]), (["music", "-qb"], ["music"]), (["music", "-t", "x"], ["music"]),
    (["music", "-bt", "-x"], ["music"]), (["music", "-tag:x"], ["music", "-tag:x"]),
    (["music", "-title:x"], ["music", "-title:x"]), (["-techno", "music"], ["music"]),
    (["music", "-\"left hand\""], ["music", "-\"left hand\""]),
    (["music", "--", "-techno"], ["music", "-techno"]),
  ])
  func `a dash behind the first word of a query leaves a word out`(
    words: [String], operands: [String]
  ) throws {
    guard case .run(_, let command) = try parser().parse(["seek"] + words) else {
      throw UsageError.missingCommand(under: "", names: [])
    }
    #expect(command.operands == operands)
  }

  @Test func `a word of a query that could be an option is refused`() throws {
    #expect(
      error("seek", "music", "-techno")
        == "favs: '-techno' could be the option -t or a word to leave out\n"
        + "hint: write '-t echno' or 'not techno'\n")
    #expect(error("seek", "music", "-x").hasPrefix("favs: unknown option '-x'\n"))
    #expect(error("seek", "-film", "music").hasPrefix("favs: unknown option '-f'\n"))
    for help in ["-qh", "-hq"] {
      guard case .help = try parser().parse(["seek", "music", help]) else {
        throw Failure(.usage, "no help")
      }
    }
  }

  @Test func `help wins over whatever else is wrong`() throws {
    for words in [
      ["fake", "--nope", "-h"], ["fake", "--help", "x"], ["group", "second", "--help"],
    ] {
      guard case .help = try parser().parse(words) else {
        Issue.record("\(words) is no help")
        continue
      }
    }
    guard case .help(let path) = try parser().parse([]) else { throw Failure(.usage, "no help") }
    #expect(path == [])
    guard case .version = try parser().parse(["--version"]) else {
      throw Failure(.usage, "no version")
    }
    guard case .run = try parser().parse(["fake", "--", "--help"]) else {
      throw Failure(.usage, "an operand is no option")
    }
  }

  @Test func `beginnings are enough on a terminal only`() throws {
    #expect(try fake("--cont", "5", abbreviating: true).context == "5")
    #expect(error("fake", "--cont", "5").hasPrefix("favs: unknown option '--cont'\n"))
    guard case .run(let name, _) = try parser(true).parse(["oth"]) else {
      throw Failure(.usage, "no command")
    }
    #expect(name == "other")
    #expect(error("oth") == "favs: unknown command 'oth'\nhint: did you mean 'other'?\n")
  }

  @Test func `errors say what is wrong and what is near`() {
    #expect(error("fkae") == "favs: unknown command 'fkae'\nhint: did you mean 'fake'?\n")
    #expect(
      error("zzzzzz") == "favs: unknown command 'zzzzzz'\nhint: favs help lists the commands\n")
    #expect(
      error("group", "secnd")
        == "favs: unknown command 'group secnd'\nhint: did you mean 'group second'?\n")
    #expect(error("strict") == "favs: 'strict' needs a command\nhint: one of only\n")
    #expect(
      error("fake", "--numbr", "3")
        == "favs: unknown option '--numbr'\nhint: did you mean '--number'?\n")
    #expect(
      error("fake", "-x") == "favs: unknown option '-x'\nhint: favs help fake lists the options\n")
    #expect(error("fake", "--number") == "favs: --number needs a value (N)\n")
    #expect(error("fake", "-C") == "favs: -C needs a value (TEXT)\n")
    #expect(error("fake", "--all=1") == "favs: --all takes no value\n")
    #expect(error("fake", "--number", "x") == "favs: --number: 'x' is not a number\n")
    #expect(error("fake", "--number=0") == "favs: --number: 0 is below 1\n")
    #expect(error("fake", "-sup") == "favs: -s: 'up' is not one of left, right\n")
    #expect(error("--nope", "fake").hasPrefix("favs: unknown option '--nope'\n"))
  }
}
