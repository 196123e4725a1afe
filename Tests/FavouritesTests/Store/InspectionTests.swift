import SQLite
import TestSupport
import Testing

@testable import Favourites

struct InspectionTests {
  /// What each check is called, and what another hand would have to do so that it finds something.
  static let breaks: [(subject: String, sql: String)] = [
    ("each category knows how many are in it", "UPDATE category SET count = count + 1"),
    ("each category knows how many are in it", "UPDATE block SET count = count + 1"),
    ("each favourite has its rank", "DELETE FROM place WHERE favourite = 1"),
    ("each favourite has its rank", "UPDATE favourite SET category = 2 WHERE id = 1"),
    ("the totals are what there is", "UPDATE totals SET trashed = trashed + 1"),
    ("tags are indexed as they stand", "DELETE FROM tagging WHERE favourite = 1"),
    ("tags are indexed as they stand", "UPDATE tag SET count = 7"),
    ("metadata is indexed as it stands", "DELETE FROM attribute"),
    ("each link is indexed", "DELETE FROM link"),
    ("each link is indexed", "UPDATE favourite SET url = NULL WHERE id = 1"),
    (
      "the search index holds each favourite",
      "INSERT INTO search(search) VALUES('delete-all')"
    ),
    (
      "the history goes with the favourites",
      "UPDATE change SET first_added = NULL, last_added = NULL"
    ),
  ]

  private func store(_ scratch: borrowing Scratch) throws -> String {
    let path = scratch.file("favs.db")
    var store = try Store.writing(path)
    try store.adding(
      draft("a", url: "https://example.org/", in: "books", tags: ["x"], set: ["year=1965"]))
    try store.adding(draft("b", in: "films", tags: ["x"]))
    return path
  }

  private func problems(_ path: String) throws -> [String] {
    var store = try Store.writing(path)
    let request = ChangeRequest(command: "doctor", isRehearsal: true)
    let found = try store.change(request) { (store) throws(StoreError) in try store.inspect() }
    return found.result.filter { $0.problem != nil }.map(\.subject)
  }

  @Test(arguments: 0..<breaks.count)
  func `finds what does not follow, and repair makes it anew`(index: Int) throws {
    try withScratch { scratch in
      let path = try store(scratch)
      #expect(try problems(path).isEmpty)
      let (subject, sql) = Self.breaks[index]
      try Connection(path: path, access: .readWrite).execute(sql)
      #expect(try problems(path).contains(subject))
      guard subject != "the history goes with the favourites" else { return }
      var store = try Store.writing(path)
      try store.changing { (store) throws(StoreError) in try store.repair() }
      #expect(try problems(path).isEmpty)
    }
  }

  @Test func `takes no longer for each favourite where there are many`() throws {
    try withScratch { scratch in
      let path = try store(scratch)
      let connection = try Connection(path: path, access: .readOnly)
      for sql in Store.derived.map(\.sql) + [Store.history] {
        let rows = try connection.prepare("EXPLAIN QUERY PLAN " + sql)
        var parents: [Int64: String] = [:]
        while try rows.step() {
          parents[rows.integer(0)] = rows.text(3)
          let within = parents[rows.integer(1)] ?? ""
          let isRepeated = within.hasPrefix("CORRELATED") && !rows.text(3).hasPrefix("SEARCH")
          #expect(!isRepeated, "\(rows.text(3)) in \(sql)")
        }
      }
    }
  }

  @Test func `a store that is open for reading is looked over too`() throws {
    try withScratch { scratch in
      let path = try store(scratch)
      var store = try Store.reading(path)
      #expect(try store.inspect().allSatisfy { $0.problem == nil })
      #expect(try store.inspect().count == 10)
    }
  }
}
