internal import Favourites

/// Adds a category.
struct CategoryAdd: Command {
  static let synopsis = Synopsis<Self>(
    "Create a category",
    details: [
      "favs add creates categories too. Here you can also give a note and the fields of the "
        + "metadata: year:number, read:date, author:text, 'seen:enum(yes,no,again)'."
    ],
    operands: .one("CATEGORY", .category),
    options: [
      .text("note", nil, "TEXT", "the note", \.note),
      .readList(
        "field", nil, "NAME[:TYPE]", "a metadata field; may be repeated", \.fields,
        by: Value.field),
    ] + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example("favs category add films --field year:number", "create films, with a year")
    ],
    exits: [.done, .usage, .conflict, .busy, .database, .inputOutput, .invalidInput])

  static let makesFile = true

  var operands: [String] = []
  var global = GlobalOptions()
  var note: String?
  var fields: [MetadataField] = []
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let path = try context.newCategory(operands[0])
    return try context.changeCategory(write, path) { (store) throws(StoreError) in
      try store.addCategory(path, note: note, fields: fields)
    }
  }
}

extension Context {
  /// Makes a change to one category and prints the result.
  mutating func changeCategory(
    _ write: WriteOptions, _ path: CategoryPath,
    _ body: (inout Store) throws(StoreError) -> Void
  ) throws(Failure) -> ExitCode {
    try change(write, body) { (store, context, _) throws(Failure) in
      let category = try context.opened(store.category(path))
      try CategoryPrinter.print([category], OutputOptions(), &context)
      try context.tell(store.clashes)
    }
    return .done
  }
}
