internal import Favourites

/// Lists favourites.
struct List: Command {
  static let synopsis = Synopsis<Self>(
    "List favourites",
    details: [
      "Sorted by category and rank, unless --sort or the settings say otherwise. A category "
        + "includes its subcategories.",
      "On a terminal, shows a table with 20 favourites per page. In a pipe, prints all of them, "
        + "with tabs between the columns. --after continues after a cursor from --envelope, and is "
        + "equally fast on any page.",
    ],
    operands: .optional("CATEGORY", .category),
    options: SelectionOptions.options.lifted(to: \.selection)
      + CountOption.options.lifted(to: \.count) + PageOptions.options.lifted(to: \.page)
      + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs list books", "list books by rank"),
      Example(
        "favs list -t classic --sort -created", "list favourites tagged classic, newest first"),
      Example("favs list --json --fields id,title | jq -r '.[].title'", "print all titles"),
    ],
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput],
    seeAlso: ["search", "show"])

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()
  var selection = SelectionOptions()
  var count = CountOption()
  var page = PageOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    var selection = try selection.selection(at: context.now)
    if let word = operands.first { selection.categories.append(try context.category(word)) }
    if count.countsOnly {
      var store = try context.reading()
      let number = try context.opened(store.count(selection))
      try context.print(count: number)
      return .done
    }
    var store = try context.reading()
    let usual = try usualOrdering(in: store, context)
    _ = try context.list(selection, page, output, usual: usual, in: &store)
    return .done
  }

  /// The order in the settings. If it is by metadata that this database does not use, falls back to
  /// the rank.
  private func usualOrdering(
    in store: borrowing Store, _ context: Context
  ) throws(Failure) -> Ordering {
    let settled = try context.settings.value(of: .sort)
    guard case .metadata(let name) = settled.key else { return settled }
    let isUsed = try context.opened(store.isUsed(name))
    return isUsed ? settled : Ordering(.rank)
  }
}
