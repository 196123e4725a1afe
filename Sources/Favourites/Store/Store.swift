internal import Host
internal import SQLite

/// One open favourites file.
///
/// Reading and writing are in extensions, a file for each aspect. Whatever writes does so inside
/// `change(_:_:)`.
package struct Store: ~Copyable {
  /// Where the file is, as the user named it.
  package let path: String
  let connection: Connection
  /// Counts what is done.
  let meter: StoreMeter
  /// The change under way, while one is.
  var change: PendingChange?
  /// The writers' lock, from before the file was opened until the first change has ended.
  var gate: Lock?
  /// The favourites that were found by a text, in the trash or out of it, for the change to come.
  package var mentions: [Int64] = []
  /// What was changed of what was entered while the file was brought up to date.
  var upgrade: Upgrade?
  /// True once a search had to do without the index, since that is damaged.
  package internal(set) var isSearchDamaged = false
  /// Rows of derived tables that the change under way puts off: see `writeDerived()`.
  var derived = DerivedRows()
  /// The words that the change under way has seen in what it indexed, by their hashes.
  var words = HashesMet()
  /// Those words, until they are written.
  var wordsMet: [String] = []
  /// How many favourites the transaction under way wrote to the index.
  var indexed = 0
  /// Whether favourites are read with what was seen of their links.
  package var tellsSights = false
  /// Whether favourites are read without their notes and ranks, which may be long or take counting.
  var readsBriefly = false
  /// Cuts what is indexed into words, once there is anything to cut.
  var wordTokenizer: Tokenizer?
  /// Rank sums read so far; valid until something is placed.
  var ranks = RankCache()

  init(path: String, connection: consuming Connection, meter: StoreMeter) {
    self.path = path
    self.connection = connection
    self.meter = meter
  }

  /// Says that one thread alone will use stores in this process. To be called before the first is opened.
  package static func useOneThread() { Connection.useOneThread() }

  /// The version of SQLite that the program was built with or runs on.
  package static var libraryVersion: String { Connection.libraryVersion }

  /// Largest stored value in bytes: the longest note with its metadata and JSON escapes.
  static let longestValue = Connection.longest
  /// How long a command waits for another that writes, in milliseconds.
  package static let patience = Connection.patience
  /// Up to how much a long change may hold in memory before it locks readers out, in MiB.
  static let heldMebibytes = 192
}
