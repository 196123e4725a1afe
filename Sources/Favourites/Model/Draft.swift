/// A favourite to be added.
package struct Draft: ColumnHolder, Sendable {
  /// Nil for one given by its URL alone.
  package var title: String?
  package var url: String?
  /// The values of its other columns: what a person entered, possibly as typed text, and what a
  /// file keeps of a favourite that existed before.
  package var columns = ColumnValues()
  /// Nil for the inbox.
  package var category: CategoryPath?
  package var tags: [TagName] = []
  package var metadata: [MetadataAssignment] = []
  /// Typed metadata, from a file.
  package var values = Metadata()
  /// Its rank; nil for the end.
  package var rank: Int64?
  /// Whether the tags are all that the favourite has, and not only some to be added to it: a file
  /// may leave them out, or be of a format that has no words for them.
  package var tellsTags = false
  /// The same for its metadata.
  package var tellsMetadata = false
  /// Whether its metadata has to fit the fields of the category. That of another favourites file
  /// has not: it may be older than they are, and is kept as it is.
  var mustFit = true

  package init() {}

  /// Sets the value of a column. Skips those that the file assigns itself: ids, the category, the
  /// change.
  package mutating func set(_ column: FavouriteColumn, _ value: ColumnValue) {
    switch column {
    case .id, .category, .change: break
    case .title: title = value.text
    case .url: url = value.text
    case .tags:
      tags = JSONText.strings(value.text ?? "[]").compactMap { try? TagName.parse($0) }
      tellsTags = true
    case .metadata:
      values = Metadata(stored: value.text ?? "{}")
      tellsMetadata = true
    default: columns[column] = value.whole.map { .integer(column.kind.nearest($0)) } ?? value
    }
  }

  /// Sets the columns of a record that need no lookup in the file, except the note, which is
  /// checked earlier. Without dates, the draft is as new as the record.
  func complete(_ record: inout FavouriteRecord) throws(InvalidValue) {
    for entry in columns.entries where entry.column != .note {
      record.set(entry.column, try entry.column.checked(entry.value))
    }
    if columns[.modifiedAt] == .null { record.modifiedAt = record.createdAt }
  }

  /// The title for the favourite: its own, or its URL's host and path.
  func resolvedTitle() throws(InvalidValue) -> String {
    if let title { return try Draft.checkedTitle(title) }
    guard let url else { throw InvalidValue(field: "title", reason: "is missing") }
    return try Draft.checkedTitle(Draft.title(fromURL: url))
  }

  /// A title within its limits, trimmed of white space.
  static func checkedTitle(_ text: String) throws(InvalidValue) -> String {
    let title = text.trimmed.composed
    guard !title.isEmpty else { throw InvalidValue(field: "title", reason: "is empty") }
    try check(title, field: "title", limit: Limits.titleBytes)
    return title
  }

  /// A URL within its limits, trimmed of white space; nil for none or an empty one.
  static func checkedURL(_ text: String?) throws(InvalidValue) -> String? {
    guard let url = text?.trimmed, !url.isEmpty else { return nil }
    try check(url, field: "url", limit: Limits.urlBytes)
    guard !url.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) else {
      throw InvalidValue(field: "url", reason: "holds a control character")
    }
    return url
  }

  /// A note within its limits; nil for none or an empty one.
  static func checkedNote(_ text: String?) throws(InvalidValue) -> String? {
    guard let text = text?.composed, !text.isEmpty else { return nil }
    try check(text, field: "note", limit: Limits.noteBytes)
    return text
  }

  private static func check(
    _ text: String, field: String, limit: Int
  ) throws(InvalidValue) {
    let size = text.utf8.count
    guard size <= limit else {
      throw InvalidValue(
        field: field, reason: "has \(size) bytes; the limit is \(limit)")
    }
    guard !text.utf8.contains(0) else {
      throw InvalidValue(field: field, reason: "holds a NUL character")
    }
  }

  /// The title of a link without one: its host and path, without `www.` and a trailing slash.
  static func title(fromURL url: String) -> String {
    var rest = url[...]
    if let scheme = rest.firstRange(ofASCII: "://") { rest = rest[scheme.upperBound...] }
    let end = rest.unicodeScalars.firstIndex { $0 == "?" || $0 == "#" } ?? rest.endIndex
    rest = rest[..<end]
    if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    let title = String(rest)
    guard title.utf8.count > Limits.titleBytes else { return title.isEmpty ? url : title }
    return title.cut(toBytes: Limits.titleBytes - 4)
  }

  /// Whether a title only stands in for a link without one.
  package static func isStandIn(_ title: String, for url: String?) -> Bool {
    guard let url else { return false }
    return Draft.title(fromURL: url).trimmed.composed.utf8.elementsEqual(title.utf8)
  }

  /// Whether a word that the user typed is a URL: a scheme, a colon and no space.
  package static func looksLikeURL(_ word: String) -> Bool {
    guard let scheme = URLScheme(of: word) else { return false }
    let rest = word.utf8.dropFirst(scheme.name.utf8.count + 1)
    guard let next = rest.first, !word.utf8.contains(where: { $0 <= 0x20 }) else { return false }
    // `https://…` and `mailto:a@b`, `isbn:978…`, `geo:1,2`; but not `Alien: Resurrection` or
    // `Re:Zero`.
    return rest.starts(with: "//".utf8)
      || (knownSchemes.contains(scheme.name) && next != UInt8(ascii: ":"))
  }

  /// The known schemes of URLs without `//`.
  private static let knownSchemes = [
    "mailto", "tel", "geo", "isbn", "urn", "doi", "magnet", "data", "news", "sms", "sip", "xmpp",
    "file", "javascript", "about", "bitcoin", "spotify", "steam", "callto", "irc", "matrix",
  ]
}

extension String {
  /// The text without white space at its ends.
  package var trimmed: String {
    // Nearly all texts begin and end with ASCII characters, and then nothing has to be done.
    if let first = utf8.first, let last = utf8.last, (0x21...0x7E).contains(first),
      (0x21...0x7E).contains(last)
    {
      return self
    }
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}

extension String {
  /// Whether the text contains a piece of ASCII text.
  package func contains(ascii piece: String) -> Bool {
    self[...].firstRange(ofASCII: piece) != nil
  }
}

extension Substring {
  /// The first place of a piece of text, compared byte by byte.
  package func firstRange(ofASCII piece: String) -> Range<Index>? {
    let wanted = Array(piece.utf8)
    var start = utf8.startIndex
    while start != utf8.endIndex {
      if utf8[start...].starts(with: wanted) {
        return start..<utf8.index(start, offsetBy: wanted.count)
      }
      start = utf8.index(after: start)
    }
    return nil
  }
}
