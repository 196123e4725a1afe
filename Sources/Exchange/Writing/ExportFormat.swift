/// An export format.
package struct ExportFormat: Sendable {
  /// The name, for `--format`.
  package let name: String
  /// A summary, for a list of formats.
  package let summary: String
  /// The extensions of file names, without the full stop.
  package let endings: [String]
  /// What the format cannot represent.
  package let losses: [Loss]
  /// Creates a writer.
  package let writer: @Sendable (ExportContext) -> any FavouriteWriter

  /// All formats, in the order in which they are listed.
  package static let all: [ExportFormat] = [
    .jsonl,
    .json,
    .html,
    .xbel,
    .opml,
    .atom,
    .csv,
    .tsv,
    .markdown,
    .org,
    .urls,
    .elasticsearch,
  ]

  /// The format with a name.
  package static func named(_ name: String) -> ExportFormat? { all.first { $0.name == name } }

  /// The format for the extension of a file name; nil if that is unknown.
  package static func of(path: String) -> ExportFormat? {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
    guard let point = name.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let ending = String(decoding: name[(point + 1)...], as: UTF8.self).lowercased()
    return all.first { $0.endings.contains(ending) }
  }
}
