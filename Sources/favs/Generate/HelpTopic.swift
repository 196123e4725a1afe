internal import Exchange
internal import Favourites

/// What can be read about that is no command: `favs help filters`.
enum HelpTopic: String, CaseIterable {
  case filters, query, fields, dates, formats
  case exitCodes = "exit-codes"

  /// One line for the overview.
  var summary: String {
    switch self {
    case .filters: "how commands select favourites"
    case .query: "what favs search understands"
    case .fields: "the fields of a favourite, in JSON, --fields and templates"
    case .dates: "how dates and ages are typed and printed"
    case .formats: "what favs can import and export"
    case .exitCodes: "how commands end"
    }
  }

  /// The whole page.
  var text: String {
    let body =
      switch self {
      case .filters: Self.aboutFilters
      case .query: Self.aboutQuery
      case .fields: Self.aboutFields
      case .dates: Self.aboutDates
      case .formats: Self.aboutFormats
      case .exitCodes: Help.exits(ExitCode.allCases)
      }
    let title = summary.prefix(1).uppercased() + summary.dropFirst()
    return "\(title).\n\n\(body)"
  }

  private static func paragraphs(_ texts: String...) -> String {
    texts.map { Help.wrapped($0, indent: 0) + "\n" }.joined(separator: "\n")
  }

  private static func rows(_ rows: [(String, String)]) -> String {
    let width = min(24, rows.reduce(0) { max($0, TextWidth.of($1.0)) })
    return rows.map { name, meaning in
      "  \(TextWidth.padded(name, to: width))  \(Help.wrapped(meaning, indent: width + 4))\n"
    }.joined()
  }

  private static var aboutFilters: String {
    paragraphs(
      "list, search, export, open, move, edit and rm take the same filters. Of several kinds all must hold."
    )
      + "\n" + Help.options(SelectionOptions.writingOptions.map(\.page)) + "\n"
      + paragraphs(
        "In favs edit, -c and -t set a value; --in and --tagged are the filters there. --in works in every "
          + "command.",
        "Commands that change something need a selection: without names and filters they refuse, and --all "
          + "means every favourite.",
        "A category stands for its subcategories too, and may end with a slash. -t a,b is -t a -t b, and -t -a "
          + "leaves out what has the tag.")
  }

  private static var aboutQuery: String {
    rows([
      ("dune herbert", "both words, in any field"), ("\"left hand\"", "the words in a row"),
      ("dun*", "words that begin so"), ("-film, not film", "without the word"),
      ("dune or solaris", "one of them"), ("( )", "groups"),
      ("title:dune", "in one field: title, url, note"), ("#tag, tag:x", "with the tag"),
      ("category:books", "in the category or below"),
      ("year:>1960", "metadata, with = != < <= > >="),
      ("created:>2024-01-01", "dates: created, modified, opened"), ("age:<6m", "added within"),
      ("is:untagged", "also is:opened, is:unopened"),
      ("has:note, no:url", "with a field, or without"),
    ])
      + "\n"
      + paragraphs(
        "Case and accents do not matter. What does not parse is taken as words. --explain says how a query was "
          + "understood.")
  }

  private static var aboutFields: String {
    paragraphs(FavouriteField.allCases.map(\.rawValue).joined(separator: ", ") + ".")
      + "\n"
      + paragraphs(
        "--fields id,title chooses and orders them in JSON, tables and TSV. A template names them in braces: "
          + "--format '{id}\\t{title}\\n'; there {created} and {modified} are dates too, and any other name is "
          + "metadata: {year}. {metadata.year} is always metadata.",
        "score, matched and snippet are told by favs search; deleted_at in the trash.")
  }

  private static var aboutDates: String {
    rows([
      ("2024-03-31", "a day"), ("2024-03-31T22:00", "a time of that day"),
      ("2024-03, 2024", "a month, a year"), ("2024-W13", "a week, from its Monday on"),
      ("today, yesterday", "that day"), ("monday", "the last one, today included"),
      ("30d, 2w, 6m, 1y", "that long ago"), ("'2 weeks ago'", "the same in words"),
    ])
      + "\n"
      + paragraphs(
        "Days are yours: the zone is $TZ, else the system's. --since DAY begins with the day, --until DAY ends "
          + "with it. JSON, TSV and exports tell times in UTC.")
  }

  private static var aboutFormats: String {
    "Import (favs import FILE finds the format by what is in the file):\n"
      + rows(Format.all.map { ($0.name, $0.summary) })
      + "\nExport (favs export --format NAME):\n"
      + rows(ExportFormat.all.map { ($0.name, $0.summary) })
  }
}
