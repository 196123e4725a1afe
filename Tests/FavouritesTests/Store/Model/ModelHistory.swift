@testable import Favourites

/// What a store holds, and what each change made of it: all that undo, redo and the history know.
struct ModelHistory {
  /// What undo makes of a change.
  enum Kind {
    /// One that can be undone, where anything is other afterwards.
    case plain
    /// One whatever it did.
    case always
    /// One that is for good.
    case final
    /// One that only counts openings.
    case opening
  }

  /// What a change was.
  enum Role: Equatable {
    case plain
    case final
    case opening
    case undo(Int64)
    case redo(Int64)
  }

  /// A change that was made.
  struct Entry {
    let role: Role
    let touched: StoreModel.Touched
    /// The ranks that those favourites had which left their places.
    let departures: [Int64: Int]
  }

  private(set) var model = StoreModel()
  /// The numbers of the changes by their times.
  var moments: [Int64: Int64] = [:]
  /// What there was after each change, by its number; at 0, before the first.
  private(set) var past: [StoreModel] = [StoreModel()]
  /// The changes by their numbers, from 1 on.
  private var entries: [Entry] = []
  /// The numbers of those that a person made and that hold.
  private(set) var held: [Int64] = []
  /// Those that can be made again, and the undo that took each back.
  private var undone: [(number: Int64, by: Int64)] = []
  /// Whether something was undone that cannot be made again, since another change came.
  private var isOvertaken = false

  var canRedo: Bool { !undone.isEmpty }

  /// The number of the last change.
  var last: Int64 { Int64(entries.count) }

  /// The last change that only counted openings.
  var lastOpening: Int64? { entries.lastIndex { $0.role == .opening }.map { Int64($0) + 1 } }

  func entry(_ number: Int64) -> Entry { entries[Int(number) - 1] }

  mutating func adoptUIDs(of found: StoreModel) {
    model.adoptUIDs(of: found)
    past[entries.count] = model
  }

  mutating func change(
    _ kind: Kind, _ body: (inout StoreModel) throws(StoreModel.Refusal) -> Void
  ) throws(StoreModel.Refusal) {
    let old = model
    model.departures = .init(before: old)
    try body(&model)
    guard model != old || kind == .always else { return }
    forgetNames(of: model.given.forgottenCategories.subtracting(old.given.forgottenCategories))
    guard kind != .opening else { return add(.opening, after: old) }
    add(kind == .final ? .final : .plain, after: old)
    held.append(last)
    isOvertaken = isOvertaken || !undone.isEmpty
    undone = []
  }

  /// Where favourites went to the trash from is forgotten with the category, by each name that it
  /// had; but what is in the trash still knows its own.
  private mutating func forgetNames(of categories: Set<Int64>) {
    guard !categories.isEmpty else { return }
    let names = Set(
      past.flatMap { model in
        categories.compactMap {
          (model.categories[$0] ?? model.trashedCategories[$0]?.shelf)?.path
        }
      })
    var stayed = Set(model.trash.keys)
    for index in past.indices.reversed() {
      stayed.formIntersection(past[index].trash.keys)
      for (id, trashed) in past[index].trash
      where !stayed.contains(id) && names.contains(trashed.categoryName) {
        past[index].trash[id]?.categoryName = ""
      }
    }
  }

  private mutating func add(_ role: Role, after old: StoreModel) {
    var touched = model.touched(since: old)
    // What an undo moves back among later changes is the same favourite, but for its place.
    if case .undo = role {
      for id in model.departures.ranks.keys where model.things[id] != nil {
        touched.favourites[id, default: []].insert("place")
      }
    }
    if case .redo(let number) = role, let undo = entries.last(where: { $0.role == .undo(number) }) {
      for (id, fields) in undo.touched.favourites where fields.contains("place") {
        touched.favourites[id, default: []].insert("place")
      }
    }
    for id in touched.favourites.keys
    where model.departures.ranks[id] != nil || model.home(of: id) != old.home(of: id) {
      touched.favourites[id]?.insert("place")
    }
    entries.append(Entry(role: role, touched: touched, departures: model.departures.ranks))
    model.given.change = last
    past.append(model)
  }

  /// Takes the last changes back that hold.
  mutating func undo(last count: Int) throws(StoreModel.Refusal) {
    guard !held.isEmpty else { throw .nothingToUndo }
    for _ in 0..<count {
      guard let number = held.last else { return }
      try undo(number)
    }
  }

  /// Takes one change back: what it touched is as it was before, unless a later one touched the
  /// same.
  mutating func undo(_ number: Int64) throws(StoreModel.Refusal) {
    guard (1...max(1, last)).contains(number), last > 0 else { throw .noChange }
    let entry = entry(number)
    switch entry.role {
    case .undo, .redo: throw .notUndoable
    case .opening: throw .onlyOpened
    case .plain, .final: break
    }
    guard held.contains(number) else { throw .alreadyUndone }
    guard entry.role != .final else { throw .isFinal }
    guard obstacles(of: number).isEmpty else { throw refusal(by: withLater(number)) }
    let old = model
    var new = model
    new.departures = .init(before: old)
    try new.revert(
      from: past[Int(number)], to: past[Int(number) - 1], entry.touched, entry.departures,
      shared: Set(
        entry.touched.favourites.keys.filter { id in
          held.contains {
            $0 > number && self.entry($0).touched.sharesThing(id, with: entry.touched)
          }
        })
    ) { category in
      laterChanges(of: category, than: number).map(refusal)
    } last: { category in
      lastShelf(category).map {
        StoreModel.Shelf(path: $0.path, note: $0.note, fields: $0.fields)
      }
    }
    model = new
    add(.undo(number), after: old)
    held.removeAll { $0 == number }
    undone.append((number, last))
  }

