import Foundation
import TestSupport

@testable import Favourites

private let colours = ["red", "Green", "blue", "caf\u{E9}"]
private let places = ["inbox", "books", "books/sci-fi", "books-old", "films"]

/// Fills a file with favourites whose values repeat, so that every comparison meets equal ones.
func fill(_ path: String, count: Int, seed: UInt64) throws {
  var random = SplitMix(seed: seed)
  var store = try Store.writing(path)
  var drafts: [Draft] = []
  for number in 0..<count {
    func dice(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &random) }
    var new = try draft(
      ["Dune", "dune messiah", "Solaris", "\u{C9}mile", "100%", "a_b"][dice(6)], in: places[dice(5)]
    )
    if dice(2) == 0 { new.url = "https://example.com/\(number)" }
    if dice(3) == 0 { new.note = ["see Dune", "back\\slash", "\""][dice(3)] }
    for colour in colours where dice(4) == 0 { new.tags.append(try TagName.parse(colour)) }
    if dice(2) == 0 {
      new.metadata.append(try MetadataAssignment.parse("year=\(1_960 + dice(5))"))
    }
    if dice(3) == 0 {
      let value = ["Yes", "no", "2024-02-1\(dice(9) + 1 > 9 ? 0 : dice(9))", "1962"][dice(4)]
      new.metadata.append(try MetadataAssignment.parse("seen:text=" + value))
    }
    new.createdAt = Timestamp(milliseconds: Int64(dice(50)) * 1_000)
    // Those that were never edited are found by other indexes.
    let edited = Timestamp(milliseconds: Int64(dice(50)) * 1_000)
    new.modifiedAt = dice(2) == 0 ? edited : new.createdAt
    if dice(2) == 0 { new.openedAt = Timestamp(milliseconds: Int64(dice(20) + 1)) }
    new.opened = Int64(dice(4))
    if dice(3) == 0 { new.rank = Int64(dice(20) + 1) }
    drafts.append(new)
  }
  let ready = drafts
  try store.changing { store throws(StoreError) in
    for draft in ready[..<(count / 2)] { _ = try store.add(draft, duplicates: .allow) }
  }
  try store.changing { store throws(StoreError) in
    for draft in ready[(count / 2)...] { _ = try store.add(draft, duplicates: .allow) }
  }
  try store.changing { store throws(StoreError) in try store.remove([3, 5, 8, 13, 21]) }
  var patch = Patch()
  patch.note = "touched"
  patch.category = try CategoryPath.parse("films")
  try store.changing { store throws(StoreError) in try store.edit([2, 4, 6, 100], patch) }
}

/// A selection of any parts.
func randomSelection(_ random: inout SplitMix, _ all: [Favourite]) throws -> Selection {
  func dice(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &random) }
  var selection = Selection()
  if dice(3) == 0 {
    selection.categories = try (0...dice(2)).map { _ in try CategoryPath.parse(places[dice(5)]) }
  }
  for _ in 0..<dice(4) {
    let one = try randomFilter(&random)
    let filters: [Query] = [
      one, .not(one), .any([one, try randomFilter(&random)]),
      .not(.all([one, try randomFilter(&random)])),
    ]
    selection.filters.append(dice(2) == 0 ? one : filters[dice(filters.count)])
  }
  return selection
}

/// A single test of a favourite.
private func randomFilter(_ random: inout SplitMix) throws -> Query {
  func dice(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &random) }
  let traits: [Query.Trait] = [.url, .note, .tags, .metadata("year"), .metadata("none")]
  let time = Timestamp(milliseconds: Int64(dice(50)) * 1_000)
  switch dice(8) {
  case 0: return .category(try CategoryPath.parse(places[dice(5)]))
  case 1, 2: return .tag(try TagName.parse(colours[dice(4)].uppercased()))
  case 3:
    let conditions = [
      "year=1962", "year!=1962", "year<1962", "year<=1962", "year>1962", "year>=1962", "seen=yes",
      "seen!=YES", "seen~e", "seen=2024-02-11", "seen>2024-02-13", "seen~02-1", "year~96",
      "seen>1960", "seen=1962", "seen!=1962", "seen<1962", "seen=2024", "seen>=2024", "seen<2024",
      "seen>Nine", "seen<=yes", "none=1", "none!=1",
    ]
    return .metadata(try MetadataCondition.parse(conditions[dice(conditions.count)]))
  case 4:
    let field = [Query.DateField.created, .modified, .opened][dice(3)]
    return .date(field, dice(2) == 0 ? .since : .until, time)
  case 5: return .state(dice(2) == 0 ? .has(traits[dice(5)]) : .lacks(traits[dice(5)]))
  case 6: return .state(dice(2) == 0 ? .opened : .unopened)
  default: return .part(["dune", "EXAMPLE", "%", "_", "e"][dice(5)])
  }
}

/// Whether a favourite satisfies every filter, by what is seen of it.
///
/// - Parameter hasTouched: whether the change of a number touched it.
func matches(
  _ favourite: Favourite, _ selection: Selection, hasTouched: (Int64) -> Bool = { _ in false }
) -> Bool {
  selection.filters.allSatisfy { matches(favourite, $0, hasTouched) }
}

