@testable import Favourites

// What goes to the trash, comes back from it, and is forgotten.

extension StoreModel {
  mutating func remove(_ ids: [Int64]) throws(Refusal) {
    for id in ids where things[id] == nil { throw .noFavourite }
    // The ranks that all of them had before any went.
    let old = categories
    for id in ids {
      guard var thing = things[id],
        let (home, shelf) = old.first(where: { $0.value.ids.contains(id) }),
        let index = shelf.ids.firstIndex(of: id)
      else { continue }
      things[id] = nil
      thing.change = now
      trash[id] = Trashed(
        thing: thing, category: home, categoryName: shelf.path, rank: index + 1,
        deleted: .change(now))
    }
    take(ids)
  }

  /// One that is to come back.
  private struct Returning {
    let id: Int64
    let thing: Thing
    let home: Int64
    let rank: Int
    /// The change that it went by.
    let change: Int64
  }

  mutating func restore(_ ids: [Int64], _ conflicts: RestoreConflict) throws(Refusal) {
    var (returning, before): ([Returning], [Returning]) = ([], [])
    var left: Set<Int64> = []
    for id in ids {
      guard let trashed = trash[id] else { throw .notInTrash }
      let home = homeAgain(for: trashed)
      var thing = trashed.thing
      if let url = thing.url, let other = obstacle(url, in: home, by: thing.change, before) {
        switch conflicts {
        case .skip: continue
        case .fail: throw .restoreConflict
        case .merge:
          settle(&returning)
          absorb(id, into: other)
          left.insert(trashed.category)
          continue
        case .rename: thing.title = freeTitle(like: thing.title, in: home, besides: returning)
        }
      }
      left.insert(trashed.category)
      returning.append(
        Returning(
          id: id, thing: thing, home: home, rank: trashed.rank, change: trashed.thing.change))
      before += returning.suffix(1)
    }
    settle(&returning)
    for id in left.sorted() { settle(id) }
  }

  /// The one because of which a link cannot come back: it lives, or comes back too and went by
  /// another change.
  private func obstacle(
    _ url: String, in home: Int64, by change: Int64, _ before: [Returning]
  ) -> Int64? {
    let before = before.last {
      $0.home == home && $0.thing.url.map(Self.link) == Self.link(url)
    }
    if let before, before.change != change { return before.id }
    return ids(linking: url, in: home).first
  }

  /// The last that went comes first, so that each finds the order that it left.
  private mutating func settle(_ returning: inout [Returning]) {
    let order = returning.enumerated().sorted {
      (-$0.element.change, $0.element.home, $0.element.rank, $0.offset)
        < (-$1.element.change, $1.element.home, $1.element.rank, $1.offset)
    }
    for (_, back) in order {
      trash[back.id] = nil
      var thing = back.thing
      thing.change = now
      things[back.id] = thing
      let count = categories[back.home]?.ids.count ?? 0
      categories[back.home]?.ids.insert(back.id, at: min(back.rank - 1, count))
    }
    returning = []
  }

  /// Gives a favourite what it lacks of one in the trash, which is then no more.
  private mutating func absorb(_ id: Int64, into living: Int64) {
    guard let other = trash.removeValue(forKey: id)?.thing, var thing = things[living] else {
      return
    }
    if let note = other.note, note != thing.note {
      thing.note = thing.note.map { $0 + "\n\n" + note } ?? note
    }
    thing.tags.merge(other.tags) { own, _ in own }
    thing.metadata.merge(other.metadata) { own, _ in own }
    thing.created = min(thing.created, other.created)
    thing.opened += other.opened
    thing.openedAt = [thing.openedAt, other.openedAt].compactMap { $0 }.max()
    if thing != things[living] { touch(living, thing) }
  }

  private func freeTitle(
    like title: String, in home: Int64, besides returning: [Returning]
  ) -> String {
    let living = (categories[home]?.ids ?? []).compactMap { things[$0]?.title }
    // Titles are the same without case.
    let taken = Set(
      (living + returning.filter { $0.home == home }.map(\.thing.title)).map { $0.lowercased() })
    return (2...).lazy.map { "\(title) (\($0))" }.first { !taken.contains($0.lowercased()) }
      ?? title
  }

  /// Where a trashed favourite goes back to.
  private mutating func homeAgain(for trashed: Trashed) -> Int64 {
    if categories[trashed.category] != nil { return trashed.category }
    if trashedCategories[trashed.category] != nil { return revive(trashed.category) }
    return make(trashed.categoryName)
  }

  // MARK: Forgetting

  /// The favourites that are no more, or in the trash, and not forgotten yet.
  var dead: [Int64] {
    (0...given.favourite).dropFirst().filter {
      things[$0] == nil && !given.forgotten.contains($0)
    }
  }

  mutating func empty(_ ids: [Int64]) throws(Refusal) {
    for id in ids {
      guard things[id] == nil else { throw .notInTrash }
      trash[id] = nil
      given.forgotten.insert(id)
    }
  }

  /// The categories that are no more, and those of which nothing is in the trash.
  var deadCategories: [Int64] {
    (0...given.category).dropFirst().filter { id in
      categories[id] == nil
        && (trashedCategories[id] == nil || !trash.values.contains { $0.category == id })
    }
  }

  mutating func forget(categories ids: [Int64]) {
    for id in ids {
      trashedCategories[id] = nil
      given.forgottenCategories.insert(id)
    }
  }
}
