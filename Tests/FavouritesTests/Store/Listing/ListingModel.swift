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
    new.modifiedAt = Timestamp(milliseconds: Int64(dice(50)) * 1_000)
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
  if dice(3) == 0 {
    selection.tags = try (0...dice(2)).map { _ in try TagName.parse(colours[dice(4)].uppercased()) }
    selection.isAnyTagEnough = dice(2) == 0
  }
  if dice(4) == 0 { selection.excludedTags = [try TagName.parse(colours[dice(4)])] }
  if dice(10) == 0 { selection.isUntagged = true }
  if dice(3) == 0 {
    let conditions = [
      "year=1962", "year!=1962", "year<1962", "year<=1962", "year>1962", "year>=1962", "seen=yes",
      "seen!=YES", "seen~e", "seen=2024-02-11", "seen>2024-02-13", "seen~02-1", "year~96",
      "seen>1960", "none=1", "none!=1",
    ]
    selection.conditions = [try MetadataCondition.parse(conditions[dice(conditions.count)])]
  }
  if dice(5) == 0 { selection.since = Timestamp(milliseconds: Int64(dice(50)) * 1_000) }
  if dice(5) == 0 { selection.until = Timestamp(milliseconds: Int64(dice(50)) * 1_000) }
  if dice(5) == 0 { selection.modifiedSince = Timestamp(milliseconds: Int64(dice(50)) * 1_000) }
  let traits: [Selection.Trait] = [.url, .note, .tags, .metadata("year"), .metadata("none")]
  if dice(5) == 0 { selection.present = [traits[dice(5)]] }
  if dice(5) == 0 { selection.missing = [traits[dice(5)]] }
  if dice(5) == 0 { selection.words = [["dune", "EXAMPLE", "%", "_", "e"][dice(5)]] }
  return selection
}

/// Whether a favourite satisfies every part, by what is seen of it.
func matches(_ favourite: Favourite, _ selection: Selection) -> Bool {
  let keys = favourite.tags.map(ModelNames.folded)
  let wanted = selection.tags.map { ModelNames.folded($0.text) }
  let hasTags =
    wanted.isEmpty
    || (selection.isAnyTagEnough
      ? wanted.contains { keys.contains($0) } : wanted.allSatisfy { keys.contains($0) })
  return hasTags && !selection.excludedTags.contains { keys.contains(ModelNames.folded($0.text)) }
    && (!selection.isUntagged || keys.isEmpty)
    && isWithin(favourite.category, selection.categories)
    && selection.conditions.allSatisfy { matches(favourite, $0) }
    && favourite.createdAt >= selection.since ?? .earliest
    && favourite.createdAt <= selection.until ?? .latest
    && favourite.modifiedAt >= selection.modifiedSince ?? .earliest
    && selection.present.allSatisfy { has(favourite, $0) }
    && !selection.missing.contains { has(favourite, $0) }
    && selection.words.allSatisfy { word in
      ([favourite.title, favourite.url ?? "", favourite.note ?? ""] + favourite.tags)
        .contains { $0.lowercased().contains(word.lowercased()) }
    }
}

private func isWithin(_ category: String, _ wanted: [CategoryPath]) -> Bool {
  wanted.isEmpty
    || wanted.contains { category == $0.text || category.hasPrefix($0.text + "/") }
}

private func has(_ favourite: Favourite, _ trait: Selection.Trait) -> Bool {
  switch trait {
  case .url: favourite.url != nil
  case .note: favourite.note != nil
  case .tags: !favourite.tags.isEmpty
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
  let isNumber = [stored.kind, condition.value.kind].contains(.number)
  guard !isNumber else { return condition.relation == .notEqual }
  return switch condition.relation {
  case .equal: stored.text.lowercased() == condition.value.text.lowercased()
  case .notEqual: stored.text.lowercased() != condition.value.text.lowercased()
  default: compares(place(stored), condition.relation, place(condition.value))
  }
}

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

/// Where a value stands among others: numbers come before texts, and a day is sorted as it is written.
private func place(_ value: MetadataValue) -> ModelNames.Order {
  if case .number(let number) = value { return ModelNames.Order([0, Int(number.value)]) }
  let isDay = value.text.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil
  return ModelNames.Order(
    [1]
      + (isDay
        ? value.text.unicodeScalars.map { Int($0.value) } : ModelNames.order(value.text).places))
}
