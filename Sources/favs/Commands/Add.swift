internal import Favourites
internal import Host

/// Adds favourites.
struct Add: Command {
  static let synopsis = Synopsis<Self>(
    "Add a favourite",
    details: [
      "A word with a scheme (https://…), a word that starts with www., and the path of an "
        + "existing file are links; anything else is a title. A title next to a link makes one "
        + "favourite. A link without a title gets its host and path as its title. A last word that "
        + "ends with a slash is the category. A word that looks like a typing mistake is refused; "
        + "--title accepts any text.",
      "With '-', add reads one favourite per line from standard input: a title, a link, or a link "
        + "followed by a space and its title. Input that starts with '{' or '[' is JSON in the "
        + "form that --json and --format jsonl print; its title, url, note, category, tags and "
        + "metadata are used. The whole input is one change. With --on-duplicate, lines that "
        + "cannot be added are reported and the others are added.",
      "With --fetch, or with the setting 'fetch = on', add requests the pages of new links and "
        + "uses their titles and descriptions; see favs fetch. A page that cannot be loaded never "
        + "keeps a favourite from being added.",
      "A URL that is already in the category is refused, unless --update or --duplicate is given.",
    ],
    operands: .some("TITLE|URL…", atLeast: 0),
    options: [
      .read(
        "category", "c", "PATH", "the category to add it to", \.category,
        .category,
        by: Value.newCategory),
      .text("title", nil, "TEXT", "the title, whatever it looks like", \.title),
      .read("url", "u", "URL", "the URL", \.url, by: Value.url),
      .text("note", nil, "TEXT", "a note", \.note),
      .readEach(
        "tag", "t", "TAG", "tags, separated by commas; may be repeated", \.tags, .tags(signs: "+"),
        by: Value.newTags),
      .read("rank", nil, "N", "its rank: a number, first or last", \.rank, by: Value.rank),
      .readList(
        "set", nil, "KEY[:TYPE]=VALUE", "set metadata; may be repeated", \.assignments,
        .assignment, by: Value.assignment),
      .flag("fetch", nil, "get the title and description from the web page", \.fetches),
      .flag("no-fetch", nil, "do not, whatever the setting 'fetch' says", \.fetchesNot),
      .flag("update", nil, "update the favourite that already has the URL", \.updates),
      .flag("duplicate", nil, "add it even if the URL is already there", \.keepsBoth),
      .read(
        "on-duplicate", nil, "HOW", "for '-': skip, update or keep duplicates",
        \.handling,
        .choices(Import.OnDuplicate.allCases.map(\.rawValue)),
        by: Value.choice(Import.OnDuplicate.self)),
    ] + WriteOptions.options.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs add Dune -c books -t classic --set year=1965", "add a book"),
      Example("favs add SQLite https://sqlite.org links/", "add a link and its title to links"),
      Example("favs add - -c links < urls.txt", "add one link per line"),
    ],
    exits: [.done, .incomplete, .usage, .conflict, .busy, .database, .inputOutput, .invalidInput],
    seeAlso: ["edit", "import", "list"])

  static let makesFile = true

  var operands: [String] = []
  var global = GlobalOptions()
  var category: CategoryPath?
  var title: String?
  var url: String?
  var note: String?
  var tags: [TagName] = []
  var rank: Patch.Destination?
  var assignments: [MetadataAssignment] = []
  var fetches = false
  var fetchesNot = false
  var updates = false
  var keepsBoth = false
  var handling: Import.OnDuplicate?
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    guard [updates, keepsBoth, handling != nil].count(where: { $0 }) <= 1 else {
      throw Failure(.usage, "use only one of --update, --duplicate and --on-duplicate")
    }
    if operands.contains("-") {
      guard operands.count == 1, url == nil, title == nil else {
        throw Failure(
          .usage, "'-' takes no other operand: titles and URLs come from standard input")
      }
      return try addLines(in: &context)
    }
    guard handling == nil else {
      throw Failure(
        .usage, "--on-duplicate works only with '-'",
        hint: "use --update or --duplicate for a single favourite")
    }
    let drafts = try drafts(context)
    guard try isFetching(context) else { return try add(drafts, Prefetch(), &context) }
    // A signal meanwhile only ends the fetching: what was typed is still added.
    let held = HeldSignals()
    var pages = Prefetch()
    try pages.ask(drafts.compactMap(\.url), held, &context)
    let code = try add(drafts, pages, &context)
    try context.output.flush()
    return code
  }

  private func add(
    _ drafts: [Draft], _ pages: Prefetch, _ context: inout Context
  ) throws(Failure) -> ExitCode {
    _ = try context.change(write) { (store) throws(StoreError) in
      var ids: [Int64] = []
      for draft in drafts {
        let addition = try store.add(draft, duplicates: duplicates)
        try pages.fill(addition, url: draft.url, in: &store)
        ids.append(addition.id)
      }
      return ids
    } show: { (store, context, ids) throws(Failure) in
      try context.show(ids, in: &store, output)
    }
    return .done
  }

  /// Whether to fetch titles and descriptions from the pages.
  private func isFetching(_ context: Context) throws(Failure) -> Bool {
    guard !fetches || !fetchesNot else {
      throw Failure(.usage, "--fetch and --no-fetch cannot be used together")
    }
    guard !fetches, !fetchesNot else { return fetches }
    return try context.settings.value(of: .fetch)
  }

  /// The favourites on the command line, in order.
  private func drafts(_ context: Context) throws(Failure) -> [Draft] {
    let words = try AddWords(operands)
    guard category == nil || words.category == nil else {
      throw Failure(.usage, "--category and '\(operands.last ?? "")' both name a category")
    }
    var items = words.items
    if title != nil || url != nil {
      // With a title or URL given as an option there is only one favourite; its other half may be
      // an operand.
      guard items.count <= 1 else {
        throw Failure(.usage, "--title and --url work with one favourite only")
      }
      var item = items.first ?? AddWords.Item()
      guard title == nil || item.title == nil else {
        throw Failure(.usage, "--title and '\(operands[0])' are both titles")
      }
      if url != nil, let link = item.url {
        // A URL was always accepted as the title of another URL.
        guard title == nil, item.title == nil else {
          throw Failure(.usage, "--url and '\(link)' are both links")
        }
        item = AddWords.Item(title: operands[0])
      }
      items = [AddWords.Item(title: title ?? item.title, url: url ?? item.url)]
    }
    guard !items.isEmpty else {
      throw Failure(
        .usage, "nothing to add", hint: "favs add TITLE, favs add URL, or both")
    }
    var drafts: [Draft] = []
    for (index, item) in items.enumerated() {
      var draft = try pattern(context)
      if let named = words.category { draft.category = named }
      draft.title = item.name
      draft.url = item.url
      draft.rank = draft.rank.map { $0 + Int64(index) }
      drafts.append(draft)
    }
    return drafts
  }

  /// The values given by options other than titles and URLs.
  private func pattern(_ context: Context) throws(Failure) -> Draft {
    var draft = Draft()
    draft.category = category
    if category == nil { draft.category = try context.settings.value(of: .category) }
    draft.note = note
    draft.tags = tags
    draft.metadata = assignments
    if case .rank(let number) = rank { draft.rank = number }
    return draft
  }

  private var duplicates: Duplicates {
    switch handling {
    case .skip: .skip
    case .update: .update
    case .keep: .allow
    case nil: updates ? .update : keepsBoth ? .allow : .refuse
    }
  }

  private func addLines(in context: inout Context) throws(Failure) -> ExitCode {
    let pattern = try pattern(context)
    let isFetching = try isFetching(context)
    var rank = pattern.rank
    var pages = Prefetch()
    // Held from the time when all lines are read until they are added.
    var hold: Hold?
    defer { withExtendedLifetime(hold) {} }
    let addition = BulkAddition(write: write, output: output, goesOn: handling != nil)
    return try addition.run(
      in: &context,
      preparing: { (lines, context) throws(Failure) in
        guard isFetching else { return }
        let held = Hold()
        hold = held
        try pages.ask(lines.compactMap(Self.url), held.signals, &context)
      },
      drafting: { Self.draft($0, like: pattern) }
    ) { (store, prepared) throws(StoreError) in
      var prepared = prepared
      prepared.draft.rank = rank
      let addition = try store.add(prepared, duplicates: duplicates)
      try pages.fill(addition, url: prepared.draft.url, in: &store)
      rank = rank.map { $0 + 1 }
      return addition
    }
  }

  /// The favourite in a line, completed with the values of the command line.
  private static func draft(_ line: BulkAddition.Line, like pattern: Draft) -> Draft {
    var draft: Draft
    switch line {
    case .word(let word):
      let item = AddWords.item(line: word)
      draft = pattern
      draft.title = item.title
      draft.url = item.url
    case .draft(let given):
      draft = given
      draft.settleLink()
      draft.columns = given.columns.given.over(pattern.columns)
      draft.category = given.category ?? pattern.category
      draft.tags += pattern.tags
      draft.metadata = pattern.metadata
    }
    return draft
  }

  /// Held signals, in an object that can be passed around.
  private final class Hold {
    let signals = HeldSignals()
  }

  /// The URL of a line.
  private static func url(_ line: BulkAddition.Line) -> String? {
    switch line {
    case .word(let word): AddWords.item(line: word).url
    case .draft(let draft): draft.url
    }
  }
}
