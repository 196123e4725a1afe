package import Favourites

/// One thing as a foreign file tells of it: texts that nobody checked yet.
package struct Bookmark: Equatable, Sendable {
  package var title: String?
  package var url: String?
  package var note: String?
  /// The names of the folders it stands in, from the outermost.
  package var folders: [String] = []
  package var tags: [String] = []
  package var createdAt: Timestamp?
  package var modifiedAt: Timestamp?
  package var openedAt: Timestamp?
  package var opened: Int64 = 0
  /// What the file knows of it and favs has no field for.
  package var metadata = Metadata()
  /// What favs itself called it, where favs wrote it; its note is exact then.
  package var uid: UID?
  /// Whether the folders are components of favs' own categories, to be taken as they are.
  package var hasOwnFolders = false

  package init() {}

  /// Adds a piece of metadata: none where the text is empty.
  package mutating func set(_ key: String, _ text: String?) {
    guard let text = text?.trimmed, !text.isEmpty else { return }
    metadata[key] = .text(text)
  }

  /// Adds a yes-or-no as metadata, told only where it is yes.
  package mutating func set(_ key: String, when isSo: Bool) {
    if isSo { metadata[key] = .text("yes") }
  }
}

/// A folder of a foreign file, told of so that one which is empty, or has a description, is not lost.
package struct Folder: Equatable, Sendable {
  /// The names from the outermost folder to this one; one at least.
  package var path: [String]
  package var note: String?
  /// Whether the names are components of favs' own categories, to be taken as they are.
  package var isOwn = false

  package init(_ path: [String], note: String? = nil) {
    self.path = path
    self.note = note
  }

  /// The category that it becomes.
  package func category(into target: CategoryPath?) throws(UnusableBookmark) -> CategoryPath? {
    try Bookmark.category(path, areOwn: isOwn, into: target)
  }
}

/// What a reader hands over, one after another.
package enum ImportedItem: Sendable {
  /// Of favs' own formats.
  case draft(Draft)
  case bookmark(Bookmark)
  case folder(Folder)
  /// One that cannot be read, while the file goes on behind it; with what is wrong.
  case unreadable(String)
  /// One that is left out for a good reason, such as a browser's own query; with what it is.
  case leftOut(String)
  /// A part of the file, known or not, that favs has no way to keep; with what it is, for counting. Not all of
  /// the file was taken then.
  case passedOver(String)
}

/// Takes what a reader hands over, with the place where it stands.
package typealias ItemSink = (ImportedItem, Place) throws(ExchangeError) -> Void
