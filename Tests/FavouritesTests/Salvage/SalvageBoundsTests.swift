import TestSupport
import Testing

@testable import Favourites

/// What a hostile file may cost whoever salvages it.
struct SalvageBoundsTests {
  /// A file of which one page says many times that it holds the one row with a long note.
  private func overlapping(_ scratch: Scratch) throws -> (path: String, page: Int, size: Int) {
    let path = scratch.file("favs.db")
    var store = try Store.writing(path)
    for number in 0..<5 { try store.adding(draft("small \(number)", in: "a")) }
    try store.adding(draft("long", in: "a", note: String(repeating: "0123456789", count: 20_000)))
    _ = consume store
    var bytes = try #require(scratch.bytes("favs.db"))
    let page = try #require(try leavesByTable(of: path)[.favourite]?.last)
    let start = (page - 1) * 4_096
    // The last row is the first from the start of the page.
    let cell = Array(bytes[start + 5...start + 6])
    let count = min(1_000, ((Int(cell[0]) << 8) + Int(cell[1]) - 8) / 2)
    bytes.replaceSubrange(start + 3..<start + 5, with: [UInt8(count >> 8), UInt8(count & 0xFF)])
    for index in 0..<count {
      bytes.replaceSubrange(start + 8 + 2 * index..<start + 10 + 2 * index, with: cell)
    }
    scratch.write(bytes, to: "bad.db")
    return (scratch.file("bad.db"), page, bytes.count)
  }

  @Test func `cells that overlap give no more rows than the file could hold`() throws {
    try withScratch { scratch in
      let (path, number, size) = try overlapping(scratch)
      let pages = try DatabasePages.of(path)
      let content = pages.page(number)
      let bytes = try #require(content)
      let tree = TreePage(bytes, number: number, usableSize: pages.usableSize)
      let page = try #require(tree)
      #expect(page.cells.count > 50)
      var budget = ScanBudget(size: pages.size, pages: pages.count)
      let rows = PageRows(page, bytes, in: pages, &budget, isTaken: { _ in false })
      let taken = rows.rows.reduce(0) { $0 + $1.bytes.count }
      #expect(taken <= size + 1 << 20)
      #expect(taken >= 200_000 && rows.rows.count + rows.lost == page.cells.count)
      // What is not kept makes room again.
      for row in rows.rows { budget.giveBack(row) }
      #expect(budget.room == size + 1 << 20)
      let target = scratch.file("new.db")
      let found = try Store.salvage(path, into: target, command: "salvage")
      #expect(!found.isComplete)
      #expect(try listed(target).contains { $0.title == "long" && $0.note?.utf8.count == 200_000 })
    }
  }

  @Test func `rows are taken for as long as there is room, which what is given back makes`() throws
  {
    let found = RawRecord(rowID: 1, [2, 8])
    let row = try #require(found)
    var budget = ScanBudget(size: 0, pages: 0)
    let most = (0..<100_000).prefix { _ in budget.take(row) }.count
    // 1 MiB, and 48 bytes for each row beside its own two.
    #expect(most == (1 << 20) / 50)
    budget.giveBack(row)
    #expect(budget.take(row) && !budget.take(row))
  }

  @Test func `a chain of pages that leads in a circle is read for so long only`() throws {
    var budget = ScanBudget(size: 8_192, pages: 2)
    let read = (0..<5_000).prefix { _ in budget.takePage() }.count
    #expect(read == 1_008)
  }

  @Test func `rows that wait to be taken over are the same when they are read again`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fillWithEverything(path, 60, long: 3_000)
      var heap = RowHeap()
      var found: [RawRecord] = []
      let pages = try DatabasePages.of(path)
      for number in try leavesByTable(of: path).values.joined() {
        let content = pages.page(number)
        let bytes = try #require(content)
        let tree = TreePage(bytes, number: number, usableSize: pages.usableSize)
        let page = try #require(tree)
        found += rows(page, bytes, in: pages)
      }
      let numbers = found.map { heap.append($0) }
      #expect(found.count > 60)
      #expect(numbers.map { heap[$0] } == found)
    }
  }
}
