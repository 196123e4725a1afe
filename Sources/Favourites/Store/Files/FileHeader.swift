internal import Host
internal import SQLite

/// The first 100 bytes of an SQLite file, read before SQLite opens it.
///
/// Source: https://www.sqlite.org/fileformat2.html#the_database_header
enum FileHeader {
  /// The first bytes of any SQLite file.
  static let magic = Array("SQLite format 3\u{0}".utf8)

  /// Refuses a file that is not a favourites file; returns its schema version.
  ///
  /// - Parameter isWriting: true to remove the second name that a process leaves if it is killed
  ///   while making the file.
  static func check(
    _ resolved: String, named path: String, mustBeOurs: Bool = false, isWriting: Bool = false
  ) throws(StoreError) -> Int32 {
    let header = try translating {
      let status = try FileStatus.of(resolved, followingLinks: false)
      guard let status else { throw HostError.missing(path) }
      guard status.kind == .regular else {
        throw StoreError.unusable(path: path, .notAFile)
      }
      guard status.owner == FileStatus.currentUser || !mustBeOurs else {
        throw StoreError.unusable(path: path, .notOurs)
      }
      guard status.size > 0 else {
        throw StoreError.unusable(path: path, .empty)
      }
      // SQLite would block on it forever if it were a pipe.
      let journal = try FileStatus.of(resolved + "-journal", followingLinks: false)
      guard journal == nil || journal?.kind == .regular else {
        throw StoreError.unusable(path: path, .strayJournal)
      }
      if isWriting, status.names > 1 { StagedFile.sweep(Directory.above(resolved)) }
      let file = try File(reading: resolved)
      var header: [UInt8] = []
      while header.count < 100 {
        if try file.read(into: &header, upTo: 100 - header.count) == 0 { break }
      }
      return header
    }
    guard header.count == 100, header.starts(with: magic) else {
      throw .unusable(path: path, .notADatabase)
    }
    guard number(in: header, at: 68) == Schema.applicationID else {
      throw .unusable(path: path, .foreign)
    }
    let version = number(in: header, at: 60)
    guard version <= Schema.version else {
      throw .unusable(path: path, .newer(version: version, supported: Schema.version))
    }
    guard version > 0 else { throw .unusable(path: path, .foreign) }
    return version
  }

  private static func number(in header: [UInt8], at offset: Int) -> Int32 {
    var value: UInt32 = 0
    for byte in header[offset..<offset + 4] { value = value << 8 | UInt32(byte) }
    return Int32(bitPattern: value)
  }
}
