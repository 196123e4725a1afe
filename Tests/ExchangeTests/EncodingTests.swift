import Testing

@testable import Exchange

/// Files in encodings of their own, and files that are UTF-8 but for a little.
@Suite struct EncodingTests {
  private static func page(_ charset: String, _ title: [UInt8]) -> [UInt8] {
    Array(
      "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=\(charset)'>\n<DL><p><DT><A HREF='https://a.org/'>"
        .utf8) + title + Array("</A></DL>".utf8)
  }

  @Test(
    "the charset of a page is obeyed",
    arguments: [
      ("windows-1252", [0x43, 0x61, 0x66, 0xE9, 0x20, 0x96, 0x20, 0x80], "Café – €"),
      ("ISO-8859-1", [0xE9, 0x93], "é\u{201C}"), ("us-ascii", [0xE9], "é"),
      ("ISO-8859-2", [0xA3, 0xF3, 0x64, 0xBC], "Łódź"), ("latin2", [0xB1], "ą"),
      ("iso-8859-5", [0xBC, 0xD8, 0xE0], "Мир"), ("ISO-8859-7", [0xE1], "α"),
      ("iso-8859-9", [0xFE], "ş"), ("ISO-8859-15", [0xA4, 0xBD], "€œ"), ("latin9", [0xA4], "€"),
      ("windows-1250", [0x8A, 0x9E], "Šž"), ("cp1251", [0xCC, 0xE8, 0xF0], "Мир"),
      ("KOI8-R", [0xED, 0xC9, 0xD2], "Мир"), ("koi8-u", [0xA4], "є"), ("ibm866", [0x8C], "М"),
      ("windows-1253", [0xE1], "α"), ("windows-1255", [0xF9], "ש"), ("windows-1257", [0xE0], "ą"),
      ("x-mac-roman", [0x8E], "é"), ("tis-620", [0xA1], "ก"), ("utf-8", [0xC3, 0xA9], "é"),
      ("utf-16", [0xC3, 0xA9], "é"),
    ] as [(String, [UInt8], String)])
  func charsets(charset: String, bytes: [UInt8], title: String) throws {
    let found = try Reading(Self.page(charset, bytes), as: "html")
    #expect(found.bookmarks == [bookmark(title, "https://a.org/")])
    #expect(found.remarks == [])
  }

  @Test("the encoding that XML declares is obeyed, and a byte order mark before that")
  func declarations() throws {
    func opml(_ encoding: String, _ text: [UInt8]) -> [UInt8] {
      Array(
        "<?xml version='1.0' encoding='\(encoding)'?><opml><body><outline url='x:1' text='".utf8)
        + text + Array("'/></body></opml>".utf8)
    }
    func title(_ bytes: [UInt8]) throws -> String? {
      try Reading(bytes, as: "opml").bookmarks.first?.title
    }
    #expect(try title(opml("ISO-8859-1", [0xE9])) == "é")
    #expect(try title(opml("Windows-1251", [0xCC])) == "М")
    #expect(try title(opml("utf-16", Array("é".utf8))) == "é")
    #expect(try title([0xEF, 0xBB, 0xBF] + opml("ISO-8859-1", Array("é".utf8))) == "é")
    // What stands in a text of XML is no declaration.
    let feed =
      "<rss><channel><item><title>é &lt;meta charset=koi8-r></title><link>x:1</link></item></channel></rss>"
    #expect(try Reading(feed, as: "rss").bookmarks.first?.title == "é")
  }

