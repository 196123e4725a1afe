internal import Favourites

/// Merges one category into another.
struct CategoryMerge: Command {
  static let synopsis = Synopsis<Self>(
    "Merge one category into another",
    details: [
      "Favourites go to the end of the other category, subcategories move along, and CATEGORY is "
        + "removed. Its note goes below that of the other category, which gets the fields that it "
        + "does not have. Subcategories of the same name are merged in the same way."
    ],
    operands: .two("CATEGORY INTO", .category),
    options: WriteOptions.options.lifted(to: \.write),
    examples: [Example("favs category merge movies films", "move all movies to films")],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput])

  var operands: [String] = []
  var global = GlobalOptions()
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let (path, target) = (try context.category(operands[0]), try context.category(operands[1]))
    return try context.changeCategory(write, target) { (store) throws(StoreError) in
      try store.mergeCategory(path, into: target)
    }
  }
}
