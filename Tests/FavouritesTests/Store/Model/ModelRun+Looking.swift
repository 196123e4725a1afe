import Testing

@testable import Favourites

// Looks at what a store tells of what it holds, compared with plain filters of the model.

extension ModelRun {
  /// When the changes were made, by their numbers.
  var times: [Int64: Int64] {
    Dictionary(history.moments.map { ($0.value, $0.key) }, uniquingKeysWith: max)
  }

  mutating func look(_ look: ModelLook) throws {
    switch look {
    case .list: try lookAtList()
    case .search: try search()
    case .counts: try lookAtCounts()
    case .trash: try lookAtTrash()
    case .history: try lookAtHistory()
    case .items: try lookAtItems()
    case .past: try lookAtPast()
    }
    tally.looks[look, default: 0] += 1
  }

  private mutating func lookAtList() throws {
    let all = history.model.favourites(times)
    let selection = try aSelection()
    let ordering = Ordering(pick(Ordering.Key.named), isDescending: chance(50))
    let wanted = all.filter { isMeant($0, selection) }
    var found: [Favourite] = []
    if chance(50) {
      found = try listed(selection, ordering, .all)
    } else {
      for number in 1...Int64(wanted.count / 4 + 1) {
        found += try listed(selection, ordering, .page(number: number, size: 4))
      }
    }
    let told = "list by \(ordering.text) of \(selection)"
    check(isSorted(found, by: ordering), true, told)
    check(found.sorted { $0.id < $1.id }, wanted.sorted { $0.id < $1.id }, told)
    check(try store.count(selection), Int64(wanted.count), told)
    check(try store.ids(selection).sorted(), wanted.map(\.id).sorted(), told)
  }

  private mutating func listed(
    _ selection: Selection, _ ordering: Ordering, _ slice: Slice
  ) throws -> [Favourite] {
    var rows = try store.rows(selection, ordering: ordering, slice: slice)
    var found: [Favourite] = []
    while let favourite = try rows.next(in: &store) { found.append(favourite) }
    return found
  }

  private func isMeant(_ favourite: Favourite, _ selection: Selection) -> Bool {
    matches(favourite, selection) { change in
      history.entry(change).touched.favourites[favourite.id] != nil
    }
  }

  /// Filters of one or two kinds, now and then of none.
  private mutating func aSelection() throws -> Selection {
    var selection = Selection()
    for _ in 0..<number(0...2) {
      switch number(1...10) {
      case 1, 2:
        let living = history.model.categories.values.map(\.path).sorted()
        guard !living.isEmpty else { continue }
        selection.categories.append(try CategoryPath.parse(pick(living)))
      case 3:
        let tags = try someTags(1...2).map(Query.tag)
        selection.filters += chance(50) ? [.anyOf(tags)] : tags
      case 4: selection.filters += try someTags(1...1).map { .not(.tag($0)) }
      case 5: selection.filters.append(.state(.lacks(.tags)))
      case 6:
        let conditions = [
          "year=1965", "year!=1965", "year>1965", "year<=1984", "year~19", "mood=GOOD", "mood!=bad",
        ]
        selection.filters.append(.metadata(try MetadataCondition.parse(pick(conditions))))
      case 7:
        let trait = pick([Query.Trait.url, .note, .tags, .metadata("mood")])
        selection.filters.append(.state(chance(50) ? .has(trait) : .lacks(trait)))
      case 8: selection.filters.append(.part(pick(["dune", "EXAMPLE", "o", "1", "七", "\""])))
      case 9:
        guard let time = times[Int64(number(0...Int(history.last)))] else { continue }
        let field = chance(50) ? Query.DateField.modified : .created
        selection.filters.append(.date(field, .since, Timestamp(milliseconds: time)))
      default:
        if history.last > 0 {
          selection.filters.append(.change(Int64(number(1...Int(history.last)))))
        }
      }
    }
    return selection
  }

