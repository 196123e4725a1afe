/// How much a scan may still read from a file: cells that overlap, or lead to the same pages, could
/// amount to many times the file.
struct ScanBudget {
  /// The number of bytes of rows left.
  private(set) var room: Int
  /// The number of overflow pages left.
  private var pages: Int

  /// The memory that a row takes beside its bytes.
  private static let rowCost = 48

  /// A budget for a file of this size: as much as it can hold, and some more, since a damaged file
  /// may lead to a row twice.
  init(size: Int64, pages: Int) {
    room = Int(size) + 1 << 20
    self.pages = 4 * pages + 1_000
  }

  /// Charges for a row; returns false if it exceeds the budget.
  mutating func take(_ row: RawRecord) -> Bool {
    let cost = row.bytes.count + Self.rowCost
    guard cost <= room else { return false }
    room -= cost
    return true
  }

  /// Refunds a row that is not kept.
  mutating func giveBack(_ row: RawRecord) { room += row.bytes.count + Self.rowCost }

  /// Whether one more page may be read.
  mutating func takePage() -> Bool {
    pages -= 1
    return pages >= 0
  }
}