  /// The later changes in the way of undoing one: those that touched the same, and those that gave
  /// another category a name that one of its categories is to get back.
  private func obstacles(of number: Int64) -> [Int64] {
    let touched = entry(number).touched
    let (before, after) = (past[Int(number) - 1], past[Int(number)])
    var found = Set(held.filter { $0 > number && entry($0).touched.meets(touched) })
    for (id, path) in model.names(from: after, to: before, touched) {
      guard let taker = model.category(at: path), touched.categories[taker] == nil else { continue }
      found.formUnion(takers(of: path, from: id, since: number))
    }
    let moved = touched.favourites.keys.filter { before.home(of: $0) != after.home(of: $0) }
    for home in Set(moved.compactMap { before.home(of: $0) })
    where model.categories[home] == nil && touched.categories[home] == nil {
      if model.trashedCategories[home] == nil, let later = laterChanges(of: home, than: number) {
        found.formUnion(later)
      } else if let path = (model.trashedCategories[home]?.shelf ?? lastShelf(home))?.path {
        found.formUnion(takers(of: path, from: home, since: number))
      }
    }
    return found.sorted()
  }

  /// The later changes by which another category got a name.
  private func takers(of path: String, from id: Int64, since number: Int64) -> [Int64] {
    guard let taker = model.category(at: path), taker != id else { return [] }
    return held.filter {
      $0 > number && past[Int($0)].category(at: path) == taker
        && past[Int($0) - 1].category(at: path) != taker
    }
  }

  /// A category as it was when it last lived.
  private func lastShelf(_ id: Int64) -> StoreModel.Shelf? {
    past.last { $0.categories[id] != nil }?.categories[id]
  }

  /// A change, and all that would have to be undone with it.
  private func withLater(_ number: Int64) -> [Int64] {
    var wanted: Set<Int64> = []
    var waiting = [number]
    while let next = waiting.popLast() {
      if wanted.insert(next).inserted { waiting += obstacles(of: next) }
    }
    return wanted.sorted()
  }

  private func refusal(by later: [Int64]) -> StoreModel.Refusal {
    later.contains { entry($0).role == .final } ? .isFinal : .overtaken
  }

  /// The changes after one that touched a category and hold; nil where there is none.
  private func laterChanges(of category: Int64, than number: Int64) -> [Int64]? {
    let later = held.filter { $0 > number && entry($0).touched.categories[category] != nil }
    return later.isEmpty ? nil : later
  }

  /// Everything is as it was before the undo, but numbers that were given stay given.
  mutating func redo(_ count: Int) throws(StoreModel.Refusal) {
    guard !undone.isEmpty else { throw isOvertaken ? .redoOvertaken : .nothingToRedo }
    for _ in 0..<count {
      guard let (number, by) = undone.popLast() else { return }
      let (old, given) = (model, model.given)
      model = past[Int(by) - 1]
      model.keepOpenings(of: old, since: past[Int(by)])
      model.given = given
      add(.redo(number), after: old)
      held = (held + [number]).sorted()
    }
  }

  /// The undo that took a change back, while that holds.
  func undoer(of number: Int64) -> Int64? {
    guard !held.contains(number) else { return nil }
    return entries.lastIndex { $0.role == .undo(number) }.map { Int64($0) + 1 }
  }

  /// The last change that touched a favourite, and the last that touched a category.
  func lastTouch(ofFavourite id: Int64) -> Int64? {
    entries.lastIndex { $0.touched.favourites[id] != nil }.map { Int64($0) + 1 }
  }

  func lastTouch(ofCategory id: Int64) -> Int64? {
    entries.lastIndex { $0.touched.categories[id] != nil }.map { Int64($0) + 1 }
  }
}

extension ModelHistory {
  /// The favourites that went to the trash, or were taken back, before a change, and are not
  /// forgotten yet.
  func dead(before number: Int64) -> [Int64] {
    model.dead.filter { id in
      if let trashed = model.trash[id] { return isEarlier(trashed.deleted, than: number) }
      return lastTouch(ofFavourite: id) ?? 0 < number
    }
  }

  /// The categories of the same kind, when those favourites are forgotten.
  func deadCategories(before number: Int64, without ids: [Int64]) -> [Int64] {
    var model = model
    for id in ids { model.trash[id] = nil }
    return model.deadCategories.filter { id in
      (model.trashedCategories[id]?.change ?? lastTouch(ofCategory: id) ?? 0) < number
    }
  }

  private func isEarlier(_ moment: StoreModel.Moment, than number: Int64) -> Bool {
    switch moment {
    case .change(let other): other < number
    case .given(let time): moments.contains { $0.value == number && time < $0.key }
    }
  }
}
