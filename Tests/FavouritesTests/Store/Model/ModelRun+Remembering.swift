import Testing

@testable import Favourites

// Looks at the history, and at what was.

extension ModelRun {
  mutating func lookAtHistory() throws {
    var query = ChangeQuery(limit: chance(50) ? 200 : number(1...5))
    if chance(30) { query.before = Int64(number(1...Int(history.last) + 1)) }
    if chance(30) { query.offset = number(0...3) }
    let areUndoable = chance(40)
    if areUndoable { query.filters.append(.state(.undoable)) }
    let start = Int64(number(1...Int(history.last) + 1))
    let since = chance(30) ? times[start].map(Timestamp.init(milliseconds:)) : nil
    if let since { query.filters.append(.date(.made, .since, since)) }
    let known = history.model.categories.values.map(\.path).sorted()
    let category = chance(40) && !known.isEmpty ? pick(known) : nil
    if let category { query.filters.append(.category(try CategoryPath.parse(respelled(category)))) }
    let numbers = (0...history.last).dropFirst().reversed().filter { number in
      number < query.before ?? .max && (since == nil || number >= start)
        && (!areUndoable
          || history.held.contains(number) && history.entry(number).role != .final
            && !isForgotten(number))
        && (category.map { hasTouched(number, $0) } ?? true)
    }
    let wanted = numbers.dropFirst(query.offset).prefix(query.limit).map { number in
      switch history.entry(number).role {
      case .plain, .final, .opening: "\(number) \(history.undoer(of: number) ?? 0)"
      case .undo(let other): "\(number) undoes \(other)"
      case .redo(let other): "\(number) redoes \(other)"
      }
    }
    let found = try store.changes(query).map { change in
      if let other = change.undoes { return "\(change.number) undoes \(other)" }
      if let other = change.redoes { return "\(change.number) redoes \(other)" }
      return "\(change.number) \(change.undoneBy ?? 0)"
    }
    check(found, Array(wanted), "history \(query)")
  }

  /// Whether a later change forgot something that a change touched.
  private func isForgotten(_ number: Int64) -> Bool {
    let touched = history.entry(number).touched
    return (number...history.last).dropFirst().contains { later in
      let other = history.entry(later)
      return other.role == .final
        && (!touched.favourites.keys.allSatisfy { other.touched.favourites[$0] == nil }
          || !touched.categories.keys.allSatisfy { other.touched.categories[$0] == nil })
    }
  }

  /// Whether a change touched a category, one below it, or what is in them now or was when it went
  /// to the trash.
  private func hasTouched(_ number: Int64, _ category: String) -> Bool {
    let touched = history.entry(number).touched
    let within = history.model.categoriesEver(within: category)
    return !within.isDisjoint(with: touched.categories.keys)
      || touched.favourites.keys.contains { id in
        (history.model.home(of: id) ?? history.model.trash[id]?.category).map(within.contains)
          ?? false
      }
  }

  mutating func lookAtItems() throws {
    guard history.last > 0 else { return }
    let number = Int64(number(1...Int(history.last)))
    let touched = history.entry(number).touched
    let wanted =
      touched.categories.keys.sorted().map { TouchedItem.category($0) }
      + touched.favourites.keys.sorted().map { TouchedItem.favourite($0) }
    check(try store.items(of: number), wanted, "items of \(number)")
    check(try store.countItems(of: number), Int64(wanted.count), "items of \(number), counted")
  }

  /// A favourite as it was after some change, and the changes that it was touched by.
  mutating func lookAtPast() throws {
    guard history.last > 0, history.model.given.favourite > 0 else { return }
    let id = Int64(number(1...Int(history.model.given.favourite)))
    let number = Int64(number(0...Int(history.last)))
    var found = try store.favourite(id, after: number)
    let isForgotten = history.model.given.forgotten.contains(id)
    let then = history.past[Int(number)]
    var wanted = isForgotten ? nil : then.favourite(id, times)
    // The rank of one that lived is the one that it had when it was moved next; that is no part of
    // the model.
    if then.things[id] != nil, let rank = wanted?.rank { found?.rank = rank }
    // The name of a category that was emptied is nowhere in the file.
    let home = then.home(of: id) ?? then.trash[id]?.category
    if let home, history.model.given.forgottenCategories.contains(home) {
      found?.category = ""
      wanted?.category = ""
    }
    check(found, wanted, "\(id) after \(number)")
    let changes = (0...history.last).dropFirst().reversed().filter {
      history.entry($0).touched.favourites[id] != nil
    }
    check(try store.life(of: id).map(\.change), changes, "the life of \(id)")
  }
}
