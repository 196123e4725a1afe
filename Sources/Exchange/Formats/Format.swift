/// An import format: how to recognise it, and how to read it.
package struct Format: Sendable {
  /// The name, for `--format`.
  package let name: String
  /// A summary, for a list of formats.
  package let summary: String
  /// Whether the beginning of a file looks like this format.
  let isRecognised: @Sendable (Sniff) -> Bool
  /// The function that `read` calls.
  let reader: @Sendable (inout ForeignFile, ReadingOptions, ItemSink) throws(ExchangeError) -> Void
  /// Whether columns can be assigned to fields: see `ReadingOptions.columns`.
  package var takesColumns = false
  /// Whether the header may be on any line: see `ReadingOptions.headerLine`.
  package var isTable = false
  /// Whether it is read with SQLite, which only one thread may use at a time.
  package var opensDatabases = false

  /// All formats. The first one that recognises a file is used, so specific formats come before
  /// general ones.
  package static let all: [Format] = [
    // Its files begin with a bracket, like JSON.
    .pet,
    .databases,
    .safari,
    .firefox,
    .chromium,
    .arc,
    .linkwarden,
    .karakeep,
    .pinboard,
    .omnivore,
    .wallabag,
    .taskwarrior,
    .bukuJSON,
    .github,
    .goodlinks,
    .trakt,
    .geoJSON,
    .googleReader,
    .toby,
    .favs,
    .json,
    .xbel,
    .opml,
    .atom,
    .rss,
    .pinboardXML,
    .gpx,
    .kml,
    .pocketHTML,
    .instapaperHTML,
    .html,
    .pocket,
    .raindrop,
    .instapaper,
    .readwise,
    .matter,
    .mymind,
    .goodreads,
    .storygraph,
    .librarything,
    .letterboxd,
    .imdb,
    .exportify,
    .youtube,
    .reddit,
    .diigo,
    .onetab,
    .csv,
    .nb,
    .org,
    .markdown,
    .urls,
  ]

  /// Reads a file to its end, and passes on its items in order.
  ///
  /// - Parameter take: receives an item and its position. An error that it throws ends the reading,
  ///   and is rethrown.
  package func read<Refusal: Error>(
    _ file: inout ForeignFile, _ options: ReadingOptions,
    _ take: (ImportedItem, Location) throws(Refusal) -> Void
  ) throws(ReadingError<Refusal>) {
    // Readers are stored in formats, so they cannot be generic: errors of `take` bypass them.
    var refusal: Refusal?
    do throws(ExchangeError) {
      try reader(&file, options) { (item, location) throws(ExchangeError) in
        do throws(Refusal) {
          try take(item, location)
        } catch {
          refusal = error
          throw .stopped
        }
      }
    } catch {
      throw refusal.map { .taker($0) } ?? .file(error)
    }
  }

  /// Reads a file to its end, with a receiver that never fails.
  package func read(
    _ file: inout ForeignFile, _ options: ReadingOptions, _ take: (ImportedItem, Location) -> Void
  ) throws(ExchangeError) {
    try reader(&file, options) { (item, location) throws(ExchangeError) in take(item, location) }
  }

  /// The format of a file with this beginning; nil if unknown.
  package static func of(_ sniff: Sniff) -> Format? { all.first { $0.isRecognised(sniff) } }

  /// The format with a name.
  package static func named(_ name: String) -> Format? { all.first { $0.name == name } }
}

/// The user's options for reading a file.
package struct ReadingOptions: Sendable {
  /// The columns of a table, by the names of fields in `TableField`.
  package var columns: [String: String] = [:]
  /// The line of a table's header, if specified.
  package var headerLine: Int?

  package init() {}
}

/// Why reading ended before the end of the file.
package enum ReadingError<Refusal: Error>: Error {
  /// The file is unreadable.
  case file(ExchangeError)
  /// The receiver of the items threw this error.
  case taker(Refusal)
}
