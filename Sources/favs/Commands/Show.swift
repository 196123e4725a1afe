internal import Favourites

/// Shows all that is known of favourites.
struct Show: Command {
  static let synopsis = Synopsis<Self>(
    "Show everything about favourites",
    operands: .some("REF…", .reference),
    options: OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs show 12", "all about favourite 12"),
      Example("favs show books#1 --json", "the best of the books, as JSON"),
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["list", "history"])

  var operands: [String] = []
  var global = GlobalOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let words = try context.expanded(operands)
    var store = try context.reading()
    let ids = try context.opened { () throws(StoreError) in try store.findAll(words) }
    guard output.format == nil, !context.global.isJSON, output.fields == nil, !output.endsWithNUL
    else {
      try context.show(ids, in: &store, output)
      return .done
    }
    try context.describe(ids, in: &store)
    return .done
  }
}

extension Context {
  /// Prints favourites one under another, a line for each field.
  mutating func describe(_ ids: [Int64], in store: inout Store) throws(Failure) {
    var isFirst = true
    for id in ids {
      let found = try opened { () throws(StoreError) in try store.favourite(id) }
      guard let found else { continue }
      if !isFirst { try output.write("\n") }
      isFirst = false
      try output.write(Description(found, style: output.style).text)
    }
  }
}
