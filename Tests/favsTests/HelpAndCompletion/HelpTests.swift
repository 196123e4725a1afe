import Testing

@testable import favs

/// The help of a command, put together from its lines of the table.
struct HelpTests {
  private func page(
    aliases: [String] = [], operands: Operands = .none, options: [OptionPage] = [],
    details: [String] = [], children: [CommandPage] = []
  ) -> CommandPage {
    CommandPage(
      name: "fake", aliases: aliases, topic: .find, summary: "Try it", details: details,
      operands: operands, options: options, globalOptions: [],
      examples: [
        Example("favs fake x", "tries x")
      ], terms: nil, exits: [.done, .usage], seeAlso: ["list"], children: children)
  }

  @Test func `the help of a command has all that is said of it`() {
    let wide = OptionPage(
      long: "an-option-with-a-very-long-name", short: nil, value: "VALUE",
      summary: "do something", completion: .none)
    let short = OptionPage(
      long: "all", short: "a", value: nil, summary: "take all of them", completion: .none)
    #expect(
      Help.text(
        page(aliases: ["fk"], operands: .some("WORD…"), options: [short, wide], details: ["More."]))
          == """
          Try it.

          Usage: favs fake [OPTION…] WORD…
          Also:  favs fk

          More.

          Options:
            -a, --all                       take all of them
                --an-option-with-a-very-long-name VALUE
                                            do something

          Global options:
            -h, --help  show this help

          Examples:
            favs fake x
                tries x

          Exit codes:
              0  success, even if there was nothing to do or the list is empty
              2  usage error: unknown command, option or value

          See also: list, docs/search.md

          """)
  }

  @Test(arguments: [
    ("short", 0, "short"), ("", 4, ""),
    (
      String(repeating: "word ", count: 17), 0,
      String(repeating: "word ", count: 15) + "word\nword"
    ),
    (String(repeating: "七", count: 45) + " x", 4, String(repeating: "七", count: 45) + "\n    x"),
  ])
  func `long text is broken at its words, and further lines are indented`(
    text: String, indent: Int, wrapped: String
  ) {
    #expect(Help.wrapped(text, indent: indent) == wrapped)
  }

  @Test(arguments: [
    (["lst"], "unknown command 'lst'", "did you mean 'list'?"),
    (["category", "renam"], "unknown command 'category renam'", "did you mean 'category rename'?"),
    (["list", "x"], "unknown command 'list x'", "favs help list lists the commands"),
    (["zzzz"], "unknown command 'zzzz'", "favs help lists the commands"),
  ])
  func `help for what is not there says what is near`(
    path: [String], message: String, hint: String
  ) {
    let failure = #expect(throws: Failure.self) { try Help.text(for: path) }
    #expect(failure?.code == .usage)
    #expect(failure?.message == message)
    #expect(failure?.hint == hint)
  }

  @Test func `an alias has the help of its command`() throws {
    let aliased = try #require(Commands.all.first { !$0.aliases.isEmpty })
    let name = aliased.page().name
    #expect(try Help.text(for: [aliased.aliases[0]]) == Help.text(for: [name]))
    #expect(try Help.text(for: [name]).contains("\nUsage: favs \(name)"))
  }

  @Test func `no line of any help is wider than a terminal of eighty columns`() throws {
    for page in TableTests.leaves {
      for line in Help.text(page).split(separator: "\n") where !line.hasPrefix("  favs ") {
        #expect(TextWidth.of(String(line)) <= 80, "\(page.name): \(line)")
      }
    }
  }
}
