internal import CSQLite

/// Looks through the rows of a table, the latest first, for those in which a part of a text may be:
/// of most rows it is clear from their bytes that it is not, without a look at each column.
@safe package final class PartScan {
  private let rows: UnsafeMutablePointer<favs_rows>
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private let column: Int32
  private var part: favs_part
  private var folder: favs_folder
  private var from: Int64
  /// How many rows were looked at.
  package private(set) var passed: Int64 = 0
  private var isAtEnd = false

  /// - Parameters:
  ///   - part: not empty, and folded: see `Connection.prepareForParts(_:values:)`.
  ///   - column: the first column that is looked at; those behind it are too.
  ///   - highest: the highest id that is looked at.
  ///   - fold: folds a text.
  /// - Returns: nil if memory is short.
  package init?(
    _ part: [UInt8], in table: TableRows, from column: Int32, upTo highest: Int64,
    folding fold: @escaping ([UInt8]) -> [UInt8]
  ) {
    guard !part.isEmpty, let rows = unsafe favs_rows_begin(table.table) else { return nil }
    unsafe self.rows = rows
    unsafe bytes = .allocate(capacity: part.count)
    _ = unsafe bytes.initialize(from: part)
    unsafe self.part = favs_part_of(bytes.baseAddress, Int32(part.count))
    unsafe folder = Folder.retained(fold) { $0 }
    self.column = column
    from = highest
  }

  deinit {
    unsafe favs_rows_end(rows)
    unsafe bytes.deallocate()
    unsafe folder.forget(folder.known)
  }

  /// The ids of the next rows in which it may be.
  ///
  /// - Parameter most: how many are found at most.
  /// - Returns: none at the end; nil if SQLite has to read the table.
  package func next(_ most: Int) -> [Int64]? {
    guard !isAtEnd else { return [] }
    var isSound = true
    let ids = unsafe [Int64](unsafeUninitializedCapacity: most) { ids, count in
      var (end, seen): (Int32, Int64) = (0, 0)
      let found = unsafe withUnsafePointer(to: part) { part in
        unsafe withUnsafePointer(to: folder) { folder in
          var scan = unsafe favs_scan(column: column, part: part, folder: folder)
          return unsafe favs_rows_scan(
            rows, &scan, &from, ids.baseAddress, Int32(most), &end, &seen)
        }
      }
      isSound = found >= 0
      count = max(0, Int(found))
      isAtEnd = end != 0
      passed += seen
    }
    return isSound ? ids : nil
  }
}
