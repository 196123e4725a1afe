import TestSupport
import Testing

@testable import Favourites
@testable import SQLite

/// What is counted: all in all from counts and indexes, and of a selection from its rows, with the
/// same result.
struct StatisticsTests {
  private let now = Timestamp(rfc3339: "2026-11-26T12:00:00Z")!

  private func times(_ months: Int = 24, _ zone: Zone = .utc) -> Statistics.Times {
    Statistics.Times(months: months, now: now, in: zone)
  }

  private func filled(_ body: (inout Store) throws -> Void) throws {
    var store = try Store.inMemory(named: "stats.db")
    _ = try store.change(ChangeRequest(command: "add")) { (store) throws(StoreError) in
      for index in 0..<200 {
        guard let tag = try? TagName.parse("x\(index % 3)") else { continue }
        var draft = Draft()
        draft.title = "t\(index)"
        draft.url = index % 4 == 0 ? nil : "https://www.h\(index % 3).example:8080/\(index)"
        draft.category = try? CategoryPath.parse(["a", "a/b", "a/b/c", "d"][index % 4])
        draft.tags = index % 2 == 0 ? [tag] : []
        draft.createdAt = Timestamp(
          milliseconds: now.milliseconds - Int64(index) * 5 * Timestamp.millisecondsPerDay)
        draft.opened = index % 5 == 0 ? Int64(index) : 0
        if draft.opened > 0 {
          draft.openedAt = Timestamp(milliseconds: now.milliseconds - Int64(index) * 3_600_000)
        }
        _ = try store.add(draft, duplicates: .allow)
      }
    }
    try body(&store)
  }

  @Test func `counts that are kept and rows that are read say the same`() throws {
    try filled { store in
      let all = try store.statistics(of: Selection(), times())
      var selection = Selection()
      selection.filters = [.state(.lacks(Query.Trait("nothing")))]
      var read = try store.statistics(of: selection, times())
      #expect(all.favourites == 200 && all.mostUsed.count == 10)
      #expect(all.categories.map(\.total) == [150, 100, 50, 50])
      #expect(all.months.reduce(0) { $0 + $1.count } + all.earlier == 200)
      #expect(all.opened.ever == 39 && all.opened.week > all.opened.today)
      #expect(Set(all.tags.map(\.value)) == Set(read.tags.map(\.value)))
      read.tags = all.tags
      #expect(read == all)
    }
  }

  @Test func `a month begins where the person is`() throws {
    let ahead = Zone { _ in 3_600 * 10 }
    var store = try Store.inMemory(named: "stats.db")
    _ = try store.change(ChangeRequest(command: "add")) { (store) throws(StoreError) in
      var draft = Draft()
      draft.title = "late in October"
      draft.createdAt = Timestamp(rfc3339: "2026-10-31T20:00:00Z")
      _ = try store.add(draft, duplicates: .allow)
    }
    let here = try store.statistics(of: Selection(), times(2))
    #expect(here.months.map(\.name) == ["2026-10", "2026-11"])
    #expect(here.months.map(\.count) == [1, 0])
    #expect(try store.statistics(of: Selection(), times(2, ahead)).months.map(\.count) == [0, 1])
  }

  @Test func `what is dated behind this month or today is not of it`() throws {
    var store = try Store.inMemory(named: "stats.db")
    _ = try store.change(ChangeRequest(command: "add")) { (store) throws(StoreError) in
      for (title, time) in [
        ("now", "2026-11-26T10:00:00Z"), ("next year", "2027-12-01T00:00:00Z"),
        ("next month", "2026-12-01T00:00:00Z"),
      ] {
        var draft = Draft()
        draft.title = title
        draft.createdAt = Timestamp(rfc3339: time)
        draft.openedAt = draft.createdAt
        draft.opened = 1
        _ = try store.add(draft, duplicates: .allow)
      }
    }
    let all = try store.statistics(of: Selection(), times(2))
    #expect(all.months.map(\.count) == [0, 1])
    #expect(all.earlier == 0 && all.later == 2)
    #expect(all.opened == Statistics.Openings(ever: 3, today: 1, week: 1))
    var selection = Selection()
    selection.filters = [.state(.opened)]
    #expect(try store.statistics(of: selection, times(2)) == all)
  }

  @Test func `hosts are counted without www and ports`() throws {
    try filled { store in
      let hosts = try store.hosts(of: Selection())
      #expect(hosts.map(\.value) == ["h0.example", "h1.example", "h2.example"])
      #expect(hosts.reduce(0) { $0 + $1.count } == 150)
    }
  }

  @Test(arguments: [
    ("https://www.Example.org/x", "example.org"), ("http://me:pw@a.example:80?q", "a.example"),
    ("ftp://[::1]:21/", "[::1]"), ("https://www./", "www"), ("mailto:a@b.example", nil),
    ("geo:1,2", nil), ("file:///etc/passwd", nil), ("https://a.example.\\@evil/", "a.example"),
    ("no scheme", nil),
  ])
  func `a host is shown as people read it`(url: String, host: String?) {
    #expect(LinkHost.shown(url) == host)
  }

  @Test(arguments: [
    ("SELECT count(*) FROM favourite WHERE opened > 0", "favourite_used"),
    ("SELECT count(*) FROM favourite WHERE opened_at >= 1", "favourite_opened"),
    ("SELECT count(*) FROM trash WHERE deleted_at < 1", "trash_deleted"),
  ])
  func `what is told of all favourites is counted along an index`(sql: String, index: String) throws
  {
    let store = try Store.inMemory(named: "stats.db")
    let rows = try store.connection.prepare("EXPLAIN QUERY PLAN " + sql)
    #expect(try rows.step())
    #expect(rows.text(3).contains("USING COVERING INDEX \(index)"), "\(rows.text(3))")
  }

  @Test func `what was added in a time is counted along two indexes`() throws {
    let store = try Store.inMemory(named: "stats.db")
    let rows = try store.connection.prepare("EXPLAIN QUERY PLAN " + Store.addedCount)
    var plan: [String] = []
    while try rows.step() { plan.append(rows.text(3)) }
    #expect(
      plan.filter { $0.contains(" f ") }
        == ["favourite_unedited", "favourite_created"].map {
          "SEARCH f USING INDEX \($0) (created_at>? AND created_at<?)"
        })
  }
}
