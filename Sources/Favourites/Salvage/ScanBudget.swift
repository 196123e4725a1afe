/// What a scan may still take in of a file: cells that overlap, or lead to the same pages, would be many times the file.
struct ScanBudget {
  /// How many bytes of rows.
  private(set) var room: Int
  /// How many of the pages that continue rows.
  private var pages: Int

  /// What a row takes beside its bytes.
  private static let rowCost = 48

  /// For a file of this size: as much as it can hold, and somewhat more, since a damaged one may lead to a row twice.
  init(size: Int64, pages: Int) {
    room = Int(size) + 1 << 20
    self.pages = 4 * pages + 1_000
  }

  /// Takes a row in; false where there is no room for it.
  mutating func take(_ row: RawRecord) -> Bool {
    let cost = row.bytes.count + Self.rowCost
    guard cost <= room else { return false }
    room -= cost
    return true
  }

  /// Gives a row back that is not kept.
  mutating func giveBack(_ row: RawRecord) { room += row.bytes.count + Self.rowCost }

  /// Whether one more page may be read.
  mutating func takePage() -> Bool {
    pages -= 1
    return pages >= 0
  }
}
