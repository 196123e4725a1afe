@testable import Favourites

// What the steps are about: mostly what is there, sometimes what is not.

extension ModelRun {
  static let titles = [
    "Dune", "dune", "Solaris", "七人の侍", "it's \"q\"", "x\ny", "Élan 10", "elan 9",
  ]
  static let urls = [
    "https://example.org/1", "HTTPS://EXAMPLE.org/1", "https://example.org/1/",
    "https://example.org/2", "http://m.example.org/2", "geo:1,2",
  ]
  static let tags = ["one", "two", "Three", "four"]
  static let paths = [
    "inbox", "a", "a/b", "a/b/b", "a/b/c", "a/c", "a-b", "d", "d/b", "d/b/c", "e/f", "g/h/i",
  ]

  mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func pick<Elements: RandomAccessCollection>(_ elements: Elements) -> Elements.Element
  where Elements.Index == Int {
    elements[elements.startIndex + number(0...elements.count - 1)]
  }

  /// A favourite, as a rule one that lives.
  mutating func anID() -> Int64 {
    let living = history.model.things.keys.sorted()
    guard !living.isEmpty, chance(97) else {
      return Int64(number(1...Int(history.model.given.favourite) + 1))
    }
    return pick(living)
  }

  mutating func someIDs(_ range: ClosedRange<Int>) -> [Int64] {
    var ids: [Int64] = []
    for _ in 0..<number(range) {
      let id = anID()
      if !ids.contains(id) { ids.append(id) }
    }
    return ids
  }

  /// Favourites that are in the trash, as a rule.
  mutating func someTrashed(_ range: ClosedRange<Int>) -> [Int64] {
    let trashed = history.model.trash.keys.sorted()
    guard !trashed.isEmpty, chance(95) else { return [anID()] }
    return Array(trashed.shuffled(using: &random).prefix(number(range)))
  }

  /// A name of something that is there: now and then in another spelling, which has to find it.
  mutating func respelled(_ name: String) -> String { chance(20) ? name.uppercased() : name }

  /// A category; one that is there in so many of a hundred cases.
  mutating func path(likely percent: Int) throws -> CategoryPath {
    let living = history.model.categories.values.map(\.path).sorted()
    let isThere = chance(percent) && !living.isEmpty
    return try CategoryPath.parse(isThere ? respelled(pick(living)) : pick(Self.paths))
  }

  /// A tag that is used, as a rule.
  mutating func aTag() throws -> TagName {
    let used = usedTags.sorted()
    return try TagName.parse(
      used.isEmpty || chance(10) ? pick(Self.tags) : respelled(pick(used)))
  }

  private var usedTags: Set<String> {
    Set(history.model.things.values.flatMap(\.tags.values))
  }

  mutating func someTags(_ range: ClosedRange<Int>) throws -> [TagName] {
    let count = number(range)
    let used = usedTags
    return try Self.tags.shuffled(using: &random).prefix(count).map { tag in
      // What is not in use would be kept as it is spelled.
      try TagName.parse(used.contains(tag) ? respelled(tag) : tag)
    }
  }

  mutating func someSettings(_ range: ClosedRange<Int>) throws -> [MetadataAssignment] {
    let settings = [
      "year=1965", "year=1966", "year:text=old", "mood=good", "mood=GOOD", "mood=Bad", "mood=odd",
    ]
    let count = chance(80) ? range.lowerBound : range.upperBound
    return try settings.shuffled(using: &random).prefix(count).map(MetadataAssignment.parse)
  }

  mutating func aField() throws -> MetadataField {
    try MetadataField.parse(pick(["year:number", "mood:enum(good,bad)", "mood:enum(bad,odd)"]))
  }

  /// Several things to change at once.
  mutating func aPatch() throws -> Patch {
    var patch = Patch()
    if chance(30) { patch.title = pick(Self.titles) }
    if chance(20) { patch.note = pick(["", "one", "two"]) }
    patch.clearsTags = chance(15)
    if chance(40) { patch.addedTags = try someTags(1...2) }
    if chance(30) { patch.removedTags = try someTags(1...1) }
    patch.clearsMetadata = chance(15)
    if chance(40) { patch.assignments = try someSettings(1...2) }
    if chance(20) { patch.unset = [pick(["year", "mood"])] }
    if chance(50) { patch.category = try path(likely: 80) }
    if chance(30) { patch.placing = pick([.last, .rank(Int64(number(1...6))), .before(anID())]) }
    return patch
  }

  /// The number of a change, as a rule of one that holds.
  mutating func aChange() -> Int64 {
    if chance(4), let opening = history.lastOpening { return opening }
    guard !history.held.isEmpty, chance(80) else { return Int64(number(1...Int(history.last) + 2)) }
    return pick(history.held.suffix(chance(60) ? 4 : 50))
  }

  mutating func draft() throws -> Draft {
    var draft = Draft()
    if chance(60) { draft.url = pick(Self.urls) }
    if draft.url == nil || chance(70) { draft.title = pick(Self.titles) }
    if chance(30) { draft.note = pick(["one", "two"]) }
    draft.category = chance(10) ? nil : try path(likely: 60)
    if chance(40) { draft.tags = try someTags(1...3) }
    if chance(25) { draft.metadata = try someSettings(1...2) }
    return draft
  }
}
