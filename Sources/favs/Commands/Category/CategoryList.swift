internal import Favourites

/// Lists categories.
struct CategoryList: Command {
  static let synopsis = Synopsis<Self>(
    "List categories",
    details: [
      "Shows the tree of categories with the number of favourites in each, or one category with "
        + "its subcategories. If no category has that name, the categories whose name or note "
        + "contains all its words are listed."
    ],
    operands: .optional("CATEGORY|QUERY", .category),
    options: CountOption.options.lifted(to: \.count)
      + OutputOptions.options.filter { $0.long != "fields" }.lifted(to: \.output),
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput])

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()
  var count = CountOption()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let store = try context.reading()
    let word = operands.first
    let categories = try context.opened { () throws(StoreError) in
      guard let word else { return try store.categories() }
      do throws(StoreError) {
        guard let path = try? Value.category(word) else { throw .noCategory(word) }
        _ = try store.category(path)
        return try store.categories(within: path)
      } catch .noCategory {
        let found = try store.categories(holding: word)
        guard !found.isEmpty else { throw .noCategory(word) }
        return found
      }
    }
    if count.countsOnly {
      try context.print(count: Int64(categories.count))
      return .done
    }
    try CategoryPrinter.print(categories, output, &context)
    return .done
  }
}

extension Context {
  /// Parses the path of a category from the command line.
  func category(_ word: String) throws(Failure) -> CategoryPath {
    do {
      return try Value.category(word)
    } catch {
      throw Failure(.usage, error.message)
    }
  }

  /// Parses the path of a new category from the command line.
  func newCategory(_ word: String) throws(Failure) -> CategoryPath {
    do {
      return try Value.newCategory(word)
    } catch {
      throw Failure(.usage, error.message)
    }
  }

  /// Parses a tag from the command line.
  func tag(_ word: String) throws(Failure) -> TagName {
    do {
      return try Value.tag(word)
    } catch {
      throw Failure(.usage, error.message)
    }
  }
}
