internal import Favourites

/// Lists favourites.
struct List: Command {
  static let synopsis = Synopsis<Self>(
    "List favourites",
    details: [
      "Category by category, by rank, unless --sort says otherwise. A category stands for its "
        + "subcategories too.",
      "On a terminal a page of 20 is shown as a table; in a pipe all of them are, with tabs between the "
        + "columns. --after goes on behind a cursor of --envelope and costs the same anywhere.",
    ],
    operands: .optional("CATEGORY", .category),
    options: SelectionOptions.options.lifted(to: \.selection)
      + CountOption.options.lifted(to: \.count) + PageOptions.options.lifted(to: \.page)
      + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs list books", "the books, by rank"),
      Example("favs list -t classic --sort -created", "what is tagged classic, the newest first"),
      Example("favs list --json --fields id,title | jq -r '.[].title'", "all titles"),
    ],
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput],
    seeAlso: ["search", "show"])

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
      let number = try context.opened { () throws(StoreError) in try store.count(selection) }
      try context.print(count: number)
      return .done
    }
    _ = try context.list(selection, page, output, usual: Ordering(.rank))
    return .done
  }
}
