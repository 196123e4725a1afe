internal import Favourites

/// Puts one category into another.
struct CategoryMerge: Command {
  static let synopsis = Synopsis<Self>(
    "Put one category at the end of another",
    details: ["What stands below it goes below the other; the first is no more then."],
    operands: .two("CATEGORY INTO", .category),
    options: WriteOptions.options.lifted(to: \.write),
    examples: [Example("favs category merge movies films", "all movies are films")],
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
