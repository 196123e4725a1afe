internal import Favourites

extension ExportFormat {
  /// An Atom feed.
  static let atom = ExportFormat(
    name: "atom", summary: "a feed in Atom", endings: ["atom"],
    losses: [.metadata, .openings, .outerSpace, .characters] + Loss.ofCategories,
    writer: { context in AtomWriter(context) })
}

/// Writes a feed according to RFC 4287: every entry has a permanent id, a title and a date.
private struct AtomWriter: FavouriteWriter {
  private let context: ExportContext

  init(_ context: ExportContext) {
    self.context = context
  }

  func begin(into bytes: inout [UInt8]) {
    // "The "atom:id" element conveys a permanent, universally unique identifier" (4.2.6), so it is
    // that of the oldest category.
    let id = context.categories.map(\.uid).min() ?? UID(high: 0, low: 0)
    bytes +=
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom" xmlns:favs="\(OPMLNames.namespace)">
        <id>urn:uuid:\(id.text)</id>
        <title>Favourites</title>
        <updated>\(context.latest.text)</updated>
        <author><name>favs</name></author>
        <generator>\(AtomNames.generator)</generator>

      """.utf8
  }

  func write(_ favourite: Favourite, into bytes: inout [UInt8]) {
    bytes += "  <entry>\n    <id>urn:uuid:\(favourite.uid.text)</id>\n    <title>".utf8
    bytes.append(escaping: NativeText.collapsed(NativeText.allowed(favourite.title)))
    bytes += "</title>\n".utf8
    if let url = favourite.url {
      bytes += "    <link rel=\"alternate\"".utf8
      let allowed = NativeText.allowed(url)
      let reference = Self.reference(allowed)
      bytes.append(attribute: "href", reference)
      if reference != allowed { bytes.append(attribute: AtomNames.link, allowed) }
      bytes += "/>\n".utf8
    }
    bytes += "    <published>\(favourite.createdAt.text)</published>\n".utf8
    bytes += "    <updated>\(favourite.modifiedAt.text)</updated>\n    <category".utf8
    bytes.append(attribute: "scheme", AtomNames.categories)
    bytes.append(attribute: "term", NativeText.allowed(favourite.category))
    bytes += "/>\n".utf8
    for tag in favourite.tags {
      bytes += "    <category".utf8
      bytes.append(attribute: "term", NativeText.allowed(tag))
      bytes += "/>\n".utf8
    }
    // "atom:entry elements that contain no child atom:content element MUST contain at least one
    // atom:link element with a rel attribute value of "alternate"." (4.1.2)
    if favourite.note != nil || favourite.url == nil {
      bytes += "    <content type=\"text\">".utf8
      bytes.append(escaping: NativeText.allowed(favourite.note ?? ""))
      bytes += "</content>\n".utf8
    }
    bytes += "  </entry>\n".utf8
  }

  func end(into bytes: inout [UInt8]) { bytes += "</feed>\n".utf8 }

  /// A URL with characters that a URI reference does not allow percent-encoded (RFC 3987, 2.2).
  private static func reference(_ url: String) -> String {
    var bytes: [UInt8] = []
    for byte in url.utf8 {
      guard byte <= 0x20 || #""<>\^`{|}"#.utf8.contains(byte) else {
        bytes.append(byte)
        continue
      }
      let digits = Array("0123456789ABCDEF".utf8)
      bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
