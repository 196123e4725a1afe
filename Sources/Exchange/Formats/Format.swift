/// A foreign format that can be read: how it is known, and how it is read.
package struct Format: Sendable {
  /// As `--format` names it.
  package let name: String
  /// What it is, for a list of formats.
  package let summary: String
  /// Whether the beginning of a file looks like it.
  let isRecognised: @Sendable (Sniff) -> Bool
  /// What `read` runs.
  let reader: @Sendable (inout ForeignFile, ReadingOptions, ItemSink) throws(ExchangeError) -> Void
  /// Whether it has columns that can be given to fields: see `ReadingOptions.columns`.
  package var takesColumns = false
  /// Whether it has a header that may stand on any line: see `ReadingOptions.headerLine`.
  package var isTable = false
  /// Whether it is read by SQLite, which one thread at a time may use.
  package var opensDatabases = false

  /// All formats. Of those that recognise a file, the first is taken, so what is peculiar stands before what is
  /// general.
  package static let all: [Format] = [
    // Begins with a bracket, as JSON does.
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

  /// Reads a file to its end, and hands over what is in it in the order in which it stands there.
  ///
  /// - Parameter take: takes an item and the place where it stands. What it throws ends the reading, and is thrown on.
  package func read<Refusal: Error>(
    _ file: inout ForeignFile, _ options: ReadingOptions,
    _ take: (ImportedItem, Place) throws(Refusal) -> Void
  ) throws(ReadingError<Refusal>) {
    // A reader is a value that formats are made of, and cannot be generic: between here and the taker its errors
    // travel beside it.
    var refusal: Refusal?
    do throws(ExchangeError) {
      try reader(&file, options) { (item, place) throws(ExchangeError) in
        do throws(Refusal) {
          try take(item, place)
        } catch {
          refusal = error
          throw .stopped
        }
      }
    } catch {
      throw refusal.map { .taker($0) } ?? .file(error)
    }
  }

  /// The same for who takes whatever comes.
  package func read(
    _ file: inout ForeignFile, _ options: ReadingOptions, _ take: (ImportedItem, Place) -> Void
  ) throws(ExchangeError) {
    try reader(&file, options) { (item, place) throws(ExchangeError) in take(item, place) }
  }

  /// The format of a file that begins so; nil for none that is known.
  package static func of(_ sniff: Sniff) -> Format? { all.first { $0.isRecognised(sniff) } }

  /// The format of a name.
  package static func named(_ name: String) -> Format? { all.first { $0.name == name } }
}

/// What a person says about how a file is to be read.
package struct ReadingOptions: Sendable {
  /// Columns of a table by the fields that they stand for, as `TableField` names these.
  package var columns: [String: String] = [:]
  /// The line on which a table's header stands, where a person says so.
  package var headerLine: Int?

  package init() {}
}

/// Why the reading of a file ended before the file did.
package enum ReadingError<Refusal: Error>: Error {
  /// The file cannot be read on.
  case file(ExchangeError)
  /// Who takes the items threw this.
  case taker(Refusal)
}
