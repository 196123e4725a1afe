internal import Favourites
internal import Host

/// Prints the lines for fzf: one for each hit, with its id and its text, terminated by NUL.
struct Feed: Command {
  static let synopsis = Synopsis<Self>(
    "List what favs pick finds, for fzf",
    operands: .some("QUERY", atLeast: 0),
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput])

  var operands: [String] = []
  var global = GlobalOptions()

  /// The most lines to print; whatever is farther down is found by typing.
  private static let limit: Int64 = 500

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let filters = try Self.filters(at: context.now)
    var source = PickSource(filters)
    let text = operands.joined(separator: " ")
    var rows: [Glance] = []
    for isTolerant in [false, true] where rows.isEmpty {
      let search = PickSearch(
        text: text, scope: nil, isTolerant: isTolerant, limit: Self.limit, describes: false)
      let answer = try source.answer(.find(search), in: context, unless: { false })
      if case .found(let found)? = answer { rows = found.rows }
      if text.isEmpty { break }
    }
    for row in rows {
      let title = Escaping.forTerminal(row.title)
      let category = Escaping.forTerminal(row.category)
      try context.output.write("\(row.id)\t\(title)  \(category)\0")
    }
    return .done
  }

  /// The filters of the command that fzf draws for: its words are passed as a JSON array in a
  /// variable.
  private static func filters(at now: Timestamp) throws(Failure) -> Selection {
    guard let text = try StandardPaths.variable(FzfPicker.wordsVariable),
      case .array(let values)? = try? JSONValue.parse(Array(text.utf8))
    else { return Selection() }
    let words = values.compactMap { if case .string(let word) = $0 { word } else { nil } }
    let parser = CommandLineParser(table: Commands.all, allowsAbbreviations: true)
    let outcome: CommandLineParser.Outcome
    do throws(UsageError) {
      outcome = try parser.parse(words)
    } catch {
      throw Failure(error)
    }
    guard case .run(_, let command) = outcome, let pick = command as? Pick else {
      return Selection()
    }
    return try pick.selection.selection(at: now)
  }
}
