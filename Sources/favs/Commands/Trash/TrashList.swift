internal import Favourites

/// Lists the trash.
struct TrashList: Command {
  static let synopsis = Synopsis<Self>(
    "List favourites in the trash",
    details: [
      "Newest first. WORDs select those that contain all of them in title, URL, note or "
        + "tags."
    ],
    operands: .some("WORD…", atLeast: 0),
    options: [
      .read(
        "category", "c", "PATH", "in this category or below", \.category, .category,
        by: Value.category),
      .readList("tag", "t", "TAG", "with this tag; may be repeated", \.tags, .tag, by: Value.tag),
      .text("since", nil, "DATE|AGE", "removed on or after this date", \.since),
      .text("until", nil, "DATE|AGE", "removed on or before this date", \.until),
      .read("change", nil, "N", "removed by this change", \.change, .change, by: Value.change),
      .flag("categories", nil, "list the categories in the trash", \.listsCategories),
      .read(
        "sort", nil, "KEY", "sort by deleted, title, category or id; -KEY reverses", \.sorting,
        .order(TrashQuery.Order.allCases.map(\.rawValue)), by: Sorting.read),
    ] + CountOption.options.lifted(to: \.count) + PageOptions.plainOptions.lifted(to: \.page)
      + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs trash list --sort title", "list the trash by title"),
      Example("favs trash list -c books --since 7d", "list books removed in the last week"),
    ],
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput],
    seeAlso: ["restore", "rm"])

  /// A sort order of the trash, and whether it is reversed.
  struct Sorting: Sendable {
    let order: TrashQuery.Order
    let isDescending: Bool

    /// Parses `title` or `-title`.
    static func read(_ text: String) throws(ValueError) -> Sorting {
      let isDescending = text.utf8.first == UInt8(ascii: "-")
      let order = try Value.choice(TrashQuery.Order.self)(
        isDescending ? String(text.dropFirst()) : text)
      return Sorting(order: order, isDescending: isDescending)
    }
  }

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()
  var category: CategoryPath?
  var tags: [TagName] = []
  var since: String?
  var until: String?
  var change: Int64?
  var listsCategories = false
  var sorting: Sorting?
  var count = CountOption()
  var page = PageOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    var query = try query(context)
    let store = try context.reading()
    if listsCategories {
      guard query == TrashQuery(), !count.countsOnly, !page.isSliced, output.format == nil,
        output.fields == nil, !output.isWide
      else {
        throw Failure(
          .usage, "--categories lists all of them: it takes no other option but --json")
      }
      try printCategories(store, &context)
      return .done
    }
    if count.countsOnly {
      try context.print(
        count: try context.opened(store.countTrash(query)))
      return .done
    }
    var renderer = try FavouriteRenderer(
      output, context, columns: [.id, .deletedAt, .category, .title, .url],
      keys: FavouriteField.kept, form: .trash)
    let size = try page.size(context.settings)
    let isPaged = renderer.isTable || page.isSliced
    let (first, isTooFar) = ((page.page ?? 1) - 1).multipliedReportingOverflow(by: size)
    if isPaged { (query.limit, query.offset) = (size, isTooFar ? .max : first) }
    try renderer.begin(enveloped: false, &context.output)
    let rows = try context.opened(store.trashed(query))
    while let favourite = try context.opened(rows.next()) {
      try renderer.add(favourite, &context.output)
    }
    let isTable = renderer.isTable
    try renderer.finish(&context.output)
    if isTable { try footer(query, size, store, &context) }
    return .done
  }

  private func query(_ context: Context) throws(Failure) -> TrashQuery {
    var query = TrashQuery()
    if let category { query.filters.append(.category(category)) }
    query.filters += tags.map(Query.tag)
    query.filters += try SelectionOptions.dates(
      .deleted, since: since, until: until, context.now)
    if let change { query.filters.append(.change(change)) }
    query.filters += operands.flatMap { word in
      word.unicodeScalars.split { $0.isWhitespace }.map { .part(String($0)) }
    }
    query.order = sorting?.order
    query.isDescending = sorting?.isDescending ?? false
    return query
  }

  private func printCategories(
    _ store: borrowing Store, _ context: inout Context
  ) throws(Failure) {
    let categories = try context.opened(store.trashedCategories())
    guard !global.isJSON else {
      return try context.output.write(arrayOf: categories) { (category, json) in
        json.beginObject()
        json.member("name", category.name)
        json.member("count", category.count)
        json.member("deleted_at", category.deletedAt.text)
        json.endObject()
      }
    }
    for category in categories {
      let time =
        context.output.isTerminal
        ? Zone.system.text(of: category.deletedAt) : category.deletedAt.text
      let cells = [category.name, String(category.count), time]
      try context.output.write(cells.map(Escaping.forTSV).joined(separator: "\t") + "\n")
    }
  }

  private func footer(
    _ query: TrashQuery, _ size: Int64, _ store: borrowing Store, _ context: inout Context
  ) throws(Failure) {
    let (total, categories) = try context.opened { () throws(StoreError) in
      (try store.countTrash(query), try store.countTrashedCategories())
    }
    if categories > 0 {
      let things = counted(Int(categories), "category is", "categories are")
      try context.output.note(
        "\(things) in the trash; favs trash list --categories shows them, favs restore -c NAME "
          + "restores one")
    }
    try context.footer(
      page: page.page ?? 1, of: total, by: size, "\(counted(favourites: Int(total))) in the trash")
  }
}
