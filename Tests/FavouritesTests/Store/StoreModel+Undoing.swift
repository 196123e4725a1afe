@testable import Favourites

// What a change touched, and how that becomes again what it was.

extension StoreModel {
  /// The favourites and the categories that a change made other.
  struct Touched: Equatable {
    var favourites: Set<Int64> = []
    var categories: Set<Int64> = []

    func meets(_ other: Touched) -> Bool {
      !favourites.isDisjoint(with: other.favourites)
        || !categories.isDisjoint(with: other.categories)
    }
  }

  /// The ranks that favourites had which left their places by the change under way: no part of what a store holds,
  /// so that two are always equal.
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
      touched.favourites.insert(id)
    }
    for id in (0...given.category).dropFirst()
    where !Self.areSame(categories[id], old.categories[id])
      || trashedCategories[id] != old.trashedCategories[id]
    {
      touched.categories.insert(id)
    }
    touched.favourites.formUnion(given.forgotten.subtracting(old.given.forgotten))
    touched.categories.formUnion(
      given.forgottenCategories.subtracting(old.given.forgottenCategories))
    return touched
  }

  /// Whether a category is the same, whatever is in it.
  private static func areSame(_ one: Shelf?, _ other: Shelf?) -> Bool {
    one?.path == other?.path && one?.note == other?.note && one?.fields == other?.fields
  }

  private func shelf(_ id: Int64) -> Shelf? { categories[id] ?? trashedCategories[id]?.shelf }

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

  /// Makes what a change touched what it was before it, whatever became of the rest since.
  ///
  /// - Parameters:
  ///   - later: why a category cannot come back that a later change took away; nil where none did.
  ///   - last: a category that an undo took away, as it was when it lived.
  mutating func revert(
    from after: StoreModel, to before: StoreModel, _ touched: Touched, _ departures: [Int64: Int],
    later: (Int64) -> Refusal?, last: (Int64) -> Shelf?
  ) throws(Refusal) {
    try bringBack(
      touched.categories.compactMap { id in
        before.categories[id] == nil ? nil : shelf(id, from: after, to: before).map { (id, $0) }
      })
    let favourites = touched.favourites.sorted()
    for id in favourites {
      guard let home = before.home(of: id), categories[home] == nil else { continue }
      if trashedCategories[home] == nil {
        if let refusal = later(home) { throw refusal }
        // It comes back by way of the trash.
        trashedCategories[home] = last(home).map { TrashedShelf(shelf: $0, change: 0) }
      }
      guard revive(home) == home else { throw later(home) ?? .categoryExists }
    }
    place(favourites, as: before, departures)
    let leaving = touched.categories.filter { before.categories[$0] == nil }
      .sorted { (shelf($0)?.path ?? "", $0) > (shelf($1)?.path ?? "", $1) }
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
    for (id, shelf) in coming.sorted(by: { ($0.shelf.path, $0.id) < ($1.shelf.path, $1.id) }) {
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
    _ ids: [Int64], as before: StoreModel, _ departures: [Int64: Int]
  ) {
    var arriving: [(home: Int64, rank: Int, id: Int64)] = []
    for id in ids {
      let (old, now) = (before.home(of: id), home(of: id))
      if let old, now != old || departures[id] != nil {
        arriving.append((old, departures[id] ?? .max, id))
      } else if old != nil {
        things[id] = before.things[id]
        continue
      }
      take([id])
      things[id] = before.things[id]
      trash[id] = before.trash[id]
    }
    for (home, rank, id) in arriving.sorted(by: { $0 < $1 }) {
      let count = categories[home]?.ids.count ?? 0
      categories[home]?.ids.insert(id, at: min(rank - 1, count))
    }
  }
}
