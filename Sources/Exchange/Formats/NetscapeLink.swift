internal import Favourites

/// The tag of a bookmark in HTML, and its texts.
struct NetscapeLink {
  let tag: MarkupTag
  let title: String
  let note: String?
  /// Whether tags are separated by spaces if there is no comma.
  let partsTagsBySpace: Bool

  /// The item for the bookmark.
  func item(in path: FolderPath) -> ImportedItem {
    let url = (tag["href"] ?? "").trimmed
    guard let url = url.isEmpty ? tag["feedurl"]?.trimmed : url, !url.isEmpty else {
      return .unreadable("a bookmark without a URL")
    }
    let own = Remainder(tag["data-favs"])
    var bookmark = Bookmark()
    bookmark.title = title.isEmpty ? nil : title
    bookmark.url = url
    if own == nil, let what = bookmark.placeholder { return .leftOut(what) }
    bookmark.folders = path.names
    bookmark.hasOwnFolders = path.isOwn
    bookmark.createdAt = date("add_date")
    bookmark.modifiedAt = date("last_modified")
    bookmark.openedAt = date("last_visit")
    bookmark.set("private", when: isSo("private"))
    bookmark.set("toread", when: isSo("toread"))
    bookmark.set("keyword", tag["shortcuturl"])
    bookmark.set("post_data", tag["post_data"])
    if tag["href"] != nil { bookmark.set("feed", tag["feedurl"]) }
    bookmark.tags = tags
    if let own {
      bookmark.note = note.flatMap { $0.isEmpty ? nil : $0 }
      own.complete(&bookmark, .html)
    } else {
      describe(&bookmark)
      // Firefox's rule for a missing date.
      bookmark.createdAt = bookmark.createdAt ?? bookmark.modifiedAt
    }
    return .bookmark(bookmark)
  }

  private var tags: [String] {
    let text = tag["tags"] ?? ""
    guard partsTagsBySpace, !text.utf8.contains(UInt8(ascii: ",")) else {
      return NativeText.names(text)
    }
    return text.unicodeScalars.split(whereSeparator: { $0.isWhitespace }).map(String.init)
  }

  /// Sets the description, from which data of linkding is extracted, as from the tags.
  ///
  /// Source: linkding, `bookmarks/services/exporter.py`.
  private func describe(_ bookmark: inout Bookmark) {
    // SemanticScuttle's attribute.
    let text = note.flatMap { $0.isEmpty ? nil : $0 } ?? tag["description"]?.trimmed ?? ""
    var pieces = [text]
    if let start = text.range(ofASCII: "[linkding-notes]"),
      let end = text[start.upperBound...].range(ofASCII: "[/linkding-notes]")
    {
      pieces = [
        String(text[..<start.lowerBound]) + String(text[end.upperBound...]),
        String(text[start.upperBound..<end.lowerBound]),
      ]
    }
    let note = pieces.map(\.trimmed).filter { !$0.isEmpty }.joined(separator: "\n\n")
    bookmark.note = note.isEmpty ? nil : note
    let archived = "linkding:bookmarks.archived"
    bookmark.set("archived", when: bookmark.tags.contains(archived))
    bookmark.tags.removeAll { $0 == archived }
  }

  /// Seconds since 1970 or, in files written by scripts, Chrome's format.
  private func date(_ name: String) -> Timestamp? {
    tag[name].flatMap { ForeignDate.webKit($0) ?? ForeignDate.any($0) }
  }

  private func isSo(_ name: String) -> Bool {
    switch tag[name]?.lowercased() {
    case "1", "true", "yes": true
    default: false
    }
  }
}

extension StringProtocol {
  /// The first occurrence of an ASCII text.
  func range(ofASCII piece: String) -> Range<Index>? {
    let wanted = Array(piece.utf8)
    var start = utf8.startIndex
    while let first = utf8[start...].firstIndex(of: wanted[0]) {
      if utf8[first...].starts(with: wanted) {
        return first..<utf8.index(first, offsetBy: wanted.count)
      }
      start = utf8.index(after: first)
    }
    return nil
  }

  /// Whether it begins with an ASCII word, given in lower case.
  func hasASCIIPrefix(_ word: String) -> Bool {
    utf8.prefix(word.utf8.count).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
      .elementsEqual(word.utf8)
  }
}