  private mutating func lookAtCounts() throws {
    let model = history.model
    let counts = try store.categories().map { "\($0.name) \($0.count) \($0.total)" }
    let shelves = model.categories.values.sorted { $0.place < $1.place }
    let wanted = shelves.map { shelf in
      let within = shelves.filter { StoreModel.isWithin($0.path, shelf.path) }
      return "\(shelf.path) \(shelf.ids.count) \(within.map(\.ids.count).reduce(0, +))"
    }
    check(counts, wanted, "categories")
    var tags: [String: Int64] = [:]
    for tag in model.things.values.flatMap(\.tags.values) { tags[tag, default: 0] += 1 }
    let told = try store.tags().map { ($0.name, $0.count) }
    check(Dictionary(uniqueKeysWithValues: told), tags, "tags")
    check(try store.countAll(), model.things.count, "how many there are")
    check(try store.countTrash(TrashQuery()), Int64(model.trash.count), "how many were trashed")
    let selection = try aSelection()
    let meant = model.favourites(times).filter { isMeant($0, selection) }
    for facet in [Facet.category, .tag] {
      let values = meant.flatMap { facet == .tag ? $0.tags : [$0.category] }
      let found = try store.counts(by: facet, of: selection).map { ($0.value, $0.count) }
      check(
        Dictionary(found, uniquingKeysWith: +),
        Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +), "\(facet) of \(selection)")
    }
  }

  private mutating func lookAtTrash() throws {
    var query = TrashQuery()
    if chance(40) { query.filters.append(.category(try path(likely: 50))) }
    if chance(20) { query.filters += try someTags(1...1).map(Query.tag) }
    if chance(10) { query.filters += try someTags(1...1).map { .not(.tag($0)) } }
    if chance(20) { query.filters.append(.part(pick(["dune", "EXAMPLE", "o"]))) }
    if chance(20), let change = history.held.randomElement(using: &random) {
      query.filters.append(.change(change))
    }
    if chance(20) {
      let state = pick([Query.State.has(.url), .lacks(.note), .has(.tags), .opened, .unopened])
      query.filters.append(.state(state))
    }
    query.order = chance(20) ? nil : pick(TrashQuery.Order.allCases)
    query.isDescending = chance(50)
    let wanted = history.model.trashed(times).filter { isMeant($0, query) }.sorted {
      comes($0, before: $1, query)
    }
    let rows = try store.trashed(query)
    var found: [Favourite] = []
    while let favourite = try rows.next() { found.append(favourite) }
    check(found, wanted, "trash \(query)")
    check(try store.countTrash(query), Int64(wanted.count), "trash \(query), counted")
    check(
      try store.trashedIDs(query).sorted(), wanted.map(\.id).sorted(), "ids of trash \(query)")
  }

  private func isMeant(_ trashed: Favourite, _ query: TrashQuery) -> Bool {
    guard let row = history.model.trash[trashed.id] else { return false }
    return query.filters.allSatisfy { filter in
      // It is sought where it came from, even if this has another name now.
      if case .test(.category(let path)) = filter {
        return history.model.categoriesEver(within: path.text).contains(row.category)
          || ModelNames.areSame(row.categoryName, path.text)
      }
      return matches(trashed, filter) { row.thing.change == $0 }
    }
  }

  private func comes(_ one: Favourite, before other: Favourite, _ query: TrashQuery) -> Bool {
    let (first, second) = query.isDescending ? (other, one) : (one, other)
    func deletion(_ trashed: Favourite) -> (Timestamp, Int64) {
      (trashed.deletedAt ?? .earliest, trashed.id)
    }
    switch query.order {
    case .id: return first.id < second.id
    case .title:
      return (ModelNames.order(first.title), first.id) < (ModelNames.order(second.title), second.id)
    case nil: return deletion(one) > deletion(other)
    case .deleted: return deletion(first) < deletion(second)
    case .category:
      // Those of one place stay in the order of their ids.
      let places = [first, second].map { ModelNames.treeOrder($0.category) }
      if places[0] != places[1] { return places[0] < places[1] }
      return first.rank != second.rank ? first.rank < second.rank : one.id < other.id
    }
  }
}
