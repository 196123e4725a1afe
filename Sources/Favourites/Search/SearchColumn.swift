/// A column of the full-text index, numbered in the order that the table has them.
///
/// For each favourite with a word, FTS5 stores the number of each column that contains it, in two
/// bytes, but not that of the first column. Most words are in notes, where there are notes: they
/// come first. https://www.sqlite.org/src/file/ext/fts5/fts5_index.c
enum SearchColumn: Int, CaseIterable, Sendable {
  case note, title, tags, url
  /// The values of the metadata.
  case other
  /// The category: see `SearchText.word(ofCategory:)`.
  case place

  /// How many there are.
  static let count = 6

  /// The weight of a hit in each, for ranking.
  static let weights: [Double] = [1.5, 10, 6, 3, 4, 1]

  /// It in a set of columns.
  var bit: UInt8 { 1 << rawValue }

  /// Its name in the file.
  var name: StaticString {
    switch self {
    case .note: "note"
    case .title: "title"
    case .tags: "tags"
    case .url: "url"
    case .other: "other"
    case .place: "place"
    }
  }

  init(_ field: TextTerm.Field) {
    self =
      switch field {
      case .title: .title
      case .url: .url
      case .note: .note
      case .tags: .tags
      }
  }
}
