internal import Favourites

/// Shows the history.
struct History: Command {
  static let synopsis = Synopsis<Self>(
    "Show what changed, and when",
    details: [
      "Newest first. With REF, shows every change to that favourite or category, field by field; "
        + "books/ with a slash is always the category. @N shows everything that change N did.",
      "In JSON, each change lists its items with their values before and after: the fields that "
        + "differ, or null where the item did not exist. Items of a change with more than 1,000 of "
        + "them are shown with @N only. In a pipe, each field is one line: change, time, kind, id, "
        + "field, before, after.",
    ],
    operands: .optional("REF|@N", .subject),
    options: [
      .read(
        "category", "c", "PATH", "changes to this category and in it", \.category, .category,
        by: Value.category),
      .text("since", nil, "DATE|AGE", "on or after this date", \.since),
    ] + PageOptions.plainOptions.lifted(to: \.page),
    examples: [
      Example("favs history", "show the last 20 changes"),
      Example("favs history books@1", "show the history of the first book"),
      Example("favs history @42 --json", "show everything that change 42 did, as JSON"),
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["diff", "show", "undo", "redo"])

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()
  var category: CategoryPath?
  var since: String?
  var page = PageOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let since = try SelectionOptions.moment(since, "--since", context.now)?.earliest
    let size = try page.size(context.settings)
    let (first, isTooFar) = ((page.page ?? 1) - 1).multipliedReportingOverflow(by: size)
    let offset = isTooFar ? .max : first
    var store = try context.reading()
    var printer = ChangePrinter(context)
    try printer.begin(&context.output)
    var total: Int64?
    if let word = operands.first {
      guard category == nil else {
        throw Failure(.usage, "REF and --category cannot be used together")
      }
      if Value.isMarkedChange(word), let number = try? Value.change(word) {
        guard !page.isSliced, since == nil else {
          throw Failure(.usage, "'\(word)' is a single change: --since and pages do not apply")
        }
        let change = try context.opened(store.change(numbered: number))
        try printer.describe(change, in: &store, &context)
      } else {
        total = try life(of: word, since, offset, size, &printer, in: &store, &context)
      }
    } else if context.output.isTerminal || page.isSliced {
      var query = ChangeQuery(limit: Int(size))
      query.filters = filters(since)
      query.offset = Int(offset)
      let changes = try context.opened(store.changes(query))
      try printer.add(changes, in: &store, &context)
      if hasFooter(context) { total = try context.opened(store.countChanges(query)) }
    } else {
      try listAll(since, &printer, in: &store, &context)
    }
    try printer.finish(&context.output)
    if let total, hasFooter(context) {
      try context.footer(
        page: page.page ?? 1, of: total, by: size, counted(Int(total), "change", "changes"))
    }
    return .done
  }

  /// Whether the page and the number of all changes are told below the list.
  private func hasFooter(_ context: Context) -> Bool {
    context.output.isTerminal && !global.isJSON && !context.output.isQuiet
  }

  private func filters(_ since: Timestamp?) -> [Query] {
    (category.map { [.category($0)] } ?? []) + (since.map { [.date(.made, .since, $0)] } ?? [])
  }

  /// Shows the history of one favourite or category.
  /// - Returns: the number of changes that its pages hold; nil if it is shown whole.
  private func life(
    of word: String, _ since: Timestamp?, _ offset: Int64, _ size: Int64,
    _ printer: inout ChangePrinter, in store: inout Store, _ context: inout Context
  ) throws(Failure) -> Int64? {
    var life = try context.opened { () throws(StoreError) in
      let items: [ChangedItem] =
        switch try store.findSubject(word) {
        case .favourite(let id): try store.life(of: id).map { .favourite($0) }
        case .category(let id): try store.life(ofCategory: id).map { .category($0) }
        }
      var life: [(change: Change, item: ChangedItem)] = []
      for item in items { life.append((try store.change(numbered: item.change), item)) }
      return life
    }
    if let since { life.removeAll { $0.change.at < since } }
    let total = page.isSliced ? Int64(life.count) : nil
    if page.isSliced { life = Array(life.dropFirst(Int(offset)).prefix(Int(size))) }
    try printer.life(life, in: &store, &context)
    return total
  }

  /// Shows changes page by page, since there may be very many.
  private func listAll(
    _ since: Timestamp?, _ printer: inout ChangePrinter, in store: inout Store,
    _ context: inout Context
  ) throws(Failure) {
    var query = ChangeQuery(limit: 1_000)
    query.filters = filters(since)
    while true {
      let changes = try context.opened(store.changes(query))
      try printer.add(changes, in: &store, &context)
      guard changes.count == query.limit, let last = changes.last else { return }
      query.before = last.number
    }
  }
}
