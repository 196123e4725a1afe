import SQLite
import TestSupport
import Testing

@testable import Favourites

/// An update writes the entries of the indexes that change, and of no others.
struct FavouriteUpdateTests {
  /// The indexes of dates, which tell those that were edited from the others.
  private static let dates: Set<String> = [
    "favourite_unedited", "favourite_created", "favourite_edited",
  ]

  private static func record() -> FavouriteRecord {
    FavouriteRecord(
      id: 1, uid: UID(high: 1, low: 2), category: 1, title: "a", at: 1_000, change: 1)
  }

  private static let cases:
    [(change: @Sendable (inout FavouriteRecord) -> Void, indexes: Set<String>)] = [
      ({ _ in }, dates),
      (
        {
          $0.title = "b"
          $0.note = "c"
          $0.category = 2
          $0.modifiedAt = 2_000
        }, dates
      ),
      (
        {
          $0.opened = 1
          $0.openedAt = 2_000
        }, ["favourite_opened", "favourite_used"]
      ),
      (
        { $0.uid = UID(high: 3, low: 4) },
        dates.union(["favourite_opened", "favourite_used"])
      ),
      (
        {
          $0.openedAt = 2_000
          $0.modifiedAt = 2_000
        },
        dates.union(["favourite_opened", "favourite_used"])
      ),
    ]

  @Test(arguments: cases.indices)
  func `only indexes of columns that may change are written`(index: Int) throws {
    let (change, indexes) = Self.cases[index]
    let old = Self.record()
    var new = old
    change(&new)
    let update = FavouriteUpdate(from: old, to: new)
    for column in FavouriteColumn.held where old.value(column) != new.value(column) {
      #expect(update.columns.contains(column))
    }
    let store = try Store.inMemory(named: "memory")
    let steps = try store.connection.prepare("EXPLAIN " + update.sql.text)
    var written: Set<String> = []
    while try steps.step() {
      guard steps.text(1) == "OpenWrite" else { continue }
      let names = try store.connection.prepare("SELECT name FROM sqlite_schema WHERE rootpage = ?")
      names.bind(steps.integer(3), at: 1)
      while try names.step() { written.insert(names.text(0)) }
    }
    #expect(written == indexes.union(["favourite"]))
  }
}
