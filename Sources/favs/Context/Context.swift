internal import Favourites
internal import Host

/// What a command runs in: its output, its file, its words.
struct Context {
  var output: Output
  /// The file of favourites.
  let file: FavouritesFile
  /// The command line.
  var words: CommandWords
  /// When the command began.
  let now: Timestamp
  let global: GlobalOptions
  /// What the person has settled once and for all.
  let settings: Settings
  /// The favourites that words of the command line named by their text.
  var mentions: [Int64] = []
  /// What the history keeps as the command of a change, where that is not the command line: what was done in
  /// a picker.
  var deedWords: CommandWords?
  /// What was made for good, once something is.
  var deed: Deed?
  /// Whether favourites are read with what was seen of their links.
  var tellsSights = false
  /// What the network was used for.
  var network = NetworkTally()
  /// How long a person was waited for, in nanoseconds.
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

  /// True where nothing at all is to be changed.
  var isRehearsal: Bool { file.isRehearsal }

  /// The file for reading, favourites with what was seen of their links where that is told.
  func reading() throws(Failure) -> Store {
    var store = try file.reading()
    store.tellsSights = tellsSights
    return store
  }

  /// Runs a part of a command that waits for a person, or for another program's output: nothing that the
  /// command is to blame for.
  mutating func waiting<Result: ~Copyable>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = Clock.monotonicNanoseconds()
    defer { waitedForPerson += Clock.monotonicNanoseconds() - start }
    return try body()
  }

  /// Notes that a person was waited for, in nanoseconds.
  mutating func noteWaiting(nanoseconds: UInt64) { waitedForPerson += nanoseconds }

  /// How long others were waited for, in nanoseconds.
  var waited: UInt64 { waitedForPerson + output.waited }

  /// Runs a part of a command that reads, and gives its errors their words.
  func opened<Result: ~Copyable>(
    _ body: () throws(StoreError) -> Result
  ) throws(Failure) -> Result {
    try Failure.of(file.path, body)
  }

  /// The same for one call of the library.
  func opened<Result: ~Copyable>(
    _ body: @autoclosure () throws(StoreError) -> Result
  ) throws(Failure) -> Result {
    try Failure.of(file.path, body)
  }

  /// Whether a person has what was seen of links among the columns of tables.
  var showsSights: Bool {
    guard output.isTerminal, let columns = try? settings.value(of: .columns) else { return false }
    return columns.contains(.link)
  }

  /// Says what was done; in a rehearsal, what would be.
  mutating func tell(_ told: Told) throws(Failure) {
    try output.note(Escaping.forTerminal(told.text(isRehearsal: isRehearsal)))
  }
}
