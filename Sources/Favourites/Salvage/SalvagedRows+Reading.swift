internal import Host

extension SalvagedRows {
  /// Reads what is left of the favourites in a file.
  ///
  /// - Parameter name: the file as the user named it.
  /// - Throws: `.unusable` if there are none in it.
  static func read(_ path: String, named name: String) throws -> SalvagedRows {
    let pages = try DatabasePages.of(path)
    guard pages.count > 0 else {
      throw StoreError.unusable(path: name, pages.size == 0 ? .empty : .notADatabase)
    }
    let (isDatabase, isOurs, isUsual) = (pages.isDatabase, pages.isOurs, pages.isUsual)
    var (best, isForeign) = read(pages)
    if !isUsual {
      // A byte of the header gives the page size. If it is damaged, favs' own page size yields
      // more.
      let (other, isOtherForeign) = read(try DatabasePages.of(path, cut: .usual))
      if (other.count, best.trouble) > (best.count, other.trouble) {
        (best, isForeign) = (other, isOtherForeign)
      }
    }
    if best.isEmpty, !isDatabase { throw StoreError.unusable(path: name, .notADatabase) }
    if !isOurs, best.isEmpty || isForeign { throw StoreError.unusable(path: name, .foreign) }
    if best.isEmpty { throw StoreError.unusable(path: name, .nothingLeft) }
    return best
  }

  /// Reads what is left in some pages, and whether their schema is another program's.
  private static func read(
    _ pages: consuming DatabasePages
  ) -> (rows: SalvagedRows, isForeign: Bool) {
    var rows = SalvagedRows()
    var scan = TreeScan(pages)
    scan.run { (row, table, isReached) in rows.take(row, of: table, isReached: isReached) }
    rows.finish(lostRows: scan.damagedRows, damagedPages: scan.damagedPages)
    return (rows, scan.isSchemaWhole && !scan.hasTables)
  }

  private var trouble: Int { lostRows + damagedPages }
}
