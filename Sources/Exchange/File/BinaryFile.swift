/// A known kind of file that is neither text nor a database, identified by its first bytes for an
/// error message.
package struct BinaryFile: Equatable, Sendable {
  /// The kind of file, with its article: `a zip archive`.
  package let what: String
  /// How to get at its contents, with `FILE` as its name; nil if there is no way.
  package let remedy: String?

  init(_ what: String, _ remedy: String?) {
    self.what = what
    self.remedy = remedy
  }

  /// Identifies a file by its first bytes; nil if it is of no known kind.
  package init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
    {
      self = Self.zip(bytes)
      return
    }
    // Files encrypted with the key store of Chrome, Edge and so on begin with its version.
    if bytes.starts(with: "v10".utf8) || bytes.starts(with: "v11".utf8) {
      guard bytes.dropFirst(3).prefix(64).contains(where: { $0 < 0x09 || $0 >= 0x80 }) else {
        return nil
      }
      self.init(
        "a file that Chrome keeps encrypted",
        "export the bookmarks as HTML from Chrome (Bookmark manager, Export bookmarks), "
          + "and import that")
      return
    }
    if bytes.count > 262, bytes[257..<262].elementsEqual("ustar".utf8) {
      self.init("a tar archive", "tar -xf FILE unpacks it; import the files in it")
      return
    }
    guard let known = Self.known.first(where: { bytes.starts(with: $0.magic) }) else { return nil }
    self.init(known.what, known.remedy)
  }

  private static let table = "save it as CSV in the program that made it"

  /// Sources: file(1)'s `magic`, and the specifications that it names.
  private static let known: [(magic: [UInt8], what: String, remedy: String?)] = [
    ([0x1F, 0x8B], "compressed with gzip", "use gzip -dc FILE | favs import -"),
    (Array("BZh".utf8), "compressed with bzip2", "use bzip2 -dc FILE | favs import -"),
    (
      [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed with xz",
      "use xz -dc FILE | favs import -"
    ),
    (
      [0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd",
      "use zstd -dc FILE | favs import -"
    ),
    (
      [0x04, 0x22, 0x4D, 0x18], "compressed with lz4", "use lz4 -dc FILE | favs import -"
    ),
    (
      [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive",
      "7z x FILE unpacks it; import the files in it"
    ),
    (
      Array("Rar!\u{1A}\u{07}".utf8), "a rar archive",
      "unrar x FILE unpacks it; import the files in it"
    ),
    (
      Array("MSCF".utf8), "a cabinet archive",
      "cabextract FILE unpacks it; import the files in it"
    ),
    (Array("%PDF-".utf8), "a PDF", nil),
    (
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Microsoft Office file", table
    ),
    (Array("{\\rtf".utf8), "an RTF text", "save it as plain text or HTML"),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "a picture (PNG)", nil),
    ([0xFF, 0xD8, 0xFF], "a picture (JPEG)", nil), (Array("GIF8".utf8), "a picture (GIF)", nil),
    (Array("RIFF".utf8), "a picture or a sound (RIFF)", nil),
    ([0x7F, 0x45, 0x4C, 0x46], "a program", nil),
    (
      Array("SNSS".utf8), "a session of Chrome, of windows and tabs",
      "bookmark the tabs in the browser, then favs import --from chrome imports them"
    ),
    (
      Array("-----BEGIN PGP".utf8), "encrypted with PGP",
      "use gpg -d FILE | favs import -"
    ),
    (Array("Salted__".utf8), "encrypted with OpenSSL", nil),
    (
      Array("age-encryption.org/".utf8), "encrypted with age",
      "use age -d FILE | favs import -"
    ),
  ]

  /// Identifies a zip archive by the name of its first file, as office programs and others choose
  /// it.
  ///
  /// Source: PKWARE, APPNOTE, 4.3.7; ISO/IEC 29500-2 for `[Content_Types].xml`; OpenDocument 1.2,
  /// part 3, 3.3 for `mimetype`.
  private static func zip(_ bytes: [UInt8]) -> BinaryFile {
    let length = bytes.count > 30 ? Int(bytes[26]) | Int(bytes[27]) << 8 : 0
    let name = String(decoding: bytes.dropFirst(30).prefix(length), as: UTF8.self)
    switch name {
    case "[Content_Types].xml", "_rels/.rels", "docProps/app.xml":
      return BinaryFile("a Microsoft Office file, such as a spreadsheet", table)
    case "mimetype":
      let kind = String(decoding: bytes.dropFirst(38).prefix(60), as: UTF8.self)
      if kind.utf8.starts(with: "application/epub".utf8) { return BinaryFile("a book (EPUB)", nil) }
      return BinaryFile("an OpenDocument file, such as a spreadsheet", table)
    case "doc.kml":
      return BinaryFile(
        "a zip archive with places in it (KMZ)",
        "use unzip -p FILE doc.kml | favs import -")
    default:
      return BinaryFile("a zip archive", "unzip FILE unpacks it; import the files in it")
    }
  }
}
