/// One command: its place in the table, what it was given, and what it does.
protocol Command: Sendable {
  init()
  static var synopsis: Synopsis<Self> { get }
  /// Whether it needs to know where the file of favourites is.
  static var opensFile: Bool { get }
  /// Whether it makes the file of favourites where one that was named is not there.
  static var makesFile: Bool { get }
  /// Whether long output of it is shown in a pager: it only shows something, and asks nothing.
  static var isPaged: Bool { get }
  /// Whether it is refused where the settings are wrong.
  static var heedsSettings: Bool { get }
  /// What stands on the command line beside options.
  var operands: [String] { get set }
  /// What every command takes.
  var global: GlobalOptions { get set }
  /// How a change is made, by a command that makes one.
  var write: WriteOptions { get }
  /// How favourites are printed, by a command that prints any.
  var output: OutputOptions { get }
  func run(in context: inout Context) throws(Failure) -> ExitCode
}

extension Command {
  /// Nearly all do.
  static var opensFile: Bool { true }

  /// Only what brings in a first favourite or category does.
  static var makesFile: Bool { false }

  static var isPaged: Bool { false }

  /// All do but what shows and mends them.
  static var heedsSettings: Bool { true }

  var write: WriteOptions { WriteOptions() }

  var output: OutputOptions { OutputOptions() }

  /// The options of the synopsis, and those that every command takes.
  static var allOptions: [Option<Self>] {
    // One by one: to add up arrays of what is not known here, the runtime looks for what they are.
    var options = synopsis.options
    for option in GlobalOptions.options { options.append(option.lifted(to: \.global)) }
    return options
  }

  /// All codes that it may end with: those of the synopsis, and those that no command is safe from. Words and
  /// variables may not be text, output may fail; a file may be missing, busy or damaged; who writes may be refused.
  private static var exits: [ExitCode] {
    var codes = Set(synopsis.exits).union([.done, .usage, .inputOutput, .invalidInput])
    if opensFile { codes.formUnion([.notFound, .conflict, .busy, .database]) }
    return ExitCode.allCases.filter(codes.contains)
  }

  /// What the help, the manual and the completions show.
  static func page(_ name: String, _ aliases: [String], _ topic: Topic) -> CommandPage {
    let synopsis = synopsis
    return CommandPage(
      name: name, aliases: aliases, topic: topic, summary: synopsis.summary,
      details: synopsis.details, operands: synopsis.operands,
      options: synopsis.options.map(\.page), globalOptions: GlobalOptions.options.map(\.page),
      examples: synopsis.examples, terms: synopsis.terms, exits: exits,
      seeAlso: synopsis.seeAlso, children: [])
  }
}

/// What commands are about; the help lists them in this order.
enum Topic: String, CaseIterable, Sendable {
  case keep = "Add and change"
  case find = "Find"
  case arrange = "Organise"
  case links = "Links"
  case recover = "Undo and restore"
  case exchange = "Import and export"
  case machines = "Other machines"
  case about = "Other"

  /// The page of docs/ that explains more, where there is one.
  var guide: String? {
    switch self {
    case .keep, .arrange: nil
    case .find: "docs/search.md"
    case .links: "docs/links.md"
    case .recover: "docs/history.md"
    case .exchange: "docs/importing.md"
    case .machines: "docs/sync.md"
    case .about: "docs/troubleshooting.md"
    }
  }
}

/// One command as the help, the manual and the completions show it.
struct CommandPage: Sendable {
  /// The whole name: `category add`.
  let name: String
  let aliases: [String]
  let topic: Topic
  let summary: String
  let details: [String]
  let operands: Operands
  let options: [OptionPage]
  let globalOptions: [OptionPage]
  let examples: [Example]
  /// Further words that it takes, under a heading.
  let terms: TermList?
  let exits: [ExitCode]
  let seeAlso: [String]
  /// The commands under it.
  let children: [CommandPage]
}
