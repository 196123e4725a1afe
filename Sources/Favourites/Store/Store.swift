internal import Host
internal import SQLite

/// One open favourites file.
///
/// Reading and writing are in extensions, one file per aspect. All writes happen inside
/// `change(_:_:)`.
package struct Store: ~Copyable {
  /// The path of the file, as the user gave it.
  package let path: String
  let connection: Connection
  /// Counts the work done.
  let meter: StoreMeter
  /// The change in progress, if any.
  var change: PendingChange?
  /// The writers' lock, held from before the file was opened until the first change has ended.
  var gate: Lock?
  /// The favourites found by a text, in the trash or out of it, for the next change.
  package var mentions: [Int64] = []
  /// The fields that the last change left out where two categories became one.
  package internal(set) var clashes: [FieldClash] = []
  /// What upgrading the file changed in the data that users entered.
  var upgrade: Upgrade?
  /// Whether a search had to do without the index because it is damaged.
  package internal(set) var isSearchDamaged = false
  /// Rows of derived tables that the change in progress defers: see `writeDerived()`.
  var derived = DerivedRows()
  /// Hashes of the words that the change in progress has indexed.
  var words = HashesMet()
  /// The words themselves, until they are written.
  var wordsMet: [String] = []
  /// What the transaction in progress wrote to the index, or removed from it.
  var indexed = IndexedAmount()
  /// How many words are in the columns of the index, for favourites that get their places next: see
  /// `SearchLengths`.
  var lengths: [Int64: [UInt8]] = [:]
  /// Whether favourites are read with the last results of checking their links.
  package var tellsSights = false
  /// Whether searches read the index themselves where that is quicker than FTS5.
  var readsIndex = true
  /// Whether favourites are read without their notes and ranks, which may be long or need counting.
  var readsBriefly = false
  /// Splits indexed text into words; made when first needed.
  var wordTokenizer: Tokenizer?
  /// Rank sums read so far; valid until a favourite is placed.
  var ranks = RankCache()

  init(path: String, connection: consuming Connection, meter: StoreMeter) {
    self.path = path
    self.connection = connection
    self.meter = meter
  }

  /// Declares that a single thread will use stores in this process. Call it before the first store
  /// is opened.
  package static func useOneThread() { Connection.useOneThread() }

  /// The version of SQLite that the program was built with or runs on.
  package static var libraryVersion: String { Connection.libraryVersion }

  /// Largest stored value in bytes: the longest note with its metadata and JSON escapes.
  static let longestValue = Connection.longest
  /// How long a command waits for another writer, in milliseconds.
  package static let patience = Connection.patience
  /// How much memory a long change may use before it locks readers out, in MiB.
  static let heldMebibytes = 192
}
