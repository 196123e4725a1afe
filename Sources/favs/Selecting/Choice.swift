internal import Favourites

/// What the references and the filters of a command select.
struct Choice {
  private let words: [String]
  private let filters: Selection
  /// The path of the database, for messages.
  private let path: String

  /// - Throws: if they select nothing, or a filter is wrong.
  init(_ words: [String], _ options: SelectionOptions, _ context: borrowing Context) throws(Failure)
  {
    self.words = words
    filters = try options.selection(at: context.now)
    path = context.file.path
    guard !words.isEmpty || !filters.isEmpty || options.isAll else {
      throw Failure(
        .conflict, "no favourites selected",
        hint: "name some, use filters, or use --all to select every favourite")
    }
  }

  /// The ids; if both references and filters are given, those that match both.
  func ids(in store: inout Store) throws(Failure) -> [Int64] {
    guard !words.isEmpty else { return try Failure.of(path, store.ids(filters)) }
    let named = try Failure.of(path, store.findAll(words))
    guard !filters.isEmpty else { return named }
    let chosen = Set(try Failure.of(path, store.ids(filters)))
    return named.filter(chosen.contains)
  }
}
