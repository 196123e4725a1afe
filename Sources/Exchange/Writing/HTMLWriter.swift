internal import Favourites

extension ExportFormat {
  /// Bookmarks in HTML, for browsers and people.
  static let html = ExportFormat(
    name: "html", summary: "bookmarks for browsers, also readable as a page",
    endings: ["html", "htm"],
    losses: [.categoryFields],
    writer: { context in TreeWriter(HTMLForm(isPlain: false), context) })

  /// The same page for publication: with nothing but what it shows.
  package static let plainHTML = ExportFormat(
    name: "html", summary: html.summary, endings: html.endings,
    losses: [.metadata, .openings, .outerSpace, .characters, .categoryName, .categoryFields],
    writer: { context in TreeWriter(HTMLForm(isPlain: true), context) })
}

/// Writes Netscape's HTML like Firefox and Chromium: each bookmark on one line, indented by four
/// spaces per level. They ignore unknown attributes.
///
/// Data that HTML cannot represent is in `DATA-FAVS`, which a plain page does not have.
private struct HTMLForm: TreeForm {
  let isPlain: Bool
  private static let form = NativeForm.html

  func begin(into bytes: inout [UInt8]) { bytes += HTMLPage.beginning.utf8 }

  func open(_ category: Category, depth: Int, into bytes: inout [UInt8]) {
    let name = category.ownName
    bytes.append(indentation: depth + 1, width: 4)
    bytes += "<DT><H3".utf8
    if !isPlain {
      bytes.append(
        attribute: "DATA-FAVS", Remainder.json(ofCategory: name, note: category.note, Self.form))
    }
    bytes += ">".utf8
    bytes.append(escaping: Self.form.folder(name))
    bytes += "</H3>\n".utf8
    write(note: category.note, depth: depth, into: &bytes)
    bytes.append(indentation: depth + 1, width: 4)
    bytes += "<DL><p>\n".utf8
  }

  func close(_ category: Category, depth: Int, into bytes: inout [UInt8]) {
    bytes.append(indentation: depth + 1, width: 4)
    bytes += "</DL><p>\n".utf8
  }

  func write(_ favourite: Favourite, depth: Int, into bytes: inout [UInt8]) {
    let form = Self.form
    bytes.append(indentation: depth + 1, width: 4)
    bytes += "<DT><A".utf8
    bytes.append(
      attribute: "HREF", favourite.url.map(form.link) ?? "urn:uuid:\(favourite.uid.text)")
    bytes.append(attribute: "ADD_DATE", Self.seconds(favourite.createdAt))
    bytes.append(attribute: "LAST_MODIFIED", Self.seconds(favourite.modifiedAt))
    if !isPlain {
      bytes.append(attribute: "LAST_VISIT", favourite.openedAt.flatMap(Self.seconds))
    }
    if favourite.tagsJSON != "[]" {
      bytes.append(attribute: "TAGS", form.tags(favourite.tags).joined(separator: ","))
    }
    if !isPlain { bytes.append(attribute: "DATA-FAVS", Remainder.json(of: favourite, form)) }
    bytes += ">".utf8
    bytes.append(escaping: form.line(favourite.title))
    bytes += "</A>\n".utf8
    write(note: favourite.note, depth: depth, into: &bytes)
  }

  func end(into bytes: inout [UInt8]) { bytes += HTMLPage.end.utf8 }

  private func write(note: String?, depth: Int, into bytes: inout [UInt8]) {
    guard let note = note.flatMap(Self.form.lines) else { return }
    bytes.append(indentation: depth + 1, width: 4)
    bytes += "<DD>".utf8
    bytes.append(escaping: note)
    bytes.append(0x0A)
  }

  private static func seconds(_ date: Timestamp) -> String? {
    form.date(date).map { String($0.milliseconds / 1_000) }
  }
}

extension Category {
  /// The name without its parents.
  var ownName: String {
    guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return name }
    return String(name[name.utf8.index(after: slash)...])
  }
}
