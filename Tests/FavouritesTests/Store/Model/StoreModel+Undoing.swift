@testable import Favourites

// What a change touched, and how that becomes again what it was.

extension StoreModel {
  /// The favourites and the categories that a change made other, and which of their fields: `*` for
  /// a thing that came, went, or changed between its category and the trash.
  struct Touched: Equatable {
    var favourites: [Int64: Set<String>] = [:]
    var categories: [Int64: Set<String>] = [:]

    /// Whether one of the two would overwrite what the other wrote.
    func meets(_ other: Touched) -> Bool {
      Self.meet(favourites, other.favourites) || Self.meet(categories, other.categories)
    }

    /// Whether the same thing is in both, in whatever fields.
    func sharesThing(_ id: Int64, with other: Touched) -> Bool {
      favourites[id] != nil && other.favourites[id] != nil
    }

    private static func meet(_ one: [Int64: Set<String>], _ other: [Int64: Set<String>]) -> Bool {
      one.contains { id, fields in
        guard let others = other[id], !fields.isEmpty, !others.isEmpty else { return false }
        return fields.contains("*") || others.contains("*") || !fields.isDisjoint(with: others)
      }
    }
  }

  /// The ranks that favourites had which left their places by the change under way: no part of what
  /// a store holds, so that two are always equal.
  struct Departures: Equatable {
    var ranks: [Int64: Int] = [:]
    /// What was added by the change itself, from this id on, does not count.
    var firstNew: Int64 = 1

    init() {}

    init(before model: StoreModel) { firstNew = model.given.favourite + 1 }

    static func == (_: Departures, _: Departures) -> Bool { true }
  }

  /// Notes the ranks of favourites that are about to leave their places.
  mutating func depart(_ ids: [Int64]) {
    for (_, shelf) in categories {
      let old = shelf.ids.filter { $0 < departures.firstNew }
      for id in ids where departures.ranks[id] == nil {
        if let index = old.firstIndex(of: id) { departures.ranks[id] = index + 1 }
      }
    }
  }

  /// What is other than it was.
  func touched(since old: StoreModel) -> Touched {
    var touched = Touched()
    for id in (0...given.favourite).dropFirst()
    where things[id] != old.things[id] || trash[id] != old.trash[id] {
      touched.favourites[id] = fields(of: id, since: old)
    }
    for id in (0...given.category).dropFirst()
    where !Self.areSame(categories[id], old.categories[id])
      || trashedCategories[id] != old.trashedCategories[id]
    {
      touched.categories[id] = categoryFields(of: id, since: old)
    }
    for id in given.forgotten.subtracting(old.given.forgotten) { touched.favourites[id] = ["*"] }
    for id in given.forgottenCategories.subtracting(old.given.forgottenCategories) {
      touched.categories[id] = ["*"]
    }
    return touched
  }

  private func fields(of id: Int64, since old: StoreModel) -> Set<String> {
    guard let new = things[id], let old = old.things[id] else { return ["*"] }
    var fields: Set<String> = []
    if old.title != new.title { fields.insert("title") }
    if old.url != new.url { fields.insert("url") }
    if old.note != new.note { fields.insert("note") }
    if old.uid != new.uid { fields.insert("uid") }
    if old.created != new.created { fields.insert("created") }
    for key in Set(old.tags.keys).union(new.tags.keys) where old.tags[key] != new.tags[key] {
      fields.insert("tag " + key)
    }
    for key in Set(old.metadata.keys).union(new.metadata.keys)
    where old.metadata[key] != new.metadata[key] {
      fields.insert("metadata " + key)
    }
    return fields
  }

  private func categoryFields(of id: Int64, since old: StoreModel) -> Set<String> {
    guard let new = categories[id], let old = old.categories[id] else { return ["*"] }
    var fields: Set<String> = []
    if old.path != new.path { fields.insert("name") }
    if old.note != new.note { fields.insert("note") }
    if old.fields != new.fields { fields.insert("fields") }
    return fields
  }

