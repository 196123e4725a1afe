internal import Favourites

/// Answers the picker's questions. Opens the database only for each answer, so that no writer ever
/// waits for a user who is thinking.
struct PickSource {
  /// The filters that the picker was started with.
  private let filters: Selection
  /// The last search, for questions about its results.
  private var found: (selection: Selection, ordering: Ordering)

  init(_ filters: Selection) {
    self.filters = filters
    found = (filters, Self.usual)
  }

  /// The order where nothing is typed: the most used, then the latest.
  private static let usual = Ordering(.used, isDescending: true)

  /// Answers a question; returns nil if it was overtaken.
  /// - Parameter isOvertaken: called repeatedly during the search.
  mutating func answer(
    _ question: PickQuestion, in context: Context, unless isOvertaken: @escaping () -> Bool
  ) throws(Failure) -> PickAnswer? {
    var store = try context.reading()
    store.endEarly(when: isOvertaken)
    do throws(StoreError) {
      return try answer(question, in: &store, at: context.now)
    } catch  where error.isOvertaken {
      return nil
    } catch {
      throw Failure(error, path: context.file.path)
    }
  }

  private mutating func answer(
    _ question: PickQuestion, in store: inout Store, at now: Timestamp
  ) throws(StoreError) -> PickAnswer {
    switch question {
    case .find(let search): return .found(try find(search, in: &store, at: now))
    case .more(let cursor):
      let (rows, next) = try store.glances(
        found.selection, found.ordering, limit: Self.more, after: cursor)
      return .more(rows, next: next)
    case .count:
      let count = try store.count(found.selection, upTo: PickState.countBound)
      return .count(count, isBound: count == PickState.countBound && !found.selection.isEmpty)
    case .describe(let id): return .described(try describe(id, in: &store))
    }
  }

  private func describe(_ id: Int64, in store: inout Store) throws(StoreError) -> PickDescription? {
    guard let favourite = try store.favourite(id) else { return nil }
    return PickDescription(
      favourite: favourite, changes: try store.lastChanges(of: id, limit: Self.changes),
      sight: try store.links(of: [id]).first?.sight)
  }

  /// The number of latest changes shown for a favourite.
  private static let changes = 2

  /// The number of rows loaded at a time.
  private static let more: Int64 = 100

  /// Searches as `favs search` does, except that the last word may be incomplete.
  private mutating func find(
    _ search: PickSearch, in store: inout Store, at now: Timestamp
  ) throws(StoreError) -> PickFound {
    var found = PickFound()
    var selection = filters
    if let scope = search.scope, let path = try? CategoryPath.parse(scope) {
      selection.categories = [path]
    }
    var ordering = search.scope == nil ? Self.usual : Ordering(.rank)
    let text = search.text
    let keys: Set<String> =
      text.utf8.contains { ":!<>=~".utf8.contains($0) } ? try store.metadataKeys() : []
    var parser = QueryParser(text, metadataKeys: keys, now: now, in: .system)
    if let query = parser.parse() {
      let prepared = try store.prepare(
        query, search.isTolerant ? .whereNothingIsFound : .never, begun: query.wordBegun(in: text))
      selection.search = prepared
      ordering = Ordering(.relevance)
    }
    self.found = (selection, ordering)
    (found.rows, found.next) = try store.glances(
      selection, ordering, limit: search.limit, after: nil)
    if let prepared = selection.search {
      found.note = Self.note(
        on: prepared, parser.refusal, isVain: found.rows.isEmpty,
        isDamaged: store.isSearchDamaged)
    }
    found.total = Int64(try store.countAll())
    if search.describes, let first = found.rows.first {
      found.description = try describe(first.id, in: &store)
    }
    return found
  }

  private static func note(
    on search: PreparedSearch, _ refusal: QueryRefusal?, isVain: Bool, isDamaged: Bool
  ) -> String? {
    if isDamaged { return "the search index is damaged: favs doctor --fix rebuilds it" }
    if let refusal { return "invalid filter '\(refusal.word)': \(refusal.reason)" }
    let notes = search.corrections.map { Search.note(on: $0, isVain: isVain) }
    return notes.isEmpty ? nil : notes.joined(separator: "; ")
  }
}
