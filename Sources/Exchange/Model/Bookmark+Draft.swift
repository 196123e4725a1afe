package import Favourites

extension Bookmark {
  /// The favourite made from it: with trimmed texts, with a link that is one, and with tags and
  /// folders renamed to what favs allows.
  ///
  /// - Parameters:
  ///   - use: how to use its folders.
  ///   - target: the category for everything, or for the categories made from folders.
  /// - Throws: the reason why it cannot be imported.
  package func draft(
    folders use: FolderUse, into target: CategoryPath?
  ) throws(UnusableBookmark) -> Draft {
    var draft = Draft()
    draft.title = title.flatMap(Self.filled)
    draft.url = url.flatMap(Self.filled)
    draft.columns = columns
    if uid == nil { draft.note = note.flatMap(Self.filled) }
    guard draft.title != nil || draft.url != nil else {
      throw UnusableBookmark(reason: "neither title nor URL")
    }
    draft.category =
      use == .category
      ? try Self.category(folders, areOwn: hasOwnFolders, into: target) : target
    draft.tags = try Self.checked(use == .tags ? tags + folders : tags)
    draft.values = try Self.checked(metadata)
    (draft.tellsTags, draft.tellsMetadata) = (tellsTags, tellsMetadata)
    draft.settleLink()
    return draft
  }

  /// The category for folders; nil if there are neither folders nor a target.
  /// - Parameter areOwn: whether the names are components of favs' own categories already.
  static func category(
    _ folders: [String], areOwn: Bool, into target: CategoryPath?
  ) throws(UnusableBookmark) -> CategoryPath? {
    guard !folders.isEmpty else { return target }
    // Each takes at least two bytes: deeper nesting is not worth assembling only to be rejected.
    guard folders.count <= Limits.categoryBytes / 2 + 1 else {
      throw UnusableBookmark(
        reason: "\(folders.count) nested folders are too deep for a category name")
    }
    let names = areOwn ? folders : folders.map(component)
    let text = ((target.map { [$0.text] } ?? []) + names).joined(separator: "/")
    do {
      return try CategoryPath.parse(text)
    } catch {
      throw UnusableBookmark(reason: error.message)
    }
  }

