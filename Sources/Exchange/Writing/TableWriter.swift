internal import Favourites

extension ExportFormat {
  /// A table with commas.
  ///
  /// Cells that begin with `=`, `+`, `-` or `@` are not prefixed, since that would change them: a
  /// spreadsheet may treat them as formulas.
  ///
  /// Source: RFC 4180.
  static let csv = ExportFormat(
    name: "csv", summary: "a table, which Raindrop imports too", endings: ["csv"],
    losses: Loss.ofCategories,
    writer: { _ in TableWriter(separator: UInt8(ascii: ","), lineEnd: [0x0D, 0x0A]) })

  /// A table with tabs, quoted like CSV, as spreadsheets do.
  static let tsv = ExportFormat(
    name: "tsv", summary: "a tab-separated table", endings: ["tsv", "tab"],
    losses: Loss.ofCategories,
    writer: { _ in TableWriter(separator: 0x09, lineEnd: [0x0A]) })
}

private struct TableWriter: FavouriteWriter {
  let separator: UInt8
  let lineEnd: [UInt8]

  mutating func begin(into bytes: inout [UInt8]) {
    bytes += FavsTable.columns.map { FavsTable.name(of: $0).utf8 }.joined(separator: [separator])
    bytes += lineEnd
  }

  mutating func write(_ favourite: Favourite, into bytes: inout [UInt8]) {
    for (index, column) in FavsTable.columns.enumerated() {
      if index > 0 { bytes.append(separator) }
      append(text(of: column, favourite), to: &bytes)
    }
    bytes += lineEnd
  }

  private func text(of field: FavouriteField, _ favourite: Favourite) -> String {
    switch field {
    case .tags: favourite.tags.joined(separator: ", ")
    case .metadata, .metadataTypes: json(field, of: favourite)
    default: favourite.text(field)
    }
  }

  /// A field as JSON; empty instead of an empty object.
  private func json(_ field: FavouriteField, of favourite: Favourite) -> String {
    guard favourite.metadataJSON != "{}" else { return "" }
    var json = JSONWriter()
    favourite.write(field, to: &json)
    return json.bytes.elementsEqual("{}".utf8) ? "" : String(decoding: json.bytes, as: UTF8.self)
  }

  /// Writes a cell, quoted if the standard requires it or a reader might trim it.
  private func append(_ text: String, to bytes: inout [UInt8]) {
    let utf8 = text.utf8
    let isPlain =
      !utf8.contains {
        $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09
      } && utf8.first != 0x20 && utf8.last != 0x20
    guard !isPlain else {
      bytes += utf8
      return
    }
    bytes.append(0x22)
    for byte in utf8 {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}
