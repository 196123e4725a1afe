/// Goes through all pages that hold rows, wherever they hang.
///
/// Source: https://www.sqlite.org/fileformat2.html#b_tree_pages
struct LeafScan: ~Copyable {
  private let pages: DatabasePages
  private var next = 1
  /// How many pages are neither what a page can be nor empty.
  private(set) var damagedPages = 0
  /// How many rows could not be read on pages that could.
  private(set) var damagedRows = 0

  init(_ pages: consuming DatabasePages) {
    self.pages = pages
  }

  /// The rows of the next page that has any; nil at the end.
  mutating func nextRows() -> [RawRecord]? {
    while next <= pages.count {
      let number = next
      next += 1
      guard let page = pages.page(number) else {
        damagedPages += 1
        continue
      }
      let start = number == 1 ? 100 : 0
      // Pages of other kinds have no mark of their own: what follows a longer row, and lists of free pages.
      guard page[start] == 0x0D else { continue }
      let rows = rows(page, from: start)
      if !rows.isEmpty { return rows }
    }
    return nil
  }

  private mutating func rows(_ page: [UInt8], from start: Int) -> [RawRecord] {
    let count = Int(page[start + 3]) << 8 | Int(page[start + 4])
    guard start + 8 + 2 * count <= page.count else {
      damagedPages += 1
      return []
    }
    var rows: [RawRecord] = []
    for index in 0..<count {
      let pointer = start + 8 + 2 * index
      let offset = Int(page[pointer]) << 8 | Int(page[pointer + 1])
      if let row = row(page, at: offset) { rows.append(row) } else { damagedRows += 1 }
    }
    return rows
  }

  private func row(_ page: [UInt8], at offset: Int) -> RawRecord? {
    var position = offset
    guard offset >= 8, let size = RawRecord.varint(page, &position),
      let rowID = RawRecord.varint(page, &position), size <= longestRow
    else { return nil }
    let local = localSize(Int(size))
    guard local <= pages.usableSize - position else { return nil }
    var payload = Array(page[position..<position + local])
    if local < Int(size) {
      guard append(Int(size), from: page, at: position + local, to: &payload) else { return nil }
    }
    return RawRecord(rowID: rowID, payload)
  }

  /// No row is longer than what favs keeps in one, nor than the file: a page may claim hundreds that are.
  private var longestRow: Int64 {
    min(Int64(Store.longestValue) * 2, Int64(pages.count) * Int64(pages.pageSize))
  }

  /// How much of a row lies on the page itself.
  private func localSize(_ size: Int) -> Int {
    let usable = pages.usableSize
    guard size > usable - 35 else { return size }
    let least = (usable - 12) * 32 / 255 - 23
    let wanted = least + (size - least) % (usable - 4)
    return wanted <= usable - 35 ? wanted : least
  }

  /// Follows the chain of pages that hold the rest of a row.
  private func append(
    _ size: Int, from page: [UInt8], at pointer: Int, to payload: inout [UInt8]
  ) -> Bool {
    guard pointer + 4 <= page.count else { return false }
    var next = Self.number(page, at: pointer)
    // No row is longer than all that it may hold, so the chain ends, even where it leads in a circle.
    while payload.count < size {
      guard let page = pages.page(next) else { return false }
      next = Self.number(page, at: 0)
      let count = min(size - payload.count, pages.usableSize - 4)
      payload += page[4..<4 + count]
    }
    return true
  }

  private static func number(_ page: [UInt8], at offset: Int) -> Int {
    page[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
