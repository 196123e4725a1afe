/// Finds the rows of a damaged file: first those that its trees lead to, then, for tables with a
/// broken tree, those on pages that nothing leads to.
///
/// Whatever a tree leads to is in the file. A freed page may hold rows that were deleted long ago,
/// so it is read only if a tree is broken and the free list does not contain it.
struct TreeScan: ~Copyable {
  private let pages: DatabasePages
  private var budget: ScanBudget
  /// The pages that a tree leads to, and the overflow pages of their rows.
  private var reached: Set<Int> = []
  private var free: Set<Int> = []
  private var damaged: Set<Int> = []
  /// The tables with a broken tree.
  private var broken: Set<SalvageTable> = []
  /// The number of unreadable rows on readable pages.
  private(set) var damagedRows = 0
  /// Whether the file's schema was read completely, and is that of a favourites file.
  private(set) var isSchemaWhole = false
  private(set) var hasTables = false

  init(_ pages: consuming DatabasePages) {
    budget = ScanBudget(size: pages.size, pages: pages.count)
    self.pages = pages
  }

  /// The number of unreadable or missing pages.
  var damagedPages: Int {
    let whole = pages.countWhenWhole ?? 0
    let missing = max(0, whole - pages.count)
    let rest = pages.countWhenWhole == nil && pages.size % Int64(pages.pageSize) != 0 ? 1 : 0
    return damaged.count { $0 <= pages.count || $0 > whole } + missing + rest
  }

  /// Passes on every row found.
  ///
  /// - Parameter take: adds a row; returns false if it does not belong to its table.
  mutating func run(_ take: (RawRecord, SalvageTable, _ isReached: Bool) -> Bool) {
    readFreePages()
    var roots: [SalvageTable: Int] = [:]
    isSchemaWhole = walk(from: 1) { (row) in
      row.values.count == 5
    } take: { (row) in
      guard let kind = row.values[0].text else { return false }
      if kind == "table", let table = row.values[1].text.flatMap(SalvageTable.init(rawValue:)),
        let root = row.values[3].integer
      {
        roots[table] = Int(truncatingIfNeeded: root)
      }
      return true
    }
    hasTables = !roots.isEmpty
    for table in SalvageTable.allCases {
      guard let root = roots[table] else {
        damaged.insert(1)
        broken.insert(table)
        continue
      }
      let isWhole = walk(from: root) { (row) in
        table.columns.contains(row.values.count) && (SalvageTable(of: row) ?? table) == table
      } take: { (row) in
        take(row, table, true)
      }
      if !isWhole { broken.insert(table) }
    }
    if !broken.isEmpty { takeUnreached(take) }
  }

  /// Walks a tree; returns false if part of it cannot be reached.
  private mutating func walk(
    from root: Int, belongs: (RawRecord) -> Bool, take: (RawRecord) -> Bool
  ) -> Bool {
    var isWhole = true
    var seen: Set<Int> = []
    var stack = [(page: root, parent: root, low: Int64.min, high: Int64.max)]
    while let (number, parent, low, high) = stack.popLast() {
      guard !reached.contains(number), seen.insert(number).inserted else {
        // Two pages lead to it, so one of them is wrong.
        damaged.insert(parent)
        isWhole = false
        continue
      }
      guard let bytes = pages.page(number),
        let page = TreePage(bytes, number: number, usableSize: pages.usableSize)
      else {
        damaged.insert(number)
        isWhole = false
        continue
      }
      if page.isLeaf {
        if !takeLeaf(page, bytes, number, keys: low...high, belongs, take) {
          damaged.insert(parent)
          isWhole = false
        }
        continue
      }
      reached.insert(number)
      let isOrdered = page.hasAllChildren
      if !isOrdered {
        damaged.insert(number)
        isWhole = false
      }
      var first = low
      var below: [(page: Int, parent: Int, low: Int64, high: Int64)] = []
      for child in page.children {
        let last = child.last ?? high
        below.append(
          isOrdered && first <= last
            ? (child.page, number, first, last) : (child.page, number, .min, .max))
        if last < .max { first = max(first, last + 1) }
      }
      stack += below.reversed()
    }
    return isWhole
  }

  /// Adds the rows of a leaf; returns false if it is not a leaf of this table.
  private mutating func takeLeaf(
    _ page: TreePage, _ bytes: [UInt8], _ number: Int, keys: ClosedRange<Int64>,
    _ belongs: (RawRecord) -> Bool, _ take: (RawRecord) -> Bool
  ) -> Bool {
    let found = read(page, bytes)
    // Either the link to this page or the free list is wrong: rows with the expected ids decide
    // which.
    let isOther = free.contains(number) && !found.rows.allSatisfy { keys.contains($0.rowID) }
    guard !isOther, found.rows.isEmpty || found.rows.contains(where: belongs) else {
      for row in found.rows { budget.giveBack(row) }
      return false
    }
    var fitting = 0
    for row in found.rows {
      if belongs(row), take(row) { fitting += 1 } else { budget.giveBack(row) }
    }
    note(found, number, fitting: fitting)
    return true
  }

  private mutating func read(_ page: TreePage, _ bytes: [UInt8]) -> PageRows {
    PageRows(page, bytes, in: pages, &budget) { [reached] in reached.contains($0) }
  }

  private mutating func note(_ found: PageRows, _ number: Int, fitting: Int) {
    reached.insert(number)
    reached.formUnion(found.overflow)
    let lost = found.lost + found.rows.count - fitting
    damagedRows += lost
    if lost == 0, !found.isWhole { damaged.insert(number) }
  }

  /// Adds the rows of pages that nothing leads to, judging by their appearance.
  private mutating func takeUnreached(_ take: (RawRecord, SalvageTable, Bool) -> Bool) {
    var number = 0
    while number < pages.count {
      number += 1
      // Other kinds of pages have no mark: overflow pages and those of the free list.
      guard !reached.contains(number), !free.contains(number), let bytes = pages.page(number),
        let page = TreePage(bytes, number: number, usableSize: pages.usableSize), page.isLeaf
      else { continue }
      let found = read(page, bytes)
      // The totals, which have a single row, look like the place of the first favourite.
      let isTotals = found.rows.count == 1 && found.rows[0].values.count == 3
      var fitting = 0
      for row in found.rows {
        if !isTotals, let table = SalvageTable(of: row), broken.contains(table),
          take(row, table, false)
        {
          fitting += 1
        } else {
          budget.giveBack(row)
        }
      }
      if fitting > 0 { note(found, number, fitting: fitting) }
    }
  }

  /// Reads the free list, as far as it is plausible.
  ///
  /// Source: https://www.sqlite.org/fileformat2.html#the_freelist
  private mutating func readFreePages() {
    var trunk = pages.firstFreeTrunk
    while trunk > 1, !free.contains(trunk), let page = pages.page(trunk) {
      let (next, count) = (
        DatabasePages.number(page, at: 0), DatabasePages.number(page, at: 4)
      )
      let last = max(pages.count, pages.countWhenWhole ?? 0)
      guard next <= last, count <= pages.usableSize / 4 - 2 else { return }
      let leaves = (0..<count).map { DatabasePages.number(page, at: 8 + 4 * $0) }
      guard leaves.allSatisfy({ $0 > 1 && $0 <= last }), Set(leaves).count == count else {
        return
      }
      free.insert(trunk)
      free.formUnion(leaves)
      trunk = next
    }
  }
}
