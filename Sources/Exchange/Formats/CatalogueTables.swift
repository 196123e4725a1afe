internal import Favourites

// Tables of services that catalogue books, films and music.

extension Format {
  /// Goodreads' export. `Bookshelves` become tags; redundant columns (the reversed name of the
  /// author, the shelves with positions) are skipped, as is a rating of 0, which means none.
  ///
  /// Source:
  /// `Book Id,Title,Author,Author l-f,…,Date Added,Bookshelves,…,Exclusive Shelf,My Review,…`, in
  /// its exports.
  static let goodreads = table(
    "goodreads", summary: "Goodreads, CSV",
    header: ["book_id", "title", "author", "bookshelves", "exclusive_shelf"],
    TableLayout(
      columns: [
        "bookshelves": .field(.tags),
        "bookshelves_with_positions": .ignored,
        "author_l_f": .ignored,
        "my_rating": .custom { if $1 != "0" { $0.add($1, as: "my_rating") } },
        "my_review": .custom { $0.takeReview($1) },
      ]))

  /// StoryGraph's export.
  ///
  /// Source:
  /// `Title,Authors,Contributors,ISBN/UID,Format,Read Status,Date Added,…,Star Rating,Review,…,Tags,Owned?`.
  static let storygraph = table(
    "storygraph", summary: "StoryGraph, CSV", header: ["title", "authors", "read_status"],
    TableLayout(columns: ["review": .custom { $0.takeReview($1) }]))

  /// LibraryThing's export. Its `Date` is that of the book; many values are in brackets.
  ///
  /// Source: `Book Id`, `Title`, …, `Entry Date`, in the columns of its tab-delimited exports.
  static let librarything = table(
    "librarything", summary: "LibraryThing, TSV",
    header: ["book_id", "title", "publication", "date", "collections"],
    TableLayout(
      columns: [
        "date": .custom { $0.add($1.withoutBrackets, as: "date") },
        "entry_date": .custom { bookmark, text in
          bookmark.createdAt = ForeignDate.any(text.withoutBrackets)
          if bookmark.createdAt == nil { bookmark.add(text, as: "entry_date") }
        },
        "acquired": .custom { $0.add($1.withoutBrackets, as: "acquired") },
        "date_started": .custom { $0.add($1.withoutBrackets, as: "date_started") },
        "date_read": .custom { $0.add($1.withoutBrackets, as: "date_read") },
        "isbn": .custom { $0.addWord($1.withoutBrackets, as: "isbn") },
        "review": .field(.note),
        "comment": .custom { $0.add($1, as: "comment") },
        "collections": .custom { $0.add($1, as: "collections") },
      ]))

  /// Letterboxd's diary, watchlist, ratings, reviews and likes. Its lists have common columns, and
  /// need no layout.
  ///
  /// Source: `Date,Name,Year,Letterboxd URI`, with more behind them, in its exports.
  static let letterboxd = table(
    "letterboxd", summary: "Letterboxd, CSV", header: ["name", "year", "letterboxd_uri"],
    TableLayout())

  /// IMDb's lists and ratings.
  ///
  /// Source: `Position,Const,Created,Modified,Description,Title,…,URL,Title Type,…`, in its
  /// exports.
  static let imdb = table(
    "imdb", summary: "IMDb, CSV", header: ["const", "title", "url", "title_type"], TableLayout())

  /// Spotify songs, as exported by Exportify and similar tools.
  ///
  /// Source: `Track URI,Track Name,Album Name,Artist Name(s),…,Added At`, as Exportify writes it.
  static let exportify = table(
    "exportify", summary: "Exportify, CSV", header: ["track_uri", "track_name"], TableLayout())

  /// YouTube playlists in Google Takeout, including "watch later". The names of columns are in the
  /// user's language; lines above them, about the playlist itself, are ignored.
  ///
  /// Source: `Video ID,Playlist Video Creation Timestamp`, before 2023 `Video ID,Time Added`.
  static let youtube = Format(
    name: "youtube", summary: "YouTube playlists from Google Takeout, CSV",
    isRecognised: { sniff in
      guard let header = sniff.header, let index = header.names.firstIndex(where: isVideo) else {
        return false
      }
      let cells = header.sample.compactMap { index < $0.count ? $0[index].trimmed : nil }
      return cells.filter { !$0.isEmpty }.allSatisfy(isVideoID)
        && !header.names.contains { TableField(named: $0) == .url }
    },
    reader: { (input, options, sink) throws(ExchangeError) in
      var layout = TableLayout(isTelling: true, findsDates: true)
      for name in TableNames.videos {
        layout.columns[name] = .custom { bookmark, id in
          bookmark.url = "https://www.youtube.com/watch?v=" + id
        }
      }
      let table = try ForeignTable(&input, options)
      try ForeignTable.read(&input, from: table, layout, options, sink)
    },
    takesColumns: true, isTable: true)

  private static func isVideo(_ name: String) -> Bool { TableNames.videos.contains(name) }

  private static func isVideoID(_ text: String) -> Bool {
    text.utf8.count == 11
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x2D || $0 == 0x5F
      }
  }
}

// Tables of services that store links.

extension Format {
  /// Reddit's data export: saved, upvoted or hidden posts.
  ///
  /// Source: `id,permalink`, in its archives.
  static let reddit = table(
    "reddit", summary: "saved Reddit posts, CSV", header: ["id", "permalink"], only: true,
    TableLayout(columns: ["id": .ignored]))

  /// Diigo's export: tags separated by spaces, quoted if they contain any, and `no_tag` for none.
  ///
  /// Source: `title,url,tags,description,comments,annotations,created_at`, in its exports.
  static let diigo = table(
    "diigo", summary: "Diigo, CSV",
    header: ["title", "url", "tags", "comments", "annotations", "created_at"],
    TableLayout(
      columns: [
        "tags": .custom { bookmark, text in
          bookmark.tags += TagList.spaced(text).filter { $0 != "no_tag" }
        }
      ]))
}

extension Bookmark {
  /// Uses a review, which contains HTML line breaks, as the note.
  fileprivate mutating func takeReview(_ text: String) {
    note = (try? MarkupText.plain(text)) ?? text
  }
}

extension String {
  /// The text inside square brackets; the text itself if there are none.
  fileprivate var withoutBrackets: String {
    let text = trimmed
    guard text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]") else {
      return text
    }
    return String(text.dropFirst().dropLast()).trimmed
  }
}
