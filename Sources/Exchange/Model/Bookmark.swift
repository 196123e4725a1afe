package import Favourites

/// An item from a foreign file, with texts that were not checked yet.
package struct Bookmark: ColumnHolder, Equatable, Sendable {
  package var title: String?
  package var url: String?
  /// Values by column. If favs wrote the file, they include its uid, and the note is exact.
  package var columns = ColumnValues()
  /// The names of its folders, the outermost first.
  package var folders: [String] = []
  package var tags: [String] = []
  /// Values in the file for which favs has no field.
  package var metadata = Metadata()
  /// Whether the folders are components of favs' own categories, to be used unchanged.
  package var hasOwnFolders = false
  /// Whether the tags are all that the favourite has; favs wrote the file.
  package var tellsTags = false
  /// The same for its metadata.
  package var tellsMetadata = false

  package init() {}

  /// Adds metadata: as a number or a date if the text is one, as in a table; nothing if it is
  /// empty.
  package mutating func set(_ key: String, _ text: String?) {
    guard let text = text?.trimmed, !text.isEmpty else { return }
    // A text that is too long will be cut, which is reported.
    metadata[key] = (try? MetadataValue(inferring: text, key: key)) ?? .text(text)
  }

  /// Adds a boolean as metadata, but only if it is true.
  package mutating func set(_ key: String, when isSo: Bool) {
    if isSo { metadata[key] = .text("yes") }
  }
}

/// A folder in a foreign file; recorded so that an empty folder, or its description, is not lost.
package struct Folder: Equatable, Sendable {
  /// The names from the outermost folder to this one; never empty.
  package var path: [String]
  package var note: String?
  /// Whether the names are components of favs' own categories, to be used unchanged.
  package var isOwn = false

  package init(_ path: [String], note: String? = nil) {
    self.path = path
    self.note = note
  }

  /// The category for the folder.
  package func category(into target: CategoryPath?) throws(UnusableBookmark) -> CategoryPath? {
    try Bookmark.category(path, areOwn: isOwn, into: target)
  }
}

/// An item from a reader.
package enum ImportedItem: Sendable {
  /// An item in one of favs' own formats.
  case draft(Draft)
  case bookmark(Bookmark)
  case folder(Folder)
  /// An unreadable item, with the reason; the rest of the file is readable.
  case unreadable(String)
  /// An item skipped for a good reason, such as a browser's built-in query, with its kind.
  case leftOut(String)
  /// A part of the file, known or not, that favs cannot represent, with its kind, for counting. The
  /// import is then not complete.
  case passedOver(String)
}

/// Receives an item and its position.
package typealias ItemSink = (ImportedItem, Location) throws(ExchangeError) -> Void
