internal import Favourites

/// A format with nested folders.
protocol TreeForm {
  /// Writes the text before everything.
  mutating func begin(into bytes: inout [UInt8])
  /// Begins a folder. `depth` is 0 at the top level.
  mutating func open(_ category: Category, depth: Int, into bytes: inout [UInt8])
  /// Ends a folder.
  mutating func close(_ category: Category, depth: Int, into bytes: inout [UInt8])
  /// Writes a favourite; `depth` is the number of folders around it.
  mutating func write(_ favourite: Favourite, depth: Int, into bytes: inout [UInt8])
  /// Writes the text after everything.
  mutating func end(into bytes: inout [UInt8])
}

/// Writes categories as folders.
struct TreeWriter<Form: TreeForm>: FavouriteWriter {
  private var form: Form
  private let context: ExportContext
  /// The open categories, the outermost first.
  private var path: [Category] = []
  /// The index of the next category to open.
  private var next = 0

  init(_ form: Form, _ context: ExportContext) {
    self.form = form
    self.context = context
  }

  mutating func begin(into bytes: inout [UInt8]) { form.begin(into: &bytes) }

  mutating func write(_ favourite: Favourite, into bytes: inout [UInt8]) {
    // Categories come in the same order as favourites.
    while path.last?.name != favourite.category, next < context.categories.count {
      let category = context.categories[next]
      next += 1
      if context.tellsEmptyCategories || Self.holds(category.name, favourite.category) {
        enter(category, into: &bytes)
      }
    }
    form.write(favourite, depth: path.count, into: &bytes)
  }

  mutating func end(into bytes: inout [UInt8]) {
    if context.tellsEmptyCategories {
      for category in context.categories[next...] { enter(category, into: &bytes) }
    }
    while !path.isEmpty { leave(into: &bytes) }
    form.end(into: &bytes)
  }

  private mutating func enter(_ category: Category, into bytes: inout [UInt8]) {
    while let last = path.last, !Self.holds(last.name, category.name) { leave(into: &bytes) }
    form.open(category, depth: path.count, into: &bytes)
    path.append(category)
  }

  private mutating func leave(into bytes: inout [UInt8]) {
    let last = path.removeLast()
    form.close(last, depth: path.count, into: &bytes)
  }

  /// Whether a category is the same as another, or its ancestor.
  private static func holds(_ category: String, _ other: String) -> Bool {
    other.utf8.starts(with: category.utf8)
      && (other.utf8.count == category.utf8.count
        || other.utf8.dropFirst(category.utf8.count).first == UInt8(ascii: "/"))
  }
}
