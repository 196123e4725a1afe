@testable import Favourites

// What is done to categories, and what the trash does with them.

extension StoreModel {
  mutating func addCategory(
    _ path: String, note: String?, fields: [MetadataField]
  ) throws(Refusal) {
    guard category(at: path) == nil else { throw .categoryExists }
    let id = make(path)
    categories[id]?.note = note
    categories[id]?.fields = fields
  }

  mutating func editCategory(
    _ path: String, note: String?, fields: [MetadataField], removed: [String]
  ) throws(Refusal) {
    guard let id = category(at: path), var shelf = categories[id] else { throw .noCategory }
    if let note { shelf.note = note.isEmpty ? nil : note }
    for key in removed {
      guard shelf.fields.contains(where: { $0.key == key }) else { throw .invalid }
      shelf.fields.removeAll { $0.key == key }
    }
    for field in fields {
      if let index = shelf.fields.firstIndex(where: { $0.key == field.key }) {
        shelf.fields[index] = field
      } else {
        shelf.fields.append(field)
      }
    }
    categories[id] = shelf
  }

  /// Gives a category and all below it another beginning of their names.
  mutating func renameCategory(_ path: String, to target: String) throws(Refusal) {
    guard category(at: path) != nil else { throw .noCategory }
    guard !ModelNames.areSame(path, target) else { return }
    guard !Self.isWithin(target, path) else { throw .categoryInsideItself }
    guard category(at: target) == nil else { throw .categoryExists }
    let target = spelled(target)
    for (id, shelf) in categories where Self.isWithin(shelf.path, path) {
      categories[id]?.path = target + shelf.path.dropFirst(path.count)
    }
  }

  /// Puts what is in a category at the end of another, and so each below it where there is one of
  /// that name; where there is none, it gets that name.
  mutating func mergeCategory(_ path: String, into target: String) throws(Refusal) {
    guard category(at: path) != nil else { throw .noCategory }
    guard !Self.isWithin(target, path) else { throw .categoryInsideItself }
    guard let root = category(at: target), let name = categories[root]?.path else {
      throw .noCategory
    }
    let merged = tree(of: path)
    let old = categories
    let names = merged.map { name + (old[$0]?.path ?? "").dropFirst(path.count) }
    var homes: [(shelf: Shelf, home: Int64)] = []
    for (id, name) in zip(merged, names) {
      guard let shelf = old[id] else { continue }
      if let home = category(at: name), !merged.contains(home) {
        unite(home, with: shelf)
        homes.append((shelf, home))
      } else if category(at: name) == nil,
        !names.contains(where: { ModelNames.areSame($0, shelf.path) })
      {
        let path = spelled(name)
        categories[id]?.path = path
        homes.append((Shelf(path: path), id))
      } else {
        // One that takes another in stays: `a/b/b` of `a/b`, when that goes into `a`, is in `a/b`.
        let home = make(name)
        categories[home]?.note = shelf.note
        categories[home]?.fields = shelf.fields
        homes.append((shelf, home))
      }
    }
    for (shelf, _) in homes { take(shelf.ids) }
    for (shelf, home) in homes {
      categories[home]?.ids += shelf.ids
      for id in shelf.ids { touch(id, things[id]) }
    }
    for id in merged where !homes.contains(where: { $0.home == id }) { categories[id] = nil }
  }

  /// Gives a category the note of another below its own, and the fields that it lacks.
  private mutating func unite(_ home: Int64, with other: Shelf) {
    guard var shelf = categories[home] else { return }
    if let note = other.note, note != shelf.note {
      shelf.note = shelf.note.map { $0 + "\n\n" + note } ?? note
    }
    shelf.fields += other.fields.filter { field in !shelf.fields.contains { $0.key == field.key } }
    categories[home] = shelf
  }

  /// Moves a category to the trash with all that is in it.
  mutating func removeCategory(_ path: String) throws(Refusal) {
    guard category(at: path) != nil else { throw .noCategory }
    let tree = tree(of: path)
    try remove(tree.flatMap { categories[$0]?.ids ?? [] })
    for id in tree {
      guard let shelf = categories.removeValue(forKey: id) else { continue }
      trashedCategories[id] = TrashedShelf(shelf: shelf, change: now)
    }
  }

  /// Brings a category back with what went with it; to one that lives again comes all that it had.
  mutating func restoreCategory(_ path: String, _ conflicts: RestoreConflict) throws(Refusal) {
    var (tree, ids): ([Int64], [Int64]) = ([], [])
    if let root = trashedCategory(at: path), let change = trashedCategories[root]?.change {
      tree = trashedCategories.filter {
        $0.value.change == change
          && ($0.key == root || Self.isBelow($0.value.shelf.path, path))
      }.sorted { ($0.value.shelf.place, $0.key) < ($1.value.shelf.place, $1.key) }.map(\.key)
      ids = tree.flatMap { trashed(from: $0) }.filter { trash[$0]?.thing.change == change }
    } else if let living = category(at: path) {
      tree = trashedCategories.filter { Self.isBelow($0.value.shelf.path, path) }
        .sorted { ($0.value.shelf.place, $0.key) < ($1.value.shelf.place, $1.key) }.map(\.key)
      ids = ([living] + tree).flatMap { trashed(from: $0) }
    }
    guard !tree.isEmpty || !ids.isEmpty else { throw .notInTrash }
    for id in tree { revive(id) }
    try restore(ids, conflicts)
    for id in tree { settle(id) }
  }

  /// Makes a trashed category part of the one that has its name by now. Its name stays in the trash
  /// while favourites there need it.
  mutating func settle(_ id: Int64) {
    guard let shelf = trashedCategories[id]?.shelf, let living = category(at: shelf.path) else {
      return
    }
    unite(living, with: shelf)
    trashedCategories[id]?.shelf.note = nil
    trashedCategories[id]?.shelf.fields = []
    if trashed(from: id).isEmpty { trashedCategories[id] = nil }
  }

  /// Gives a category back its place, or gives the one that has its name by now.
  @discardableResult
  mutating func revive(_ id: Int64) -> Int64 {
    guard let old = trashedCategories[id] else { return id }
    if let living = category(at: old.shelf.path) { return living }
    if let parent = Self.parent(of: old.shelf.path) { reviveParent(parent) }
    trashedCategories[id] = nil
    categories[id] = old.shelf
    return id
  }

  mutating func reviveParent(_ path: String) {
    guard category(at: path) == nil else { return }
    if let trashed = trashedCategory(at: path) { revive(trashed) } else { make(path) }
  }

  /// The categories within one, each before those that stand in it.
  func tree(of path: String) -> [Int64] {
    categories.filter { Self.isWithin($0.value.path, path) }
      .sorted { $0.value.place < $1.value.place }.map(\.key)
  }

  /// The category of a name that went to the trash last.
  private func trashedCategory(at path: String) -> Int64? {
    trashedCategories.filter { ModelNames.areSame($0.value.shelf.path, path) }
      .max { ($0.value.change, $0.key) < ($1.value.change, $1.key) }?.key
  }

  private func trashed(from category: Int64) -> [Int64] {
    trash.filter { $0.value.category == category }
      .sorted { ($0.value.rank, $0.key) < ($1.value.rank, $1.key) }.map(\.key)
  }
}