  @Test("UTF-16 and UTF-32 are read, whatever is in them")
  func wide() throws {
    func utf16(_ text: String, big: Bool, mark: Bool = true) -> [UInt8] {
      ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
        let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        return big ? bytes : bytes.reversed()
      }
    }
    let table = "title,url\nGröße 𝄞,https://a.org/\n"
    let page = "<DL><DT><A HREF='https://a.org/'>Größe 𝄞</A></DL>"
    let json =
      #"{"roots":{"other":{"children":[{"type":"url","name":"Größe 𝄞","url":"https://a.org/"}]}}}"#
    let xml =
      "<?xml version='1.0' encoding='utf-16'?><xbel><bookmark href='https://a.org/'><title>Größe 𝄞</title></bookmark></xbel>"
    for (text, name) in [(table, "csv"), (page, "html"), (json, "chromium"), (xml, "xbel")] {
      for big in [false, true] {
        for mark in [false, true] where mark || name != "html" {
          let found = try Reading(utf16(text, big: big, mark: mark), as: name)
          #expect(found.bookmarks == [bookmark("Größe 𝄞", "https://a.org/")], "\(name)")
        }
      }
    }
    let utf32 = ("\u{FEFF}" + table).unicodeScalars.flatMap { scalar in
      (0..<4).map { UInt8(scalar.value >> (8 * $0) & 0xFF) }
    }
    #expect(try Reading(utf32, as: "csv").bookmarks == [bookmark("Größe 𝄞", "https://a.org/")])
    // Half a character is one that is wrong.
    let cut =
      utf16("title,url\nG", big: false) + [0x3D, 0xD8] + utf16("x,x:1\n", big: false, mark: false)
    let found = try Reading(cut + [0x41], as: "csv")
    #expect(found.bookmarks.first?.title == "G\u{FFFD}x")
    #expect(found.hasLoss)
  }

  @Test("a wrong byte among UTF-8 becomes U+FFFD, and its place is told")
  func wrongByte() throws {
    let bytes = Array("title,url\n東京,x:1\nb".utf8) + [0xE4] + Array("d,x:2\nZürich,x:3\n".utf8)
    let found = try Reading(bytes, as: "csv")
    #expect(found.bookmarks.map(\.title) == ["東京", "b\u{FFFD}d", "Zürich"])
    #expect(found.remarks == ["line 3, column 2: invalid UTF-8, read as U+FFFD"])
    #expect(found.hasLoss)
    // Half a character counts once, as in browsers; what is behind it keeps its place.
    let halves = Array("title,url\nééé".utf8) + [0xF0, 0x9F, 0x98] + Array(",x:1\n".utf8)
    #expect(try Reading(halves, as: "csv").bookmarks.map(\.title) == ["ééé\u{FFFD}"])
    #expect(
      try Reading(Array("title,url\nééé".utf8) + [0, 0x2C, 0x78], as: "csv").remarks.count == 1)
    // A page that says it is UTF-8 is believed, though nothing else in it shows it.
    let page = Self.page("utf-8", [0x62, 0xFF, 0x64])
    #expect(try Reading(page, as: "html").bookmarks.map(\.title) == ["b\u{FFFD}d"])
  }

  @Test("a wrong character is found across the pieces in which a file is read")
  func acrossPieces() throws {
    let filler = String(repeating: "é", count: 140_000)
    var bytes = Array("title,url\n\(filler),x:1\n".utf8)
    bytes += Array("b".utf8) + [0xE2, 0x82] + Array("d,x:2\n".utf8)
    let found = try Reading(bytes, as: "csv")
    #expect(found.bookmarks.last?.title == "b\u{FFFD}d")
    #expect(found.remarks == ["line 3, column 2: invalid UTF-8, read as U+FFFD"])
  }

  @Test(
    "a file in another encoding that says nothing of it is refused, and never is it advised to spoil UTF-8"
  )
  func undeclared() throws {
    func reason(_ title: [UInt8]) -> String {
      let bytes = Array("title,url\n".utf8) + title + Array(",x:1\n".utf8)
      guard case .malformed(_, let reason)? = failure(bytes, as: .csv) else { return "" }
      return reason
    }
    #expect(reason([0x43, 0xE9]).contains("windows-1252"))
    // Cyrillic letters come one behind another.
    #expect(reason([0xCC, 0xE8, 0xF0, 0xCC, 0xE8, 0xF0]).contains("windows-1251"))
    let mixed = reason(Array("é".utf8) + [0x20, 0xE9, 0x20, 0xE9])
    #expect(mixed.contains("not valid UTF-8") && !mixed.contains("iconv"))
    // JSON has no other encoding; what favs wrote has none either, and is not mended.
    let json = Array(#"{"title":"b"#.utf8) + [0xFF] + Array(#""}"#.utf8)
    #expect(isMalformed(failure(json, as: .favs)))
    #expect(
      failure(
        Array(#"[{"href":"x:1","description":"b"#.utf8) + [0xFF] + Array(#""}]"#.utf8),
        as: .pinboard) == nil)
  }

  @Test(
    "archives and other binary files are told by what they are",
    arguments: [
      ([0x50, 0x4B, 0x03, 0x04, 0x14], "zip archive", "unzip"),
      ([0x1F, 0x8B, 0x08], "gzip", "gzip -dc"),
      ([0x42, 0x5A, 0x68, 0x39], "bzip2", "bzip2"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz", "xz"),
      ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "zstd"),
      ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z", "7z"),
      (Array("Rar!\u{1A}\u{07}\u{01}".utf8), "rar", "unrar"), (Array("%PDF-1.7".utf8), "PDF", ""),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "Office", "CSV"),
      (
        [0x50, 0x4B, 0x03, 0x04] + Array(repeating: 0, count: 22) + [19, 0, 0, 0]
          + Array("[Content_Types].xml".utf8), "spreadsheet", "CSV"
      ),
      (
        [0x50, 0x4B, 0x03, 0x04] + Array(repeating: 0, count: 22) + [7, 0, 0, 0]
          + Array("doc.kml".utf8), "KMZ", "unzip -p FILE doc.kml"
      ),
      (Array(repeating: 0x61, count: 257) + Array("ustar".utf8) + [0], "tar", "tar -xf"),
    ] as [([UInt8], String, String)])
  func binary(bytes: [UInt8], what: String, remedy: String) throws {
    let found = try #require(BinaryFile(bytes))
    #expect(found.what.contains(what))
    #expect(remedy.isEmpty || found.remedy?.contains(remedy) == true)
  }

  @Test("text is no binary file")
  func text() {
    for text in ["BZ\n", "v10 of a list\nhttps://a.org", "<DL>", "PK list", ""] {
      #expect(BinaryFile(Array(text.utf8)) == nil)
    }
  }
}