  /// The name of a folder as a component of a category's path: `AC/DC` becomes `AC-DC`, `C#`
  /// becomes `C＃`, `team@24` becomes `team＠24`, white space is collapsed, and an empty name becomes
  /// `unnamed`.
  static func component(_ name: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar {
      case "/": scalars.append("-")
      case "#": scalars.append("\u{FF03}")
      case _ where scalar.isWhitespace || isControl(scalar):
        if let last = scalars.last, last != " " { scalars.append(" ") }
      default: scalars.append(scalar)
      }
    }
    let text = CategoryPath.unranked(String(scalars).trimmed)
    return text.isEmpty ? "unnamed" : text
  }

  /// Names as tags, without commas, which favs uses as separators, and without invalid names.
  static func tags(_ names: [String]) -> [TagName] {
    names.compactMap { name in
      var scalars = String.UnicodeScalarView()
      for scalar in name.unicodeScalars where scalar != "," {
        scalars.append(isControl(scalar) ? " " : scalar)
      }
      return try? TagName.parse(String(scalars))
    }
  }

  /// Names as tags, without duplicates; throws if there are more than a favourite may have.
  fileprivate static func checked(_ names: [String]) throws(UnusableBookmark) -> [TagName] {
    var seen: Set<[UInt8]> = []
    var kept: [TagName] = []
    for name in names {
      guard let tag = tags([name]).first, seen.insert(Array(tag.key.utf8)).inserted else {
        continue
      }
      guard kept.count < Limits.tagsPerFavourite else {
        throw UnusableBookmark(reason: "tags are more than \(Limits.tagsPerFavourite)")
      }
      kept.append(tag)
    }
    return kept
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
  }

  /// Metadata, checked against its limits; later only the fields of the category are checked.
  private static func checked(_ metadata: Metadata) throws(UnusableBookmark) -> Metadata {
    for entry in metadata.entries {
      do throws(MetadataError) {
        try Metadata.checkKey(entry.key)
        if case .text(let text) = entry.value {
          _ = try MetadataValue(text, as: .text, key: entry.key)
        }
      } catch {
        throw UnusableBookmark(reason: "metadata \(error.message)")
      }
    }
    return metadata
  }

  /// Cuts a title that is too long, between two characters; returns whether it did.
  package mutating func shortenTitle() -> Bool {
    guard let text = title?.trimmed, text.utf8.count > Limits.titleBytes else { return false }
    title = text.characters(ofBytes: Limits.titleBytes)
    return true
  }

  /// Cuts a note that is too long; returns whether it did.
  package mutating func shortenNote() -> Bool {
    guard uid == nil, let text = note?.trimmed, text.utf8.count > Limits.noteBytes else {
      return false
    }
    note = text.characters(ofBytes: Limits.noteBytes)
    return true
  }

  /// Cuts metadata that is too long; returns its keys.
  package mutating func shortenMetadata() -> [String] {
    guard uid == nil else { return [] }
    var cut: [String] = []
    for entry in metadata.entries {
      guard case .text(let text) = entry.value, text.utf8.count > Limits.metadataTextBytes else {
        continue
      }
      metadata[entry.key] = .text(text.characters(ofBytes: Limits.metadataTextBytes))
      cut.append(entry.key)
    }
    return cut
  }

  /// Cuts the longest names of its folders if their path is too long; returns whether it did.
  package mutating func shortenFolders(into target: CategoryPath?) -> Bool {
    guard !hasOwnFolders, let short = FolderPath.shortened(folders, into: target) else {
      return false
    }
    folders = short
    return true
  }

  /// Removes tags that are too long; returns their number.
  package mutating func dropLongTags() -> Int {
    let count = tags.count
    // Not removed in place: the compiler then emits one of two programs at random, and builds are
    // not reproducible.
    tags = tags.filter { $0.trimmed.utf8.count <= Limits.tagBytes }
    return count - tags.count
  }

  /// The kind of a bookmark that is only for display in a browser; nil for one that leads
  /// somewhere.
  package var placeholder: String? {
    guard uid == nil, let url = url?.trimmed else { return nil }
    if url.hasASCIIPrefix("place:") { return "queries of the browser" }
    let isSeparator = Self.separators.contains { url.hasASCIIPrefix($0) }
    return isSeparator ? "separators" : nil
  }

  /// The targets of separators: those of Vivaldi, floccus, xBrowserSync, and the usual Chrome
  /// extension.
  private static let separators = [
    "http://bookmark.placeholder.url", "https://bookmark.placeholder.url",
    "https://separator.floccus.org", "xbs:separator", "http://separator.mayastudios.com",
    "https://separator.mayastudios.com",
  ]

  private static func filled(_ text: String) -> String? {
    let text = text.trimmed
    return text.isEmpty ? nil : text
  }
}

extension Draft {
  /// Uses its category as the folders of a foreign file are used.
  package mutating func place(
    _ use: FolderUse, into target: CategoryPath?
  ) throws(UnusableBookmark) {
    guard use != .category || target != nil else { return }
    let folders = category?.components ?? []
    category =
      use == .category ? try Bookmark.category(folders, areOwn: true, into: target) : target
    if use == .tags { tags = try Bookmark.checked(tags.map(\.text) + folders) }
  }
}

extension Folder {
  /// Cuts the longest names in its path, as is done for its contents.
  package mutating func shorten(into target: CategoryPath?) {
    guard !isOwn, let short = FolderPath.shortened(path, into: target) else { return }
    path = short
  }
}

/// Why a bookmark cannot become a favourite.
package struct UnusableBookmark: Error, Equatable, Sendable {
  package let reason: String
}
