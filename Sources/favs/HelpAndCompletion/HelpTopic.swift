internal import Exchange
internal import Favourites

/// A help page that is not about a command: `favs help filters`.
enum HelpTopic: String, CaseIterable {
  case filters, query, dates, fields, scripting
  case exitCodes = "exit-codes"
  case formats, importing, changes, files, performance, reliability, glossary

  /// The summary for the overview.
  var summary: String {
    switch self {
    case .filters: "how commands select favourites"
    case .query: "the query language of favs search"
    case .dates: "how to write dates and ages"
    case .fields: "the fields of a favourite, in JSON, --fields and templates"
    case .scripting: "JSON, pipes and templates"
    case .exitCodes: "exit codes"
    case .formats: "the formats that favs can import and export"
    case .importing: "import, export and backups"
    case .changes: "history, undo and the trash"
    case .files: "files and environment variables"
    case .performance: "what makes favs fast, and how to measure it"
    case .reliability: "when a change is safe, and how that is tested"
    case .glossary: "the words that favs uses"
    }
  }

  /// The page of docs/ with more about the topic.
  var guide: String {
    switch self {
    case .filters, .query, .dates: "docs/search.md"
    case .fields, .scripting, .exitCodes: "docs/scripting.md"
    case .formats, .importing: "docs/importing.md"
    case .changes: "docs/history.md"
    case .files: "docs/files.md"
    case .performance: "docs/performance.md"
    case .reliability: "docs/durability.md"
    case .glossary: "docs/glossary.md"
    }
  }

  /// The whole page.
  var text: String {
    let title = summary.prefix(1).uppercased() + summary.dropFirst()
    return "\(title).\n\n\(body)\nSee also: \(guide)\n"
  }

  private var body: String {
    switch self {
    case .filters: Self.aboutFilters
    case .query: Self.aboutQuery
    case .dates: Self.aboutDates
    case .fields: Self.aboutFields
    case .scripting: Self.aboutScripting
    case .exitCodes: Help.exits(ExitCode.allCases)
    case .formats: Self.aboutFormats
    case .importing: Self.aboutImporting
    case .changes: Self.aboutChanges
    case .files: Self.aboutFiles
    case .performance: Self.aboutPerformance
    case .reliability: Self.aboutReliability
    case .glossary: Help.rows(Glossary.terms)
    }
  }

  private static func paragraphs(_ texts: String...) -> String {
    texts.map { Help.wrapped($0, indent: 0) + "\n" }.joined(separator: "\n")
  }

  private static var aboutFilters: String {
    paragraphs(
      "list, search, export, open, move, edit and rm take the same filters. A favourite has to "
        + "match all of them."
    )
      + "\n" + Help.options(SelectionOptions.writingOptions.map(\.page)) + "\n"
      + paragraphs(
        "In favs edit, -c and -t set a value, so the filters are called --in and --tagged. --in "
          + "works in every command.",
        "Commands that change something refuse to run without names or filters; --all, which only "
          + "they take, selects every favourite.",
        "A category includes its subcategories, and may end with a slash. -t a,b means -t a -t b; "
          + "-t -a skips favourites with the tag.")
  }

  private static var aboutQuery: String {
    Help.rows([
      ("dune herbert", "both words, in any field"), ("\"left hand\"", "the exact phrase"),
      ("dun*", "words that start with dun"), ("-film, not film", "without the word"),
      ("dune or solaris", "either word"), ("( )", "groups"),
      ("title:dune", "in one field: title, url, note"), ("#tag, tag:x", "with the tag"),
      ("category:books", "in the category or below"),
      ("year:>1960", "metadata, with = != < <= > >="),
      ("created:>2024-01-01", "dates: created, modified, opened"),
      ("age:<6m", "added in the last six months"),
      ("is:untagged", "also is:opened, is:unopened"),
      ("is:broken", "the state of its link after favs check; also is:moved, is:alive"),
      ("has:note, no:url", "with or without a field"),
    ])
      + "\n"
      + paragraphs(
        "A word such as -techno, which could be -t echno, is refused: write 'not techno'.",
        "Case and accents do not matter. Anything that does not parse is searched as words. "
          + "--explain shows how a query was understood.")
  }

