/// A command: its entry in the table, its arguments, and its action.
protocol Command: Sendable {
  init()
  static var synopsis: Synopsis<Self> { get }
  /// Whether it uses the database.
  static var opensFile: Bool { get }
  /// Whether it creates a database that was named but does not exist.
  static var makesFile: Bool { get }
  /// Whether its long output goes to a pager: it only shows something, and asks nothing.
  static var isPaged: Bool { get }
  /// Whether it refuses to run with invalid settings.
  static var heedsSettings: Bool { get }
  /// The arguments that are not options.
  var operands: [String] { get set }
  /// The options common to all commands.
  var global: GlobalOptions { get set }
  /// The options for changes, if the command makes any.
  var write: WriteOptions { get }
  /// The options for printing favourites, if the command prints any.
  var output: OutputOptions { get }
  func run(in context: inout Context) throws(Failure) -> ExitCode
}

extension Command {
  /// True for nearly all commands.
  static var opensFile: Bool { true }

  /// True only for commands that may add the first favourite or category.
  static var makesFile: Bool { false }

  static var isPaged: Bool { false }

  /// True for all commands except those that show or repair the settings.
  static var heedsSettings: Bool { true }

  var write: WriteOptions { WriteOptions() }

  var output: OutputOptions { OutputOptions() }

  /// The options of the synopsis, and those common to all commands.
  static var allOptions: [Option<Self>] {
    // Appended one by one: concatenating arrays of a generic type makes the runtime look up
    // metadata.
    var options = synopsis.options
    for option in GlobalOptions.options { options.append(option.lifted(to: \.global)) }
    return options
  }

  /// All possible exit codes: those of the synopsis, and those of every command. Words and
  /// variables may not be valid text, and output may fail; a file may be missing, busy or damaged;
  /// a write may be refused.
  private static var exits: [ExitCode] {
    var codes = Set(synopsis.exits).union([.done, .usage, .inputOutput, .invalidInput])
    if opensFile { codes.formUnion([.notFound, .conflict, .busy, .database]) }
    return ExitCode.allCases.filter(codes.contains)
  }

  /// The command as the help, the manual and the completions show it.
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

/// The topics of commands, in the order of the help.
enum Topic: String, CaseIterable, Sendable {
  case keep = "Add and change"
  case find = "Find"
  case arrange = "Organise"
  case links = "Links"
  case recover = "Undo and restore"
  case exchange = "Import and export"
  case machines = "Other machines"
  case about = "Other"

  /// The page of docs/ with more about the topic, if there is one.
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

/// A command as the help, the manual and the completions show it.
struct CommandPage: Sendable {
  /// The full name: `category add`.
  let name: String
  let aliases: [String]
  let topic: Topic
  let summary: String
  let details: [String]
  let operands: Operands
  let options: [OptionPage]
  let globalOptions: [OptionPage]
  let examples: [Example]
  /// Further terms that the command accepts, under a heading.
  let terms: TermList?
  let exits: [ExitCode]
  let seeAlso: [String]
  /// The subcommands.
  let children: [CommandPage]

  /// The page of docs/ with more about it, if there is one.
  var guide: String? {
    switch name.split(separator: " ").first {
    case "backup": "docs/importing.md"
    case "pick", "init": "docs/picking.md"
    case "config": "docs/files.md"
    case "stats": nil
    default: topic.guide
    }
  }
}
