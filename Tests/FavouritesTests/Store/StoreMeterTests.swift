import Foundation
import Host
import TestSupport
import Testing

@testable import Favourites

struct StoreMeterTests {
  @Test func `one meter counts for all stores of a run`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      let meter = StoreMeter()
      do {
        var store = try Store.writing(path, isQueueing: true, meter: meter)
        try store.adding(draft("Dune", in: "books", tags: ["classic"]))
      }
      let written = meter.rowsWritten
      #expect(written > 5)
      let read = meter.rowsRead
      do {
        var store = try Store.reading(path, meter: meter)
        #expect(try store.favourite(1)?.title == "Dune")
      }
      #expect(meter.rowsRead > read)
      #expect(meter.rowsWritten == written)
      #expect(meter.errorCode == nil)
      #expect(meter.systemError == nil)
      #expect(meter.lockWaitedMilliseconds == 0)
      #expect(meter.statements == [])
    }
  }

  @Test func `waiting for a turn to write is counted`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try Store.writing(path).path
      let lock = open(path + ".lock", O_RDWR | O_CLOEXEC)
      #expect(flock(lock, LOCK_EX) == 0)
      Thread.detachNewThread {
        usleep(200_000)
        close(lock)
      }
      let meter = StoreMeter()
      var store = try Store.writing(path, meter: meter)
      try store.adding(draft("Dune"))
      #expect(meter.lockWaitedMilliseconds >= 100)
    }
  }

  @Test func `a report tells a scan of everything from one of a few values`() throws {
    let meter = StoreMeter(.plans)
    do {
      var store = try Store.inMemory(named: "memory", meter: meter)
      for title in ["a", "b", "c"] { try store.adding(draft(title)) }
      for sql in [
        "SELECT f.id\n  FROM favourite f CROSS JOIN json_each('[1]') j WHERE f.title = j.value",
        "WITH few(n) AS MATERIALIZED (VALUES (1), (2)) SELECT n FROM few, category WHERE id = n;",
        "SELECT title FROM favourite ORDER BY id LIMIT 1", "SELECT name FROM sqlite_schema",
      ] {
        try store.connection.prepare(sql).execute()
      }
    }
    func scans(_ beginning: String) throws -> [String] {
      let report = try #require(meter.statements.first { $0.sql.hasPrefix(beginning) })
      return report.plan.filter(\.isFullScan).map { String($0.text.prefix(6)) }
    }
    #expect(try scans("SELECT f.id FROM favourite f CROSS JOIN") == ["SCAN f"])
    #expect(try scans("WITH few(n) AS MATERIALIZED (VALUES (1), (2)) SELECT") == [])
    // Stopped before the second row.
    #expect(try scans("SELECT title FROM favourite ORDER BY id LIMIT 1") == [])
    #expect(try scans("SELECT name FROM sqlite_schema") == [])
    #expect(meter.statements.allSatisfy { !$0.sql.hasSuffix(";") })
    let times = meter.statements.map(\.nanoseconds)
    #expect(times == times.sorted(by: >))
  }
}
