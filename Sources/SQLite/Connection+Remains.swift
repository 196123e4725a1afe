internal import CSQLite

extension Connection {
  /// Whether pages of the file still hold deleted data: between the cells of a page, or in a free
  /// page.
  ///
  /// A connection that writes leaves none (`favs_write`); an older favs or another program may.
  /// Reads every page as it is on the disk.
  package func hasRemains() throws(SQLiteError) -> Bool {
    try beginReading()
    defer { rollBack() }
    // From here on no other process writes.
    let lock = try prepare("SELECT count(*) FROM sqlite_schema")
    guard try lock.step() else { return false }
    let header = try readPage(at: 0, 100)
    var size = Int(header[16]) << 8 | Int(header[17])
    if size == 1 { size = 65_536 }
    let length = Int(unsafe favs_size(handle))
    guard length >= 0 else { throw failure(SQLITE_IOERR, nil) }
    guard size >= 512 else { return false }
    let count = length / size
    guard let free = try freePages(header, size, count) else { return true }
    let step = max(1, (1 << 18) / size)
    for first in stride(from: 0, to: count, by: step) {
      var bytes = try readPage(at: first * size, min(step, count - first) * size)
      if Self.hasRemains(&bytes, size, first, free) { return true }
    }
    return false
  }

  /// Whether pages hold deleted data; also removes it from the bytes.
  ///
  /// - Parameters:
  ///   - size: the page size, in bytes.
  ///   - first: the page number in the file of the first of them, from 0.
  ///   - free: the numbers of the free pages, from 1.
  private static func hasRemains(
    _ bytes: inout [UInt8], _ size: Int, _ first: Int, _ free: Set<Int>
  ) -> Bool {
    let count = bytes.count / size
    return unsafe bytes.withUnsafeMutableBytes { buffer in
      guard let start = buffer.baseAddress else { return false }
      return (0..<count).contains { index in
        let page = unsafe start.advanced(by: index * size)
        if free.contains(first + index + 1) {
          return unsafe UnsafeRawBufferPointer(start: page, count: size).contains { $0 != 0 }
        }
        let header: Int32 = first + index == 0 ? 100 : 0
        let cells = unsafe page.assumingMemoryBound(to: UInt8.self)
        return unsafe favs_clear_page(cells, Int32(size), header) != 0
      }
    }
  }

  /// The free pages that hold nothing; nil if a trunk page holds more than its list of numbers.
  ///
  /// Source: https://www.sqlite.org/fileformat2.html#the_freelist
  private func freePages(
    _ header: [UInt8], _ size: Int, _ count: Int
  ) throws(SQLiteError) -> Set<Int>? {
    var free: Set<Int> = []
    var lists: Set<Int> = []
    var next = Self.number(header, 32)
    while next > 1, next <= count, lists.insert(next).inserted {
      let page = try readPage(at: (next - 1) * size, size)
      let listed = min(Self.number(page, 4), size / 4 - 2)
      for index in 0..<listed { free.insert(Self.number(page, 8 + 4 * index)) }
      // After its list, numbers from an earlier, longer list may remain.
      for index in stride(from: 8 + 4 * listed, to: size - 3, by: 4)
      where Self.number(page, index) > count { return nil }
      next = Self.number(page, 0)
    }
    return free
  }

  private static func number(_ bytes: [UInt8], _ offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  private func readPage(at offset: Int, _ count: Int) throws(SQLiteError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let code = unsafe bytes.withUnsafeMutableBytes {
      unsafe favs_read(handle, $0.baseAddress, Int32(count), sqlite3_int64(offset))
    }
    guard code == SQLITE_OK else { throw failure(code, nil) }
    return bytes
  }
}
