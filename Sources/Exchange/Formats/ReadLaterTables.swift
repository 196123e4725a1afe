internal import Favourites

// Tables of services that store links to read later. Row numbers of a service are ignored.

extension Format {
  /// Pocket's export; its files outlive the service.
  ///
  /// Source: `title,url,time_added,tags,status`, since 2024 with `cursor` behind `time_added`, in
  /// its exports.
  static let pocket = table(
    "pocket", summary: "Pocket, CSV", header: ["title", "url", "time_added", "tags", "status"],
    TableLayout(
      columns: [
        "time_added": .field(.createdAt),
        "tags": .tags(separator: "|"),
        "cursor": .ignored,
        "status": .custom { $0.set("archived", when: $1 == "archive") },
      ],
      finish: { bookmark in
        // Pocket uses the URL as the title of a page that it could not read.
        if bookmark.title == bookmark.url { bookmark.title = nil }
        return nil
      }))

  /// Raindrop's export.
  ///
  /// Source: help.raindrop.io, "Export";
  /// `id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite`.
  static let raindrop = table(
    "raindrop", summary: "Raindrop, CSV",
    header: ["title", "note", "excerpt", "url", "folder", "tags", "created", "cover"],
    TableLayout(
      columns: [
        "id": .ignored,
        "favorite": .custom { $0.set("favorite", when: $1.lowercased() == "true") },
      ],
      finish: { bookmark in
        if bookmark.folders == ["Unsorted"] { bookmark.folders = [] }
        return nil
      }))

  /// Instapaper's export.
  ///
  /// Source: `URL,Title,Selection,Folder`, later `Timestamp` and `Tags` behind it, in its exports.
  static let instapaper = table(
    "instapaper", summary: "Instapaper, CSV",
    header: ["url", "title", "selection", "folder"],
    TableLayout(
      columns: [
        "selection": .field(.note),
        "folder": .custom { bookmark, folder in
          switch folder {
          case "Unread": break
          case "Archive": bookmark.set("archived", when: true)
          case "Starred": bookmark.set("starred", when: true)
          default: bookmark.folders = [folder]
          }
        },
      ],
      finish: { bookmark in
        bookmark.takeTitleFromNote()
        return nil
      }))

  /// The export of Readwise Reader; items from feeds are skipped.
  ///
  /// Source: `Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen`, in its
  /// exports.
  static let readwise = table(
    "readwise", summary: "Readwise Reader, CSV",
    header: ["title", "url", "document_tags", "saved_date", "reading_progress", "location"],
    TableLayout(
      columns: [
        "id": .ignored,
        "document_tags": .field(.tags),
        "seen": .custom { $0.set("seen", when: $1.lowercased() == "true") },
      ],
      finish: { bookmark in
        bookmark.metadata["location"] == .text("feed") ? "what a feed brought" : nil
      }))

  /// Matter's export. Its only date is that of the last interaction with an item.
  ///
  /// Source:
  /// `Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction Date,File Id`,
  /// as Karakeep reads it (`packages/shared/import-export/parsers.ts`).
  static let matter = table(
    "matter", summary: "Matter, CSV",
    header: ["title", "url", "tags", "in_queue", "last_interaction_date"],
    TableLayout(
      columns: [
        "tags": .tags(separator: ";"),
        "last_interaction_date": .field(.createdAt),
        "file_id": .ignored,
        "in_queue": .custom { $0.set("archived", when: $1 == "False") },
        "favorited": .custom { $0.set("favorited", when: $1 == "True") },
        "read": .custom { $0.set("read", when: $1 == "True") },
      ]))

  /// mymind's export, in which notes and quotes have no URL.
  ///
  /// Source: `id,type,title,url,content,note,tags,created`, in its exports.
  static let mymind = table(
    "mymind", summary: "mymind, CSV",
    header: ["id", "type", "title", "url", "content", "note", "tags", "created"],
    TableLayout(
      columns: [
        "id": .ignored,
        "content": .custom { bookmark, text in
          bookmark.note = [text, bookmark.note].compactMap(\.self).joined(separator: "\n\n")
        },
      ],
      finish: { bookmark in
        bookmark.takeTitleFromNote()
        return nil
      }))
}

extension Bookmark {
  /// Takes the title from the first line of the note, if there is no title or URL; removes the note
  /// if it says no more.
  mutating func takeTitleFromNote() {
    guard (title?.trimmed ?? "").isEmpty, (url?.trimmed ?? "").isEmpty, let note else { return }
    let text = note.trimmed
    let line = String(text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }).trimmed
    title = line.cut(toBytes: 200)
    if text.utf8.elementsEqual((title ?? "").utf8) { self.note = nil }
  }
}

extension String {
  /// The longest beginning that fits into a number of bytes, with `…` if something was cut.
  func cut(toBytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var scalars = String.UnicodeScalarView()
    var size = 3
    for scalar in unicodeScalars {
      size += UTF8.width(scalar)
      guard size <= limit else { break }
      scalars.append(scalar)
    }
    scalars.append("…")
    return String(scalars)
  }
}
