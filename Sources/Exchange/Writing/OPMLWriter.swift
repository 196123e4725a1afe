internal import Favourites

extension ExportFormat {
  /// An OPML outline.
  static let opml = ExportFormat(
    name: "opml", summary: "outlines, for feed readers and outliners", endings: ["opml"],
    losses: [.categoryFields],
    writer: { context in TreeWriter(OPMLForm(), context) })
}

/// Writes OPML 2.0.
///
/// Sources: http://opml.org/spec2.opml; OmniOutliner's `_note`, which outliners show as a note.
private struct OPMLForm: TreeForm {
  private static let form = NativeForm.opml

  func begin(into bytes: inout [UInt8]) {
    bytes +=
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <opml version="2.0" xmlns:favs="\(OPMLNames.namespace)">
        <head>
          <title>Favourites</title>
        </head>
        <body>

      """.utf8
  }

  func open(_ category: Category, depth: Int, into bytes: inout [UInt8]) {
    let name = category.ownName
    bytes.append(indentation: depth + 2)
    bytes += "<outline".utf8
    bytes.append(attribute: "text", Self.form.folder(name))
    bytes.append(attribute: "type", OPMLNames.folder)
    bytes.append(attribute: "_note", category.note.flatMap(Self.form.lines))
    bytes.append(
      attribute: OPMLNames.attribute,
      Remainder.json(ofCategory: name, note: category.note, Self.form))
    bytes += ">\n".utf8
  }

  func close(_ category: Category, depth: Int, into bytes: inout [UInt8]) {
    bytes.append(indentation: depth + 2)
    bytes += "</outline>\n".utf8
  }

  func write(_ favourite: Favourite, depth: Int, into bytes: inout [UInt8]) {
    let form = Self.form
    bytes.append(indentation: depth + 2)
    bytes += "<outline".utf8
    bytes.append(attribute: "text", form.line(favourite.title))
    if let url = favourite.url {
      bytes.append(attribute: "type", "link")
      bytes.append(attribute: "url", form.link(url))
    }
    bytes.append(attribute: "created", form.date(favourite.createdAt).map(\.rfc822))
    if favourite.tagsJSON != "[]" {
      bytes.append(attribute: "category", form.tags(favourite.tags).joined(separator: ","))
    }
    bytes.append(attribute: "_note", favourite.note.flatMap(form.lines))
    bytes.append(attribute: OPMLNames.attribute, Remainder.json(of: favourite, form))
    bytes += "/>\n".utf8
  }

  func end(into bytes: inout [UInt8]) { bytes += "  </body>\n</opml>\n".utf8 }
}

extension Timestamp {
  /// The format of RFC 822, with four digits for the year and without milliseconds.
  fileprivate var rfc822: String {
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = CalendarDate.monthNames
    let weekday = (date.daysSince1970 % 7 + 7) % 7
    let digits = text.utf8
    let year = String(decoding: digits.prefix(4), as: UTF8.self)
    let day = String(decoding: digits.dropFirst(8).prefix(2), as: UTF8.self)
    let time = String(decoding: digits.dropFirst(11).prefix(8), as: UTF8.self)
    return "\(days[weekday]), \(day) \(months[date.month - 1]) \(year) \(time) GMT"
  }
}
