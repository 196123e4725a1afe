internal import Favourites
internal import Host

/// The environment of a command: its output, its database, its words.
struct Context {
  var output: Output
  /// The database.
  let file: FavouritesFile
  /// The command line.
  var words: CommandWords
  /// The time at which the command began.
  let now: Timestamp
  let global: GlobalOptions
  /// The user's settings.
  let settings: Settings
  /// The favourites that the command line named by title or URL.
  var mentions: [Int64] = []
  /// The command that the history records for a change, if it is not the command line: an action in
  /// a picker.
  var deedWords: CommandWords?
  /// The first durable result of the command, once there is one.
  var deed: Deed?
  /// Whether favourites are read together with the results of link checks.
  var tellsSights = false
  /// How the network was used.
  var network = NetworkTally()
  /// The time spent waiting for the user, in nanoseconds.
  private var waitedForPerson: UInt64 = 0

  init(
    global: GlobalOptions, words: [String], opensFile: Bool = true, makesFile: Bool = false,
    isRehearsal: Bool = false, settings: Settings = .none, meter: StoreMeter = StoreMeter()
  ) throws(Failure) {
    self.global = global
    self.settings = settings
    var color = global.color
    if color == nil, settings.isInFile(.color) { color = try settings.value(of: .color) }
    output = Output(color: color, isQuiet: global.isQuiet)
    file = FavouritesFile(
      path: opensFile ? try FavouritesFile.place(global.database) : "",
      isNamed: FavouritesFile.isNamed(global.database), makesFile: makesFile,
      isRehearsal: isRehearsal, meter: meter)
    self.words = CommandWords(words)
    now = Timestamp(milliseconds: Clock.now())
  }

  /// Whether this is a dry run, which changes nothing.
  var isRehearsal: Bool { file.isRehearsal }

  /// The database opened for reading, with the results of link checks if they are to be shown.
  func reading() throws(Failure) -> Store {
    var store = try file.reading()
    store.tellsSights = tellsSights
    return store
  }

  /// Runs a part of a command that waits for the user or for another program's output. The time
  /// does not count as the command's own.
  mutating func waiting<Result: ~Copyable>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = Clock.monotonicNanoseconds()
    defer { waitedForPerson += Clock.monotonicNanoseconds() - start }
    return try body()
  }

  /// Adds to the time spent waiting for the user.
  mutating func noteWaiting(nanoseconds: UInt64) { waitedForPerson += nanoseconds }

  /// The time spent waiting for the user and for readers of the output, in nanoseconds.
  var waited: UInt64 { waitedForPerson + output.waited }

  /// Runs a part of a command that reads, and converts its errors.
  func opened<Result: ~Copyable>(
    _ body: () throws(StoreError) -> Result
  ) throws(Failure) -> Result {
    try Failure.of(file.path, body)
  }

  /// Runs one call of the library, and converts its errors.
  func opened<Result: ~Copyable>(
    _ body: @autoclosure () throws(StoreError) -> Result
  ) throws(Failure) -> Result {
    try Failure.of(file.path, body)
  }

  /// Whether tables include the results of link checks.
  var showsSights: Bool {
    guard output.isTerminal, let columns = try? settings.value(of: .columns) else { return false }
    return columns.contains(.link)
  }

  /// Reports what was done or, in a dry run, what would be done. Where no change was made, there is
  /// nothing to revert.
  mutating func tell(_ told: Told) throws(Failure) {
    var told = told
    if case .change? = deed {} else { told.wayBack = nil }
    try output.note(Escaping.forTerminal(told.text(isRehearsal: isRehearsal)))
  }

  /// Reports the fields that were left out where two categories became one.
  mutating func tell(_ clashes: [FieldClash]) throws(Failure) {
    for clash in clashes {
      let (kept, left) = ("its field \(clash.kept.text)", clash.left.text)
      try tell(
        Told(
          done: "'\(clash.category)' keeps \(kept); \(left) was left out",
          would: "'\(clash.category)' would keep \(kept); \(left) would be left out"))
    }
  }
}