  private static var aboutFields: String {
    paragraphs(FavouriteField.allCases.map(\.rawValue).joined(separator: ", ") + ".")
      + "\n"
      + paragraphs(
        "--fields id,title selects and orders fields in JSON, tables and TSV. A template has them "
          + "in braces: --format '{id}\\t{title}\\n'. There, {created} and {modified} are dates "
          + "too, and any other name is metadata: {year}. {metadata.year} is always metadata.",
        "score, matched and snippet exist in favs search only; deleted_at in the trash only.")
  }

  private static var aboutDates: String {
    Help.rows([
      ("2024-03-31", "a day"), ("2024-03-31T22:00", "a time on that day"),
      ("2024-03, 2024", "a month, a year"), ("2024-W13", "a week, starting on Monday"),
      ("today, yesterday", "that day"), ("monday", "the last Monday, or today"),
      ("30d, 2w, 6m, 1y", "that long ago"), ("'2 weeks ago'", "the same in words"),
    ])
      + "\n"
      + paragraphs(
        "Metadata that is a day is compared with all of these: --where 'read >= 2024-03', "
          + "read:2024.",
        "Days are in your time zone: $TZ, or the system's. --since DAY starts at the beginning of "
          + "the day, --until DAY ends at its end. JSON, TSV and exports have times in UTC.")
  }

  private static var aboutScripting: String {
    paragraphs(
      "--json prints one array, with the same keys for no, one or many favourites; --format jsonl "
        + "prints one object per line. In a pipe, rows are tab-separated, complete and without a "
        + "header. --format takes a template: --format '{id}\\t{title}\\n'.",
      "Data goes to standard output; headings, counts and hints go to standard error, and --quiet "
        + "turns them off. With --json, an error is one line of JSON on standard error. favs never "
        + "asks a question without a terminal.",
      "favs help fields lists the fields, favs help exit-codes the exit codes.")
  }

  private static var aboutFormats: String {
    "Import (favs import FILE recognises the format by content):\n"
      + Help.rows(Format.all.map { ($0.name, $0.summary) })
      + "\nExport (favs export --format NAME):\n"
      + Help.rows(ExportFormat.all.map { ($0.name, $0.summary) })
  }

  private static var aboutImporting: String {
    Help.rows([
      ("favs import --from firefox", "import from a browser, even while it runs"),
      ("favs import FILE", "import a file of any known format"),
      ("favs import FILE -n", "show what would be imported"),
      ("favs export FILE", "export favourites, in the format of FILE's extension"),
      ("favs export --full FILE", "export everything, with trash and history"),
      ("favs backup", "copy the database, and check the copy"),
    ])
      + "\n"
      + paragraphs(
        "An import is one change that favs undo reverts. Importing a file twice adds nothing the "
          + "second time. favs help formats lists the formats.")
  }

  private static var aboutChanges: String {
    Help.rows([
      ("favs undo", "undo the last change; repeat it to go further back"),
      ("favs redo", "redo what was undone"),
      ("favs history", "list all changes, newest first"),
      ("favs history REF", "list the changes to one favourite or category"),
      ("favs diff REF --at 1w", "compare a favourite with its past"),
      ("favs show REF --at DATE", "show a favourite as it was"),
      ("favs restore REF", "restore a favourite from the trash"),
    ])
      + "\n"
      + paragraphs(
        "A change is everything that one command did, and has a number: @12 means change 12. Only "
          + "favs trash empty deletes for good.")
  }

  private static var aboutFiles: String {
    "Files:\n" + Help.rows(Manual.files) + "\nEnvironment:\n" + Help.rows(Manual.environment)
  }

  private static var aboutPerformance: String {
    paragraphs(
      "Ranks, counts and the search index are kept up to date with every change, so everyday "
        + "commands read a few rows. --substring and --regex read every favourite.",
      "--profile shows the time and plan of each SQL statement of a command. favs logs --slow "
        + "lists the runs that took over 250 ms, favs logs --summary the times of each command.")
  }

  private static var aboutReliability: String {
    paragraphs(
      "When a command that changes something exits with 0, its change is on the disk. If it fails "
        + "or is killed, the database is as it was before, or as it should be after, and never in "
        + "between.",
      "favs doctor checks the database, favs doctor --fix repairs what can be rebuilt, and favs "
        + "backup makes a checked copy. docs/reliability.md has the results of the tests.")
  }
}
