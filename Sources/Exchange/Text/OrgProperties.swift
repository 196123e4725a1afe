internal import Favourites

/// The properties of a headline, between `:PROPERTIES:` and `:END:`.
///
/// For favs' own favourites they contain the uid as `ID`, the rank as `RANK`, dates, and metadata
/// by key. Data that Org cannot represent is JSON in `FAVS`.
///
/// Source: Org's manual, "Property Syntax".
struct OrgProperties: Equatable, Sendable {
  /// Names that favs itself writes, and the end of a drawer.
  static let reserved: Set<String> = Set(
    ["id", "rank", "favs", "end", "properties"] + FavouriteColumn.plain.map(\.shortName))

  /// Names that control Org: where files are written and read, and how code in the file is run.
  private static let obeyed: Set<String> = [
    "archive", "attach_dir", "attach_dir_inherit", "blocker", "columns", "dir", "logging",
    "trigger", "var",
  ]

  /// Whether a name has a meaning in favs or Org, and so cannot be a metadata key.
  static func isReserved(_ key: String) -> Bool {
    let name = key.lowercased()
    return reserved.contains(name) || obeyed.contains(name)
      || ["header-args", "export_"].contains { name.utf8.starts(with: $0.utf8) }
  }

  private(set) var entries: [(name: String, value: String)] = []

  /// Creates an empty set of properties.
  init() {}

  /// Parses a line of a drawer, `:name: value`; false if it is not one.
  mutating func take(_ line: String) -> Bool {
    let scalars = line.trimmed.unicodeScalars
    guard scalars.first == ":",
      let colon = scalars.dropFirst().firstIndex(where: { $0 == ":" || $0 == " " }),
      scalars[colon] == ":"
    else { return false }
    let rest = scalars[scalars.index(after: colon)...]
    guard rest.isEmpty || rest.first == " " || rest.first == "\t" else { return false }
    let name = String(scalars[scalars.index(after: scalars.startIndex)..<colon])
    guard !name.isEmpty else { return false }
    entries.append((name, String(rest).trimmed))
    return true
  }

  /// The value for a name, ignoring case.
  subscript(name: String) -> String? {
    entries.first { entry in
      entry.name.utf8.count == name.utf8.count
        && zip(entry.name.utf8, name.utf8).allSatisfy {
          ($0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0) == $1
        }
    }?.value
  }

  /// The uid and rank of favs' own favourite; nil if another program wrote it.
  var own: (uid: UID, rank: Int64)? {
    guard let uid = self["id"].flatMap(UID.init(text:)),
      let rank = self["rank"].flatMap({ Int64($0) }), rank > 0
    else { return nil }
    return (uid, rank)
  }

  /// Whether a line begins or ends a drawer with this name.
  static func isMark(_ line: [UInt8], _ name: StaticString) -> Bool {
    guard line.contains(0x3A), line.count < 64 else { return false }
    let text = String(decoding: line, as: UTF8.self).trimmed.uppercased()
    return name.withUTF8Buffer { unsafe text.utf8.elementsEqual($0) }
  }

  static func == (first: OrgProperties, second: OrgProperties) -> Bool {
    first.entries.elementsEqual(second.entries) { $0 == $1 }
  }
}
