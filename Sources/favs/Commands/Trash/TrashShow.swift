internal import Favourites

/// Shows all details of favourites in the trash.
struct TrashShow: Command {
  static let synopsis = Synopsis<Self>(
    "Show everything about favourites in the trash",
    operands: .some("REF…", .trashed),
    options: OutputOptions.plainOptions.lifted(to: \.output),
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["restore"])

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let words = try context.expanded(operands)
    var store = try context.reading()
    let ids = try context.opened(store.findTrashed(words))
    if !output.isPlain(context) {
      var renderer = try FavouriteRenderer(
        output, context, columns: [.id, .deletedAt, .category, .title, .url],
        keys: FavouriteField.kept, form: .trash)
      try renderer.begin(enveloped: false, &context.output)
      for id in ids {
        let found = try context.opened(store.favourite(id))
        if let found { try renderer.add(found, &context.output) }
      }
      try renderer.finish(&context.output)
    } else {
      try context.describe(ids, in: &store)
    }
    return .done
  }
}
