internal import Favourites

extension ExportFormat {
  /// Headlines with links, below headlines for categories.
  ///
  /// `** [[url][title]] :tag:tag:`, followed by a drawer with all other data, so that nothing is
  /// lost. A note is indented below the drawer. Whatever Org or an editor would obey is only in the
  /// drawer, encoded so that it has no effect: code, macros, keywords, and links that do more than
  /// show a page.
  static let org = ExportFormat(
    name: "org", summary: "headlines with links and properties", endings: ["org"],
    losses: [.categoryNote, .categoryFields], writer: { context in TreeWriter(OrgForm(), context) })
}

private struct OrgForm: TreeForm {
  mutating func begin(into bytes: inout [UInt8]) {}
  mutating func close(_ category: Category, depth: Int, into bytes: inout [UInt8]) {}
  mutating func end(into bytes: inout [UInt8]) {}

  mutating func open(_ category: Category, depth: Int, into bytes: inout [UInt8]) {
    let name = category.name.unicodeScalars.split(separator: "/").last.map { String($0) } ?? ""
    let line = stars(depth) + Array(Obeyed.quiet(name).utf8)
    bytes += line + [0x0A]
    let headline = OrgHeadline(line)
    let isSame =
      headline?.text.elementsEqual(name.utf8) ?? false && OrgLine(line[...]).links.isEmpty
      && Bookmark.component(name).utf8.elementsEqual(name.utf8)
    guard !isSame else { return }
    var json = JSONWriter()
    json.beginObject()
    json.member("category", name)
    json.endObject()
    bytes += ":PROPERTIES:\n:FAVS: ".utf8
    bytes += Obeyed.harmless(json: json.bytes)
    bytes += "\n:END:\n".utf8
  }

  mutating func write(_ favourite: Favourite, depth: Int, into bytes: inout [UInt8]) {
    let tags = favourite.tags
    var line = stars(depth) + Self.words(of: favourite)
    if !tags.isEmpty {
      line += " :".utf8
      for tag in tags { line += Self.tag(tag).utf8 + [0x3A] }
    }
    bytes += line
    bytes += "\n:PROPERTIES:\n".utf8
    append("ID", favourite.uid.text, to: &bytes)
    append("RANK", String(favourite.rank), to: &bytes)
    let fields = appendColumns(favourite, to: &bytes)
    let rest = Rest(
      title: !Self.isTold(favourite, by: line),
      tags: OrgHeadline(line).map { $0.tags != tags } ?? true,
      note: favourite.note.map { !Self.isPlain($0) } ?? false, fields: fields,
      metadata: appendMetadata(favourite.metadata, to: &bytes))
    if let json = rest.json(of: favourite) { append("FAVS", json, to: &bytes) }
    bytes += ":END:\n".utf8
    if let note = favourite.note, !rest.note { append(note: note, to: &bytes) }
  }

  private func stars(_ depth: Int) -> [UInt8] {
    Array(repeating: 0x2A, count: depth + 1) + [0x20]
  }

  private func append(_ name: String, _ value: String, to bytes: inout [UInt8]) {
    bytes += ":\(name): \(value)\n".utf8
  }

  /// Writes the columns that can be properties; returns the fields of the others.
  private func appendColumns(
    _ favourite: Favourite, to bytes: inout [UInt8]
  ) -> [FavouriteField] {
    FavouriteField.plain.filter { field in
      guard let column = field.column, favourite.says(column) else { return false }
      let text = favourite.text(field)
      guard column.kind.isNumber || Self.isLine(text) else { return true }
      append(column.shortName.uppercased(), text, to: &bytes)
      return false
    }
  }

  /// Writes metadata that properties can represent; returns the rest.
  private func appendMetadata(_ metadata: Metadata, to bytes: inout [UInt8]) -> Metadata {
    var rest = Metadata()
    for entry in metadata.entries {
      let text = entry.value.text
      let isTold =
        Self.isLine(text) && !Obeyed.byOrg(entry.key) && !OrgProperties.isReserved(entry.key)
        && (try? MetadataValue(inferring: text, key: entry.key))?.kind == entry.value.kind
      if isTold { append(entry.key, text, to: &bytes) } else { rest[entry.key] = entry.value }
    }
    return rest
  }

  private func append(note: String, to bytes: inout [UInt8]) {
    for line in note.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if !line.isEmpty { bytes += "  ".utf8 }
      bytes += line
      bytes.append(0x0A)
    }
  }

  /// Whether a headline is read back as exactly this title and URL.
  private static func isTold(_ favourite: Favourite, by line: [UInt8]) -> Bool {
    guard let headline = OrgHeadline(line), !headline.isDone else { return false }
    let found = OrgLine(headline.text, isCertain: true)
    guard let url = favourite.url else {
      return found.links.isEmpty && found.before.utf8.elementsEqual(favourite.title.utf8)
    }
    guard let link = found.links.first, found.links.count == 1, found.before.isEmpty,
      found.after.isEmpty
    else { return false }
    return link.url.utf8.elementsEqual(url.utf8)
      && (link.title ?? "").utf8.elementsEqual(favourite.title.utf8)
  }

  /// Whether a text can be written as plain lines: only LF as line ends, and nothing that is
  /// obeyed.
  private static func isPlain(_ text: String) -> Bool {
    !text.utf8.contains(0x0D) && !Obeyed.byOrg(text)
  }

  /// Whether a text can be the value of a property without being changed.
  private static func isLine(_ text: String) -> Bool {
    isPlain(text) && !text.isEmpty && text.trimmed.utf8.elementsEqual(text.utf8)
      && !text.utf8.contains(0x0A)
  }

  /// The text of the headline for a favourite.
  private static func words(of favourite: Favourite) -> [UInt8] {
    let title = Obeyed.quiet(oneLine(favourite.title))
    guard let url = favourite.url, URLScheme.isHarmless(url), !Obeyed.byOrg(url) else {
      return Array(title.utf8)
    }
    return Array("[[".utf8) + OrgLine.escaped(url) + Array("][\(title)]]".utf8)
  }

  /// A title without line breaks.
  private static func oneLine(_ title: String) -> String {
    guard title.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return title }
    return title.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map { String($0) }
      .joined(separator: " ")
  }

  /// A tag with `_` in place of characters that Org's tags may not contain.
  private static func tag(_ name: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      scalars.append(OrgHeadline.isTag(String(scalar)) ? scalar : "_")
    }
    return String(scalars)
  }
}

/// Data that Org cannot represent.
private struct Rest {
  /// Whether the title and URL cannot be read back exactly from the headline.
  let title: Bool
  let tags: Bool
  let note: Bool
  /// Other fields that cannot be properties.
  let fields: [FavouriteField]
  let metadata: Metadata

  /// All of it as JSON; nil if Org represents everything.
  func json(of favourite: Favourite) -> String? {
    guard title || tags || note || !fields.isEmpty || !metadata.isEmpty else { return nil }
    var json = JSONWriter()
    json.beginObject()
    if title {
      json.member("title", favourite.title)
      json.member("url", favourite.url)
    }
    if tags {
      json.key("tags")
      json.raw(favourite.tagsJSON.utf8)
    }
    if !metadata.isEmpty {
      json.key(FavouriteField.metadata.rawValue)
      metadata.writeValues(to: &json)
      json.key(FavouriteField.metadataTypes.rawValue)
      metadata.writeTypes(to: &json)
    }
    for field in note ? [.note] + fields : fields {
      json.key(field.rawValue)
      favourite.write(field, to: &json)
    }
    json.endObject()
    return String(decoding: Obeyed.harmless(json: json.bytes), as: UTF8.self)
  }
}
