internal import Host

/// The pages of an SQLite file, read one by one without SQLite, so that a damaged one hides no other.
///
/// Source: https://www.sqlite.org/fileformat2.html
struct DatabasePages: ~Copyable {
  private let file: File
  /// The size of a page, in bytes.
  let pageSize: Int
  /// How much of a page holds content, in bytes.
  let usableSize: Int
  /// How many pages there are; one that was cut off is none.
  let count: Int

  private init(_ file: consuming File, pageSize: Int, reserved: Int, count: Int) {
    self.file = file
    self.pageSize = pageSize
    self.count = count
    usableSize = pageSize - reserved
  }

  /// Opens a file for reading.
  static func of(_ path: String) throws(HostError) -> DatabasePages {
    let file = try File(reading: path)
    let header = try file.read(at: 0, count: 100)
    var size = header.count > 17 ? Int(header[16]) << 8 | Int(header[17]) : 0
    if size == 1 { size = 65_536 }
    // A header that was overwritten says nothing; favs makes pages of SQLite's usual size.
    let isSize = size >= 512 && size & (size - 1) == 0
    let pageSize = isSize ? size : 4_096
    let reserved = isSize && header.count > 20 ? Int(header[20]) : 0
    let count = try Int(file.status().size) / pageSize
    return DatabasePages(
      file, pageSize: pageSize, reserved: reserved <= pageSize - 480 ? reserved : 0, count: count)
  }

  /// A page, from 1; nil for one that is not there or cannot be read.
  func page(_ number: Int) -> [UInt8]? {
    guard number >= 1, number <= count,
      let bytes = try? file.read(at: Int64(number - 1) * Int64(pageSize), count: pageSize),
      bytes.count == pageSize
    else { return nil }
    return bytes
  }
}
