/// A format that favourites can be written in.
package struct ExportFormat: Sendable {
  /// As `--format` names it.
  package let name: String
  /// What it is, for a list of formats.
  package let summary: String
  /// How names of such files end, without the point.
  package let endings: [String]
  /// What it has no place for.
  package let losses: [Loss]
  /// A writer of it.
  package let writer: @Sendable (ExportContext) -> any FavouriteWriter

  /// All formats, in the order in which they are told.
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

  /// The format of a name.
  package static func named(_ name: String) -> ExportFormat? { all.first { $0.name == name } }

  /// The format that a file's name tells by its ending; nil for an ending that says nothing.
  package static func of(path: String) -> ExportFormat? {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
    guard let point = name.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let ending = String(decoding: name[(point + 1)...], as: UTF8.self).lowercased()
    return all.first { $0.endings.contains(ending) }
  }
}
