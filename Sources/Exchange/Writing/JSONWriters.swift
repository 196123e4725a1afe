internal import Favourites

extension ExportFormat {
  /// One JSON object per line.
  package static let jsonl = ExportFormat(
    name: "jsonl", summary: "favs' own JSON, one object per line", endings: ["jsonl", "ndjson"],
    losses: Loss.ofCategories, writer: { _ in JSONLinesWriter() })

  /// A single JSON array.
  package static let json = ExportFormat(
    name: "json", summary: "favs' own JSON, one array", endings: ["json"],
    losses: Loss.ofCategories, writer: { _ in JSONArrayWriter() })

  /// The format of the bulk API of Elasticsearch and OpenSearch.
  static let elasticsearch = ExportFormat(
    name: "elasticsearch", summary: "Elasticsearch bulk lines", endings: [],
    losses: Loss.ofCategories, writer: { _ in ElasticsearchWriter() })
}

/// The exported fields: ids belong to one database, but uids are the same everywhere.
private let travelling = FavouriteField.living.filter { $0 != .id }

private struct JSONLinesWriter: FavouriteWriter {
  mutating func write(_ favourite: Favourite, into bytes: inout [UInt8]) {
    var json = JSONWriter()
    favourite.write(travelling, to: &json)
    json.newline()
    bytes += json.bytes
  }
}

private struct JSONArrayWriter: FavouriteWriter {
  private var isFirst = true

  mutating func begin(into bytes: inout [UInt8]) { bytes.append(UInt8(ascii: "[")) }

  mutating func write(_ favourite: Favourite, into bytes: inout [UInt8]) {
    if !isFirst { bytes += ",\n".utf8 }
    isFirst = false
    var json = JSONWriter()
    favourite.write(travelling, to: &json)
    bytes += json.bytes
  }

  mutating func end(into bytes: inout [UInt8]) { bytes += "]\n".utf8 }
}

/// Writes two lines for each favourite: the action and the document. The name of the index is left
/// to the URL, as in `POST /favs/_bulk`. A cluster determines the types of metadata by itself.
///
/// Source: Elasticsearch reference, "Bulk API".
private struct ElasticsearchWriter: FavouriteWriter {
  private static let fields = travelling.filter { $0 != .metadataTypes }

  mutating func write(_ favourite: Favourite, into bytes: inout [UInt8]) {
    var json = JSONWriter()
    json.beginObject()
    json.key("index")
    json.beginObject()
    json.member("_id", favourite.uid.text)
    json.endObject()
    json.endObject()
    json.newline()
    favourite.write(Self.fields, to: &json)
    json.newline()
    bytes += json.bytes
  }
}
