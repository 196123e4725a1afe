internal import Favourites

/// Changes a category.
struct CategoryEdit: Command {
  static let synopsis = Synopsis<Self>(
    "Edit a category's note or fields",
    details: [
      "Fields are checked from now on; existing metadata stays as it is."
    ],
    operands: .one("CATEGORY", .category),
    options: [
      .text("note", nil, "TEXT", "set the note; empty removes it", \.note),
      .readList(
        "field", nil, "NAME[:TYPE]", "add a field, or change its type", \.fields,
        by: Value.field),
      .list(
        "unset-field", nil, "NAME", "remove this field; may be repeated", \.removed,
        .metadata),
    ] + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example(
        "favs category edit films --field 'seen:enum(yes,no,again)'",
        "add a field with three choices")
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
        .usage, "nothing to change", hint: "use --note, --field or --unset-field")
    }
    let path = try context.category(operands[0])
    return try context.changeCategory(write, path) { (store) throws(StoreError) in
      try store.editCategory(path, note: note, fields: fields, removed: removed)
    }
  }
}