/// Whether a favourite satisfies a filter, by what is seen of it.
func matches(_ favourite: Favourite, _ query: Query, _ hasTouched: (Int64) -> Bool) -> Bool {
  switch query {
  case .all(let parts): return parts.allSatisfy { matches(favourite, $0, hasTouched) }
  case .any(let parts): return parts.contains { matches(favourite, $0, hasTouched) }
  case .not(let part): return !matches(favourite, part, hasTouched)
  case .text(let term): return holds(favourite, term.text)
  case .test(.tag(let tag)):
    return favourite.tags.contains { ModelNames.areSame($0, tag.text) }
  case .test(.category(let path)): return isWithin(favourite.category, path.text)
  case .test(.metadata(let condition)): return matches(favourite, condition)
  case .test(.date(let field, let bound, let time)):
    let date =
      switch field {
      case .created: Optional(favourite.createdAt)
      case .modified: Optional(favourite.modifiedAt)
      case .opened: favourite.openedAt
      case .deleted: favourite.deletedAt
      case .made: Timestamp?.none
      }
    return date.map { bound == .since ? $0 >= time : $0 <= time } ?? false
  case .test(.state(.opened)): return favourite.opened > 0
  case .test(.state(.unopened)): return favourite.opened == 0
  case .test(.state(.has(let trait))): return has(favourite, trait)
  case .test(.state(.lacks(let trait))): return !has(favourite, trait)
  case .test(.state(.seen)), .test(.state(.undoable)): return false
  case .test(.part(let text)): return holds(favourite, text)
  case .test(.ids(let ids)): return ids.contains(favourite.id)
  case .test(.change(let number)): return hasTouched(number)
  }
}

private func holds(_ favourite: Favourite, _ text: String) -> Bool {
  let values = Metadata(stored: favourite.metadataJSON).entries.map(\.value.text)
  let texts = [favourite.title, favourite.url ?? "", favourite.note ?? "", favourite.category]
  return (texts + favourite.tags + values).contains { plain($0).contains(plain(text)) }
}

/// A text without case and accents.
private func plain(_ text: String) -> String {
  let letters = text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
  return String(String.UnicodeScalarView(letters.filter { !(0x300...0x36F).contains($0.value) }))
}

private func isWithin(_ category: String, _ wanted: String) -> Bool {
  category == wanted || category.hasPrefix(wanted + "/")
}

private func has(_ favourite: Favourite, _ trait: Query.Trait) -> Bool {
  switch trait {
  case .field(.url): favourite.url != nil
  case .field(.note): favourite.note != nil
  case .field(.tags): !favourite.tags.isEmpty
  case .metadata(let key): Metadata(stored: favourite.metadataJSON)[key] != nil
  }
}

private func matches(_ favourite: Favourite, _ condition: MetadataCondition) -> Bool {
  guard let stored = Metadata(stored: favourite.metadataJSON)[condition.key] else {
    return condition.relation == .notEqual
  }
  if condition.relation == .holds {
    return stored.text.lowercased().contains(condition.value.text.lowercased())
  }
  if case .number(let left) = stored, case .number(let right) = condition.value {
    return compares(left.value, condition.relation, right.value)
  }
  guard stored.kind != .number else { return condition.relation == .notEqual }
  if case .number(let number) = condition.value {
    // A year is compared with days, and a number with the digits that a text is.
    if isDay(stored.text), number.text.utf8.count == 4 {
      return compares(Int(stored.text.prefix(4)) ?? 0, condition.relation, Int(number.value))
    }
    if let digits = Double(stored.text) {
      return compares(digits, condition.relation, number.value)
    }
    return condition.relation == .notEqual
  }
  return switch condition.relation {
  case .equal: stored.text.lowercased() == condition.value.text.lowercased()
  case .notEqual: stored.text.lowercased() != condition.value.text.lowercased()
  default:
    isDay(stored.text) == isDay(condition.value.text)
      && compares(place(stored), condition.relation, place(condition.value))
  }
}

private func isDay(_ text: String) -> Bool { text.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil }

private func compares<Value: Comparable>(
  _ left: Value, _ relation: MetadataCondition.Relation, _ right: Value
) -> Bool {
  switch relation {
  case .equal: left == right
  case .notEqual: left != right
  case .less: left < right
  case .atMost: left <= right
  case .greater: left > right
  case .atLeast: left >= right
  case .holds: false
  }
}

/// Whether each row comes before the next; what lacks what is sorted by comes last.
func isSorted(_ rows: [Favourite], by ordering: Ordering) -> Bool {
  zip(rows, rows.dropFirst()).allSatisfy { first, second in
    let (one, other) = (sortKey(first, ordering.key), sortKey(second, ordering.key))
    guard let one else { return other == nil && first.id < second.id }
    guard let other else { return true }
    if ordering.key == .category, one[0] == other[0] { return one[1] < other[1] }
    return ordering.isDescending
      ? other.lexicographicallyPrecedes(one) : one.lexicographicallyPrecedes(other)
  }
}

/// What a row is sorted by; nil where it has none.
private func sortKey(_ row: Favourite, _ key: Ordering.Key) -> [ModelNames.Order]? {
  func order(_ number: Int64) -> ModelNames.Order { ModelNames.Order([Int(number)]) }
  let id = order(row.id)
  switch key {
  case .rank, .category, .relevance: return [ModelNames.treeOrder(row.category), order(row.rank)]
  case .title: return [ModelNames.order(row.title), id]
  case .created: return [order(row.createdAt.milliseconds), id]
  case .modified: return [order(row.modifiedAt.milliseconds), id]
  case .opened: return row.openedAt.map { [order($0.milliseconds), id] }
  case .used: return [order(row.opened), id]
  case .id: return [id]
  case .column: preconditionFailure("no order of favs")
  case .metadata(let name):
    return row.metadata.entries.first { ModelNames.areSame($0.key, name) }
      .map { [place($0.value), id] }
  }
}

/// Where a value stands among others: numbers come before texts, and a day is sorted as it is
/// written.
private func place(_ value: MetadataValue) -> ModelNames.Order {
  if case .number(let number) = value { return ModelNames.Order([0, Int(number.value)]) }
  return ModelNames.Order(
    [1]
      + (isDay(value.text)
        ? value.text.unicodeScalars.map { Int($0.value) } : ModelNames.order(value.text).places))
}
