/// The rows on one page.
struct PageRows {
  /// The readable rows, in the order of the page.
  var rows: [RawRecord] = []
  /// The number of unreadable rows.
  var lost = 0
  /// Whether these are all rows that the page ever had.
  var isWhole = true
  /// The pages that hold the rest of rows too long for a page.
  var overflow: [Int] = []
}

extension PageRows {
  /// Reads the rows of a page.
  ///
  /// - Parameters:
  ///   - budget: how much may still be read; rows beyond it are lost.
  ///   - isTaken: whether a page is known to belong to something else.
  init(
    _ page: TreePage, _ bytes: [UInt8], in pages: borrowing DatabasePages,
    _ budget: inout ScanBudget, isTaken: (Int) -> Bool
  ) {
    var spans: [Range<Int>] = []
    var last = Int64.min
    // The rows of a sound page fill it once.
    var room = 2 * pages.usableSize
    for offset in page.cells {
      let span = room > 0 ? append(bytes, at: offset, in: pages, &budget, isTaken: isTaken) : nil
      room -= span?.count ?? 0
      guard let span else {
        lost += 1
        continue
      }
      spans.append(span)
    }
    for row in rows {
      if row.rowID <= last { isWhole = false }
      last = row.rowID
    }
    if lost > 0 || !page.isFilled(by: spans) { isWhole = false }
  }

  private mutating func append(
    _ page: [UInt8], at offset: Int, in pages: borrowing DatabasePages,
    _ budget: inout ScanBudget, isTaken: (Int) -> Bool
  ) -> Range<Int>? {
    var position = offset
    // No row is longer than the longest that favs stores, nor than the file: a page may claim to
    // have hundreds that are.
    let longest = min(Int64(Store.longestValue) * 2, Int64(pages.count) * Int64(pages.pageSize))
    guard offset >= 8, let size = RawRecord.varint(page, &position),
      let rowID = RawRecord.varint(page, &position), size <= longest
    else { return nil }
    let local = Self.localSize(Int(size), usable: pages.usableSize)
    guard local <= pages.usableSize - position else { return nil }
    var payload = Array(page[position..<position + local])
    position += local
    if local < Int(size) {
      guard position + 4 <= pages.usableSize else { return nil }
      appendChain(
        Int(size), from: DatabasePages.number(page, at: position), pages, isTaken, &budget, &payload
      )
      position += 4
    }
    guard let row = RawRecord(rowID: rowID, payload), budget.take(row) else { return nil }
    rows.append(row)
    return offset..<max(position, offset + 4)
  }

  /// The number of bytes of a row on the page itself.
  ///
  /// Source: https://www.sqlite.org/fileformat2.html#b_tree_pages, "the amount of payload that
  /// spills"
  private static func localSize(_ size: Int, usable: Int) -> Int {
    guard size > usable - 35 else { return size }
    let least = (usable - 12) * 32 / 255 - 23
    let wanted = least + (size - least) % (usable - 4)
    return wanted <= usable - 35 ? wanted : least
  }

  /// Follows the chain of pages that hold the rest of a row, as far as possible: the beginning of a
  /// row may be complete, and a favourite is more than the end of its note.
  private mutating func appendChain(
    _ size: Int, from first: Int, _ pages: borrowing DatabasePages, _ isTaken: (Int) -> Bool,
    _ budget: inout ScanBudget, _ payload: inout [UInt8]
  ) {
    var next = first
    // A circular chain ends too, since no row is longer than it says.
    while payload.count < size, payload.count <= budget.room {
      guard !isTaken(next), budget.takePage(), let page = pages.page(next) else { return }
      overflow.append(next)
      next = DatabasePages.number(page, at: 0)
      payload += page[4..<4 + min(size - payload.count, pages.usableSize - 4)]
    }
  }
}