  /// Whether a category is the same, whatever is in it.
  private static func areSame(_ one: Shelf?, _ other: Shelf?) -> Bool {
    one?.path == other?.path && one?.note == other?.note && one?.fields == other?.fields
  }

  private func shelf(_ id: Int64) -> Shelf? { categories[id] ?? trashedCategories[id]?.shelf }

  private func place(_ id: Int64) -> ModelNames.Order { shelf(id)?.place ?? .init([]) }

  /// A category as it is now, but for what a change made other: that is as it was.
  private func shelf(_ id: Int64, from after: StoreModel, to before: StoreModel) -> Shelf? {
    guard let old = before.shelf(id) else { return nil }
    guard var shelf = shelf(id), let new = after.shelf(id) else {
      return Shelf(path: old.path, note: old.note, fields: old.fields)
    }
    if old.path != new.path { shelf.path = old.path }
    if old.note != new.note { shelf.note = old.note }
    if old.fields != new.fields { shelf.fields = old.fields }
    return shelf
  }

  /// What the categories are to be called that a change touched, once it is undone.
  func names(
    from after: StoreModel, to before: StoreModel, _ touched: Touched
  ) -> [(id: Int64, path: String)] {
    touched.categories.keys.sorted().compactMap { id in
      before.categories[id] == nil
        ? nil : shelf(id, from: after, to: before).map { (id, $0.path) }
    }
  }

  /// Makes what a change touched what it was before it, whatever became of the rest since.
  ///
  /// - Parameters:
  ///   - shared: favourites that later changes touched in other fields.
  ///   - later: why a category cannot come back that a later change took away; nil where none did.
  ///   - last: a category that an undo took away, as it was when it lived.
  mutating func revert(
    from after: StoreModel, to before: StoreModel, _ touched: Touched, _ departures: [Int64: Int],
    shared: Set<Int64>, later: (Int64) -> Refusal?, last: (Int64) -> Shelf?
  ) throws(Refusal) {
    try bringBack(
      touched.categories.keys.compactMap { id in
        before.categories[id] == nil ? nil : shelf(id, from: after, to: before).map { (id, $0) }
      })
    let favourites = touched.favourites.keys.sorted()
    for id in favourites
    where departures[id] != nil || Self.isMoved(id, from: after, to: before) {
      guard let home = before.home(of: id), categories[home] == nil else { continue }
      if trashedCategories[home] == nil {
        if let refusal = later(home) { throw refusal }
        // It comes back by way of the trash.
        trashedCategories[home] = last(home).map { TrashedShelf(shelf: $0, change: 0) }
      }
      guard revive(home) == home else { throw later(home) ?? .categoryExists }
    }
    place(favourites, from: after, to: before, departures, shared: shared)
    let leaving = touched.categories.keys.filter { before.categories[$0] == nil }
      .sorted { (place($0), $0) > (place($1), $1) }
    for id in leaving {
      let old = shelf(id, from: after, to: before)
      if let living = categories[id] {
        // Others have come to use it since: it stays.
        guard living.ids.isEmpty, tree(of: living.path).count == 1 else { continue }
      }
      (categories[id], trashedCategories[id]) = (nil, nil)
      if let change = before.trashedCategories[id]?.change, let old {
        trashedCategories[id] = TrashedShelf(shelf: old, change: change)
      }
    }
  }

  /// Gives categories their places and names back, those that others stand in first.
  private mutating func bringBack(_ coming: [(id: Int64, shelf: Shelf)]) throws(Refusal) {
    for (id, shelf) in coming.sorted(by: { ($0.shelf.place, $0.id) < ($1.shelf.place, $1.id) }) {
      if let parent = Self.parent(of: shelf.path) { reviveParent(parent) }
      guard category(at: shelf.path) ?? id == id else { throw .categoryExists }
      if let name = categories[id]?.path, name != shelf.path {
        // What has come to stand in it since goes with it.
        for other in tree(of: name) where !coming.contains(where: { $0.id == other }) {
          guard let path = categories[other]?.path else { continue }
          categories[other]?.path = shelf.path + path.dropFirst(name.count)
        }
      }
      trashedCategories[id] = nil
      categories[id] = shelf
    }
  }

