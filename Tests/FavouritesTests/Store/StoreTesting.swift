import Testing

@testable import Favourites

/// A draft from its texts.
func draft(
  _ title: String? = nil, url: String? = nil, in category: String? = nil, note: String? = nil,
  tags: [String] = [], set: [String] = [], rank: Int64? = nil
) throws -> Draft {
  var draft = Draft()
  draft.title = title
  draft.url = url
  draft.note = note
  draft.category = try category.map(CategoryPath.parse)
  draft.tags = try tags.map(TagName.parse)
  draft.metadata = try set.map(MetadataAssignment.parse)
  draft.rank = rank
  return draft
}

extension Store {
  /// One change, named after what it does.
  @discardableResult
  mutating func changing<Result>(
    _ command: String = "test", _ body: (inout Store) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try change(ChangeRequest(command: command), body).result
  }

  /// Adds one favourite by a change of its own; gives its id.
  @discardableResult
  mutating func adding(
    _ draft: Draft, _ duplicates: Duplicates = .refuse
  ) throws(StoreError) -> Int64 {
    try changing("add") { store throws(StoreError) in
      try store.add(draft, duplicates: duplicates).id
    }
  }

  /// Makes random changes, one after another; what is refused changes nothing.
  mutating func changingAtRandom(_ count: Int, seed: UInt64) throws {
    var random = RandomSteps(seed: seed)
    for _ in 0..<count {
      let step = try random.next()
      do throws(StoreError) {
        _ = try change(ChangeRequest(command: step.text), step.run)
      } catch .sqlite(let error) {
        throw error
      } catch {
        // Refused.
      }
    }
  }

  /// Takes the last change back.
  @discardableResult
  mutating func undoing() throws(StoreError) -> Change {
    try changing("undo") { store throws(StoreError) in try store.undo()[0] }
  }

  /// Makes the last change again that was taken back.
  @discardableResult
  mutating func redoing() throws(StoreError) -> Change {
    try changing("redo") { store throws(StoreError) in try store.redo()[0] }
  }
}

/// A listing, read by a connection of its own.
func listed(
  _ path: String, _ selection: Selection = Selection(), by ordering: Ordering = Ordering(.rank),
  _ slice: Slice = .all
) throws -> [Favourite] {
  var store = try Store.reading(path)
  var rows = try store.rows(selection, ordering: ordering, slice: slice)
  var favourites: [Favourite] = []
  while let favourite = try rows.next(in: &store) { favourites.append(favourite) }
  return favourites
}

/// The titles of a category's favourites, by rank.
func titles(_ path: String, in category: String) throws -> [String] {
  var selection = Selection()
  selection.categories = [try CategoryPath.parse(category)]
  return try listed(path, selection).map(\.title)
}

extension StoreError {
  /// Whether it tells of something in the file that cannot be, or that SQLite would not have let
  /// in.
  var isDamage: Bool {
    if case .sqlite(let error) = self {
      [.damaged, .other].contains(error.sqliteKind)
    } else {
      false
    }
  }
}
