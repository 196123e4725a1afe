internal import Favourites

/// Lists categories.
struct CategoryList: Command {
  static let synopsis = Synopsis<Self>(
    "List categories",
    details: ["All of them as a tree, or one with those below it; with how many are in each."],
    operands: .optional("CATEGORY", .category),
    options: OutputOptions.options.filter { $0.long != "fields" }.lifted(to: \.output),
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput])

  var operands: [String] = []
  var global = GlobalOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let store = try context.reading()
    let path = try operands.first.map { (word) throws(Failure) in try context.category(word) }
    let categories = try context.opened { () throws(StoreError) in
      if let path { _ = try store.category(path) }
      return try store.categories(within: path)
    }
    try CategoryPrinter.print(categories, output, &context)
    return .done
  }
}

extension Context {
  /// A category's path, from a word of the command line.
  func category(_ word: String) throws(Failure) -> CategoryPath {
    do {
      return try Value.category(word)
    } catch {
      throw Failure(.usage, error.message)
    }
  }

  /// A tag, from a word of the command line.
  func tag(_ word: String) throws(Failure) -> TagName {
    do {
      return try Value.tag(word)
    } catch {
      throw Failure(.usage, error.message)
    }
  }
}
