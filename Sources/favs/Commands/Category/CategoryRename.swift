internal import Favourites

/// Renames a category.
struct CategoryRename: Command {
  static let synopsis = Synopsis<Self>(
    "Rename or move a category",
    details: ["Subcategories move along."],
    operands: .two("CATEGORY NEW", .category),
    options: WriteOptions.options.lifted(to: \.write),
    examples: [Example("favs category rename films media/films", "move films into media")],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput, .invalidInput])

  var operands: [String] = []
  var global = GlobalOptions()
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let (path, target) = (try context.category(operands[0]), try context.newCategory(operands[1]))
    return try context.changeCategory(write, target) { (store) throws(StoreError) in
      try store.renameCategory(path, to: target)
    }
  }
}
