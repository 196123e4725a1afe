internal import Host

/// The pages of an SQLite file, read one by one without SQLite, so that a damaged one hides no other.
///
/// Source: https://www.sqlite.org/fileformat2.html
struct DatabasePages: ~Copyable {
  /// How a file is cut into pages.
  struct Form: Equatable {
    /// The size of a page, in bytes.
    let pageSize: Int
    /// How much of its end holds no content, in bytes.
    let reserved: Int

    /// What favs makes: pages of SQLite's usual size, with nothing reserved.
    static let usual = Form(pageSize: 4_096, reserved: 0)
  }

  private let file: File
  private let header: [UInt8]
  private let form: Form
  /// The size of the file, in bytes.
  let size: Int64
  /// How many pages there are; one that was cut off is none.
  let count: Int

  private init(_ file: consuming File, header: [UInt8], form: Form, size: Int64) {
    self.file = file
    self.header = header
    self.form = form
    self.size = size
    count = Int(size / Int64(form.pageSize))
  }

  /// Opens a file for reading.
  ///
  /// - Parameter form: how it is cut; nil for what its header says, where that can be true.
  static func of(_ path: String, cut form: Form? = nil) throws(HostError) -> DatabasePages {
    let file = try File(reading: path)
    let header = try file.read(at: 0, count: 100)
    let size = try file.status().size
    return DatabasePages(
      file, header: header, form: form ?? Self.form(header) ?? .usual, size: size)
  }

  private static func form(_ header: [UInt8]) -> Form? {
    guard header.count == 100 else { return nil }
    var size = Int(header[16]) << 8 | Int(header[17])
    if size == 1 { size = 65_536 }
    let reserved = Int(header[20])
    // A header that was overwritten says nothing: "the usable size is not allowed to be less than 480".
    guard size >= 512, size & (size - 1) == 0, reserved <= size - 480 else { return nil }
    return Form(pageSize: size, reserved: reserved)
  }

  /// The size of a page, in bytes.
  var pageSize: Int { form.pageSize }

  /// How much of a page holds content, in bytes.
  var usableSize: Int { form.pageSize - form.reserved }

  /// Whether it is cut as favs cuts its files.
  var isUsual: Bool { form == .usual }

  /// Whether it begins as SQLite's files do.
  var isDatabase: Bool { header.starts(with: FileHeader.magic) }

  /// Whether its header says that it holds favourites.
  var isOurs: Bool { isDatabase && number(at: 68) == Int(Schema.applicationID) }

  /// How many pages there were when the file was whole, as its header says; nil where that is not known.
  var countWhenWhole: Int? {
    // "The in-header database size is only considered to be valid if it is non-zero and if the 4-byte change
    // counter at offset 24 exactly matches the 4-byte version-valid-for number at offset 92."
    guard isDatabase, let count = number(at: 28), count > 0, number(at: 24) == number(at: 92) else {
      return nil
    }
    return count
  }

  /// The first page of the list of free ones; 0 for none.
  var firstFreeTrunk: Int { number(at: 32) ?? 0 }

  /// A page, from 1; nil for one that is not there or cannot be read.
  func page(_ number: Int) -> [UInt8]? {
    guard number >= 1, number <= count,
      let bytes = try? file.read(at: Int64(number - 1) * Int64(pageSize), count: pageSize),
      bytes.count == pageSize
    else { return nil }
    return bytes
  }

  private func number(at offset: Int) -> Int? {
    offset + 4 <= header.count ? Self.number(header, at: offset) : nil
  }

  /// The four bytes at an offset, as a number.
  static func number(_ bytes: [UInt8], at offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
