internal import Favourites

extension ExportFormat {
  /// The XML Bookmark Exchange Language.
  static let xbel = ExportFormat(
    name: "xbel", summary: "the XML Bookmark Exchange Language", endings: ["xbel"],
    losses: [.categoryFields], writer: { context in TreeWriter(XBELForm(), context) })
}

/// Writes XBEL 1.0. Declares the attribute for favs' own data, so that the file is valid.
///
/// "Multiple attribute-list declarations for the same element type: the contents of all those
/// provided are merged" (XML 1.0, 3.3).
private struct XBELForm: TreeForm {
  private static let form = NativeForm.xbel

  func begin(into bytes: inout [UInt8]) {
    bytes +=
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE xbel PUBLIC "+//IDN python.org//DTD XML Bookmark Exchange Language 1.0//EN//XML" \
      "http://pyxml.sourceforge.net/topics/dtds/xbel.dtd" [
        <!ATTLIST metadata \(XBELNames.attribute) CDATA #IMPLIED>
      ]>
      <xbel version="1.0">
        <title>Favourites</title>

      """.utf8
  }

  func open(_ category: Category, depth: Int, into bytes: inout [UInt8]) {
    let name = category.ownName
    line("<folder>", depth + 1, into: &bytes)
    write("title", Self.form.folder(name), depth + 2, into: &bytes)
    let own = Remainder.json(ofCategory: name, note: category.note, Self.form)
    write(own: own, depth + 2, into: &bytes)
    write("desc", category.note.flatMap(Self.form.lines), depth + 2, into: &bytes)
  }

  func close(_ category: Category, depth: Int, into bytes: inout [UInt8]) {
    line("</folder>", depth + 1, into: &bytes)
  }

  func write(_ favourite: Favourite, depth: Int, into bytes: inout [UInt8]) {
    let form = Self.form
    bytes.append(indentation: depth + 1)
    bytes += "<bookmark".utf8
    bytes.append(
      attribute: "href", favourite.url.map(form.link) ?? "urn:uuid:\(favourite.uid.text)")
    bytes.append(attribute: "added", favourite.createdAt.text)
    bytes.append(attribute: "modified", favourite.modifiedAt.text)
    bytes.append(attribute: "visited", favourite.openedAt?.text)
    bytes += ">\n".utf8
    write("title", form.line(favourite.title), depth + 2, into: &bytes)
    write(own: Remainder.json(of: favourite, form), depth + 2, into: &bytes)
    write("desc", favourite.note.flatMap(form.lines), depth + 2, into: &bytes)
    line("</bookmark>", depth + 1, into: &bytes)
  }

  func end(into bytes: inout [UInt8]) { bytes += "</xbel>\n".utf8 }

  private func write(own: String?, _ depth: Int, into bytes: inout [UInt8]) {
    guard let own else { return }
    bytes.append(indentation: depth)
    bytes += "<info><metadata owner=\"\(XBELNames.owner)\"".utf8
    bytes.append(attribute: XBELNames.attribute, own)
    bytes += "/></info>\n".utf8
  }

  private func write(
    _ element: String, _ text: String?, _ depth: Int, into bytes: inout [UInt8]
  ) {
    guard let text else { return }
    bytes.append(indentation: depth)
    bytes += "<\(element)>".utf8
    bytes.append(escaping: text)
    bytes += "</\(element)>\n".utf8
  }

  private func line(_ text: String, _ depth: Int, into bytes: inout [UInt8]) {
    bytes.append(indentation: depth)
    bytes += text.utf8
    bytes.append(0x0A)
  }
}
