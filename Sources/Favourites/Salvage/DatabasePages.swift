internal import Host

/// The pages of an SQLite file, read one by one without SQLite, so that a damaged page does not
/// hide others.
///
/// Source: https://www.sqlite.org/fileformat2.html
struct DatabasePages: ~Copyable {
  /// How a file is divided into pages.
  struct Form: Equatable {
    /// The size of a page, in bytes.
    let pageSize: Int
    /// The number of bytes reserved at the end of each page.
    let reserved: Int

    /// The form that favs uses: pages of SQLite's default size, with nothing reserved.
    static let usual = Form(pageSize: 4_096, reserved: 0)
  }

  private let file: File
  private let header: [UInt8]
  private let form: Form
  /// The size of the file, in bytes.
  let size: Int64
  /// The number of complete pages.
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
  /// - Parameter form: how it is divided; nil to use its header, if that is plausible.
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
    // An overwritten header is useless: "the usable size is not allowed to be less than 480".
    guard size >= 512, size & (size - 1) == 0, reserved <= size - 480 else { return nil }
    return Form(pageSize: size, reserved: reserved)
  }

  /// The size of a page, in bytes.
  var pageSize: Int { form.pageSize }

  /// The number of bytes of content in a page.
  var usableSize: Int { form.pageSize - form.reserved }

  /// Whether it is divided as favs divides its files.
  var isUsual: Bool { form == .usual }

  /// Whether it begins like an SQLite file.
  var isDatabase: Bool { header.starts(with: FileHeader.magic) }

  /// Whether its header identifies it as a favourites file.
  var isOurs: Bool { isDatabase && number(at: 68) == Int(Schema.applicationID) }

  /// The number of pages of the undamaged file, according to its header; nil if unknown.
  var countWhenWhole: Int? {
    // "The in-header database size is only considered to be valid if it is non-zero and if the
    // 4-byte change counter at offset 24 exactly matches the 4-byte version-valid-for number at
    // offset 92."
    guard isDatabase, let count = number(at: 28), count > 0, number(at: 24) == number(at: 92) else {
      return nil
    }
    return count
  }

  /// The first page of the free list; 0 if there is none.
  var firstFreeTrunk: Int { number(at: 32) ?? 0 }

  /// A page, from 1; nil if it does not exist or cannot be read.
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

  /// The four bytes at an offset as a number.
  static func number(_ bytes: [UInt8], at offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
