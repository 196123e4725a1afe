internal import Favourites

/// Changes a category.
struct CategoryEdit: Command {
  static let synopsis = Synopsis<Self>(
    "Change a category's note or fields",
    details: [
      "Fields are checked from then on; what favourites have already stays as it is."
    ],
    operands: .one("CATEGORY", .category),
    options: [
      .text("note", nil, "TEXT", "another note; empty for none", \.note),
      .readList(
        "field", nil, "NAME[:TYPE]", "one more field, or another type for it", \.fields,
        by: Value.field),
      .list(
        "unset-field", nil, "NAME", "without this field; may be repeated", \.removed,
        .metadata),
    ] + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example("favs category edit films --field 'seen:enum(yes,no,again)'", "one of three")
    ],
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput, .invalidInput])

  var operands: [String] = []
  var global = GlobalOptions()
  var note: String?
  var fields: [MetadataField] = []
  var removed: [String] = []
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    guard note != nil || !fields.isEmpty || !removed.isEmpty else {
      throw Failure(
        .usage, "nothing is to be changed", hint: "say --note, --field or --unset-field")
    }
    let path = try context.category(operands[0])
    return try context.changeCategory(write, path) { (store) throws(StoreError) in
      try store.editCategory(path, note: note, fields: fields, removed: removed)
    }
  }
}
