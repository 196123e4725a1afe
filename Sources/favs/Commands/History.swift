internal import Favourites

/// Shows what changed when.
struct History: Command {
  static let synopsis = Synopsis<Self>(
    "Show what changed when",
    details: ["The newest first; with REF, the changes that touched that favourite."],
    operands: .optional("REF", .reference),
    options: [
      .text("since", nil, "DATE|AGE", "then or later", \.since)
    ] + PageOptions.plainOptions.lifted(to: \.page),
    examples: [
      Example("favs history", "the last 20 changes"),
      Example("favs history 12 --json", "the life of favourite 12, as JSON"),
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["undo", "redo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var since: String?
  var page = PageOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    var store = try context.reading()
    let since = try SelectionOptions.moment(since, "--since", context.now)?.earliest
    if let word = operands.first {
      let id = try context.opened { () throws(StoreError) in try store.findAnywhere(word) }
      let all = try context.opened { () throws(StoreError) in try store.changes(touching: id) }
      let changes = all.filter { $0.at >= since ?? .earliest }
      try ChangePrinter(context).print(cut(changes, context), &context)
      return .done
    }
    let isWhole = !context.output.isTerminal && !page.isSliced
    let size = page.perPage ?? PageOptions.usualSize
    let (offset, isTooFar) = ((page.page ?? 1) - 1).multipliedReportingOverflow(by: size)
    guard !isTooFar else { return .done }
    if isWhole {
      try printAll(since, in: &store, &context)
    } else {
      let changes = try context.opened { () throws(StoreError) in
        try store.changes(since: since, offset: Int(offset), limit: Int(size))
      }
      try ChangePrinter(context).print(changes, &context)
    }
    return .done
  }

  private func cut(_ changes: [Change], _ context: Context) -> [Change] {
    guard page.isSliced else { return changes }
    let size = Int(clamping: page.perPage ?? PageOptions.usualSize)
    let (start, isTooFar) = Int(clamping: (page.page ?? 1) - 1).multipliedReportingOverflow(
      by: size)
    return isTooFar ? [] : Array(changes.dropFirst(start).prefix(size))
  }

  /// Prints them piece by piece, since there may be very many.
  private func printAll(
    _ since: Timestamp?, in store: inout Store, _ context: inout Context
  ) throws(Failure) {
    let printer = ChangePrinter(context)
    guard !context.global.isJSON else {
      let changes = try context.opened { () throws(StoreError) in
        try store.changes(since: since, limit: .max)
      }
      return try printer.print(changes, &context)
    }
    var last: Int64?
    while true {
      let changes = try context.opened { () throws(StoreError) in
        try store.changes(before: last, since: since, limit: 1_000)
      }
      guard let end = changes.last else { return }
      try printer.print(changes, &context)
      last = end.number
    }
  }
}
