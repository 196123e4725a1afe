internal import CSQLite

/// The rows of a table, read from its pages as they are in the file, beside SQLite: quicker for
/// many rows that are far from each other.
///
/// Within a transaction that reads, SQLite's lock keeps the file as it is.
@safe package struct TableRows {
  /// Which columns are read, by their numbers in the table, from 0: a whole number, and behind it a
  /// text.
  private let (number, text): (Int32, Int32)
  let table: favs_table

  /// Whether two threads may read at once.
  package static var mayBeReadAtOnce: Bool { favs_may_read_at_once() != 0 }

  /// - Parameters:
  ///   - root: the number of the page that SQLite's schema gives for the table.
  ///   - connection: open for as long as rows are read.
  /// - Returns: nil if they cannot be read so, for instance from a database in memory.
  package init?(root: Int64, number: Int32, text: Int32, of connection: borrowing Connection) {
    guard let page = UInt32(exactly: root) else { return nil }
    var table = unsafe favs_table()
    guard unsafe favs_table_open(connection.handle, page, &table) != 0 else { return nil }
    unsafe self.table = table
    (self.number, self.text) = (number, text)
  }

  /// Counts the texts of some rows, but for null, and passes the numbers to a closure. A row that
  /// is missing is left out.
  ///
  /// - Parameter ids: in their order for speed.
  /// - Returns: the ids of rows that have to be read by SQLite.
  package func count(
    _ ids: ArraySlice<Int64>, in texts: inout ByteCounts, _ body: (Int64) -> Void
  ) -> [Int64] {
    guard let rows = unsafe favs_rows_begin(table) else { return Array(ids) }
    defer { unsafe favs_rows_end(rows) }
    var elsewhere: [Int64] = []
    var row = unsafe favs_row()
    for id in ids {
      switch Int(unsafe favs_rows_read(rows, id, number, text, &row)) {
      case favs_row_is_found:
        unsafe body(row.number)
        if let text = unsafe row.text {
          unsafe texts.add(UnsafeRawBufferPointer(start: text, count: Int(row.length)), 1)
        }
      case favs_row_is_missing: break
      default: elsewhere.append(id)
      }
    }
    return elsewhere
  }
}
