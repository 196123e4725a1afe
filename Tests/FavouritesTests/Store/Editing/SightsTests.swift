import TestSupport
import Testing

@testable import Favourites

/// What was seen of links.
struct SightsTests {
  private func store() throws -> Store {
    var store = try Store.inMemory(named: "memory")
    try store.adding(draft("a", url: "https://example.org/a"))
    try store.adding(draft("b", url: "https://example.org/b"))
    try store.adding(draft("c"))
    try store.adding(draft("d", url: "HTTPS://example.org/a/", in: "x"))
    return store
  }

  private func sight(_ state: LinkState, at time: Int64 = 1) -> LinkSight {
    var sight = LinkSight(state, at: Timestamp(milliseconds: time))
    sight.status = 200
    sight.finalURL = "https://example.org/\"x\""
    sight.failures = 3
    sight.failedAt = Timestamp(milliseconds: 0)
    sight.etag = "\"e\""
    sight.reason = "why"
    return sight
  }

  @Test func `all favourites of a link have what was seen of it, and no change is made`() throws {
    var store = try store()
    let changes = try store.changes(ChangeQuery(limit: 99)).count
    try store.keep([(url: "https://example.org/a", sight: sight(.broken))])
    #expect(
      try store.links(of: [1, 2, 3, 4]).map(\.sight) == [sight(.broken), nil, sight(.broken)])
    #expect(try store.changes(ChangeQuery(limit: 99)).count == changes)
    var selection = Selection()
    selection.filters = [.any([.state(.seen(.broken)), .state(.seen(.moved))])]
    #expect(try store.ids(selection).sorted() == [1, 4])
    store.tellsSights = true
    #expect(try store.favourite(1)?.sight == sight(.broken))
    var rows = try store.rows(Selection(), ordering: Ordering(.id), slice: .all)
    var told: [LinkState?] = []
    while let favourite = try rows.next(in: &store) { told.append(favourite.sight?.state) }
    #expect(told == [.broken, nil, nil, .broken])
  }

  @Test func `it goes with the link: where that is changed, and where the favourite goes`() throws {
    var store = try store()
    try store.keep([
      (url: "https://example.org/a", sight: sight(.alive)),
      (url: "https://example.org/b", sight: sight(.alive)),
      (url: "https://example.org/nobody", sight: sight(.alive)),
    ])
    var patch = Patch()
    patch.note = "n"
    try store.changing { store throws(StoreError) in _ = try store.edit([1], patch) }
    #expect(try store.sight(of: 1) != nil)
    patch.url = "https://example.org/new"
    try store.changing { store throws(StoreError) in _ = try store.edit([1], patch) }
    #expect(try store.sight(of: 1) == nil)
    try store.changing { store throws(StoreError) in _ = try store.remove([2]) }
    let rows = try store.connection.query("SELECT favourite FROM sight")
    #expect(try rows.next() && rows.integer(0) == 4)
    #expect(try !rows.next())
  }

  @Test func `those never asked for come first, then those asked for longest ago`() throws {
    var store = try store()
    try store.keep([(url: "https://example.org/a", sight: sight(.alive, at: 50))])
    #expect(try store.idsToCheck() == [2, 1, 4])
    #expect(try store.idsToCheck([4, 1]) == [1, 4])
    #expect(try store.idsToCheck(before: Timestamp(milliseconds: 50)) == [2])
    #expect(try store.idsToCheck(before: Timestamp(milliseconds: 51)) == [2, 1, 4])
    #expect(try store.twins(among: [4, 2, 1]) == [4: [1]])
    #expect(try store.twins(among: [1, 2]) == [:])
  }

  @Test func `doctor finds and repairs what was seen of no link`() throws {
    var store = try store()
    try store.connection.execute(
      "INSERT INTO sight(favourite, state, checked_at, failures) VALUES(3, 1, 0, 0), (1, 99, 0, 0)")
    func problems(_ store: inout Store) throws -> [Check] {
      try store.change(ChangeRequest(command: "doctor", isRehearsal: true)) {
        (store) throws(StoreError) in try store.inspect()
      }.result.filter { $0.problem != nil }.map(\.check)
    }
    #expect(try problems(&store) == [.sights])
    try store.changing { store throws(StoreError) in try store.repair() }
    #expect(try problems(&store) == [])
  }

  @Test func `a page's facts fill in what is missing, and only that`() throws {
    var store = try Store.inMemory(named: "memory")
    try store.adding(draft(url: "https://example.org/a"))
    try store.adding(draft("Mine", url: "https://example.org/b", set: ["Description=own"]))
    func facts(_ id: Int64, _ url: String) -> PageFacts {
      var facts = PageFacts(id: id, url: url)
      (facts.title, facts.description) = ("Theirs", "About")
      return facts
    }
    let pages = [
      facts(1, "https://example.org/a"), facts(2, "https://example.org/b"),
      facts(1, "https://example.org/old"), facts(9, "https://example.org/a"),
    ]
    let changed = try store.changing { store throws(StoreError) in
      try store.fill(pages, replaces: false)
    }
    #expect(changed == [1])
    #expect(try store.favourite(1)?.title == "Theirs")
    #expect(try store.favourite(1)?.metadata["description"]?.text == "About")
    #expect(try store.favourite(2)?.title == "Mine")
    let replaced = try store.changing { store throws(StoreError) in
      try store.fill(pages, replaces: true)
    }
    #expect(replaced == [2])
    #expect(try store.favourite(2)?.metadata["description"]?.text == "About")
  }

  @Test func `states are found by their index`() throws {
    let store = try store()
    let plan = try store.connection.query(
      "EXPLAIN QUERY PLAN SELECT favourite FROM sight WHERE state IN (5)")
    #expect(try plan.next())
    #expect(plan.text(3) == "SEARCH sight USING COVERING INDEX sight_state (state=?)")
  }
}