  /// Makes favourites what they were, each at the rank that it had where it left its place.
  private mutating func place(
    _ ids: [Int64], from after: StoreModel, to before: StoreModel, _ departures: [Int64: Int],
    shared: Set<Int64>
  ) {
    var arriving: [(home: Int64, rank: Int, id: Int64)] = []
    for id in ids {
      let (old, now) = (before.home(of: id), home(of: id))
      var trashed = before.trash[id]
      let thing = thing(id, from: after, to: before, keepsDates: shared.contains(id))
      if let thing { trashed?.thing = thing }
      // Where a later change took it, it stays, unless this one moved it.
      let isMoved = departures[id] != nil || Self.isMoved(id, from: after, to: before)
      if let old, isMoved, now != old || departures[id] != nil {
        arriving.append((old, departures[id] ?? .max, id))
      } else if old != nil {
        things[id] = thing
        continue
      }
      take([id])
      things[id] = trashed == nil ? thing : nil
      trash[id] = trashed
    }
    for (home, rank, id) in arriving.sorted(by: { $0 < $1 }) {
      let count = categories[home]?.ids.count ?? 0
      categories[home]?.ids.insert(id, at: min(rank - 1, count))
    }
  }

  /// Whether a change took a favourite from one category to another, or into the trash or out of
  /// it.
  private static func isMoved(
    _ id: Int64, from after: StoreModel, to before: StoreModel
  ) -> Bool {
    before.home(of: id) != after.home(of: id) || before.trash[id] != after.trash[id]
  }

  /// A favourite as it is to be when a change is taken back: those fields that the change wrote are
  /// as they were.
  private func thing(
    _ id: Int64, from after: StoreModel, to before: StoreModel, keepsDates: Bool
  ) -> Thing? {
    guard let old = before.things[id] ?? before.trash[id]?.thing else { return nil }
    guard let new = after.things[id] ?? after.trash[id]?.thing,
      var thing = things[id] ?? trash[id]?.thing
    else { return old }
    if old.title != new.title { thing.title = old.title }
    if old.url != new.url { thing.url = old.url }
    if old.note != new.note { thing.note = old.note }
    if old.uid != new.uid { thing.uid = old.uid }
    if old.created != new.created { thing.created = old.created }
    if old.opened != new.opened { thing.opened = old.opened }
    if old.openedAt != new.openedAt { thing.openedAt = old.openedAt }
    for key in Set(old.tags.keys).union(new.tags.keys) where old.tags[key] != new.tags[key] {
      thing.tags[key] = old.tags[key]
    }
    for key in Set(old.metadata.keys).union(new.metadata.keys)
    where old.metadata[key] != new.metadata[key] {
      thing.metadata[key] = old.metadata[key]
    }
    if !keepsDates {
      if old.change != new.change { thing.change = old.change }
      if old.modified != new.modified { thing.modified = old.modified }
    }
    return thing
  }

  /// Counts the openings that came after a state was left that is gone back to.
  mutating func keepOpenings(of now: StoreModel, since after: StoreModel) {
    func thing(_ id: Int64, in model: StoreModel) -> Thing? {
      model.things[id] ?? model.trash[id]?.thing
    }
    for id in Set(things.keys).union(trash.keys) {
      guard var kept = thing(id, in: self), let now = thing(id, in: now),
        let left = thing(id, in: after)
      else { continue }
      if kept.opened == left.opened { kept.opened = now.opened }
      if kept.openedAt == left.openedAt { kept.openedAt = now.openedAt }
      if things[id] == nil { trash[id]?.thing = kept } else { things[id] = kept }
    }
  }
}
