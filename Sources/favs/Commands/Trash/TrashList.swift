internal import Favourites

/// Lists what is in the trash.
struct TrashList: Command {
  static let synopsis = Synopsis<Self>(
    "List what is in the trash",
    details: ["What went there last comes first."],
    options: PageOptions.plainOptions.lifted(to: \.page)
      + OutputOptions.options.lifted(to: \.output),
    exits: [.done, .usage, .busy, .database, .inputOutput],
    seeAlso: ["restore", "rm"])

  var operands: [String] = []
  var global = GlobalOptions()
  var page = PageOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let store = try context.reading()
    var renderer = try FavouriteRenderer(
      output, context, columns: [.id, .deletedAt, .category, .title, .url],
      keys: FavouriteField.allCases)
    let size = page.perPage ?? PageOptions.usualSize
    let isPaged = renderer.isTable || page.isSliced
    let piece = isPaged ? size : 1_000
    let (first, isTooFar) = ((page.page ?? 1) - 1).multipliedReportingOverflow(by: size)
    var offset = isPaged ? (isTooFar ? Int64.max : first) : 0
    try renderer.begin(enveloped: false, &context.output)
    while true {
      let trashed = try context.opened { () throws(StoreError) in
        try store.trashed(offset: offset, limit: piece)
      }
      for favourite in trashed { try renderer.add(favourite, &context.output) }
      if isPaged || trashed.isEmpty { break }
      offset += piece
    }
    let isTable = renderer.isTable
    try renderer.finish(&context.output)
    if isTable { try footer(size, store, &context) }
    return .done
  }

  private func footer(
    _ size: Int64, _ store: borrowing Store, _ context: inout Context
  ) throws(Failure) {
    let total = try context.opened { () throws(StoreError) in try store.trashCount() }
    for category in try context.opened({ () throws(StoreError) in try store.trashedCategories() }) {
      try context.output.note(
        "category '\(Escaping.forTerminal(category.name))' was removed; "
          + "favs restore -c brings it back")
    }
    let pages = max(1, (total + size - 1) / size)
    let number = page.page ?? 1
    let next = number < pages ? " · next: favs trash list --page \(number + 1)" : ""
    let things = total == 1 ? "1 favourite" : "\(total) favourites"
    try context.output.note(
      context.output.style.dim("Page \(number) of \(pages) · \(things) in the trash\(next)"))
  }
}
