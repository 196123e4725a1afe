internal import Favourites
internal import Host

/// What a command runs in: its output, its file, its words.
struct Context {
  var output: Output
  /// The file of favourites; empty for a command that opens none.
  let path: String
  private var words: [String]
  /// True where a person named the file, by --db or $FAVS_DB.
  let isNamed: Bool
  /// True where the command makes the file if one that was named is not there.
  let makesFile: Bool
  /// True where nothing at all is to be changed, so that an older file is not upgraded either.
  let isRehearsal: Bool
  /// When the command began.
  let now: Timestamp
  let global: GlobalOptions
  /// What the person has settled once and for all.
  let settings: Settings
  /// The favourites that words of the command line named by their text.
  var mentions: [Int64] = []
  /// What the history keeps as the command of a change, where that is not the command line: what was done in
  /// a picker.
  var deedWords: [String]?
  /// What was made for good, once something is.
  private(set) var deed: Deed?
  /// Counts what is done with files of favourites.
  let meter: StoreMeter
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
    self.meter = meter
    var color = global.color
    if color == nil, settings.isInFile(.color) { color = try settings.value(of: .color) }
    output = Output(color: color, isQuiet: global.isQuiet)
    path = opensFile ? try Self.place(global.database) : ""
    isNamed = global.database != nil || Environment.value("FAVS_DB") != nil
    self.words = words
    self.makesFile = makesFile
    self.isRehearsal = isRehearsal
    now = Timestamp(milliseconds: Clock.now())
  }

  /// Finds the place of the file. What ends like a folder is refused before anything is made for it.
  private static func place(_ asked: String?) throws(Failure) -> String {
    let path = try Places.database(asked)
    guard !Store.isCompanionName(path) else { throw Failure(companionName: path) }
    guard ["/", "/.", "/.."].contains(where: path.hasSuffix) else { return path }
    throw Failure(.usage, "'\(path)' is a folder", hint: "name a file")
  }

  /// The file for reading; an empty one where there is none yet, and none was named.
  func reading() throws(Failure) -> Store {
    do {
      var store = try Store.reading(
        path, upgrades: !isRehearsal, mustBeOurs: !isNamed, meter: meter)
      store.tellsSights = tellsSights
      return store
    } catch .host(let error) where error.isNotFound {
      try refuseAbsence()
      return try inMemory()
    } catch {
      throw Failure(error, path: path)
    }
  }

  /// What can be told of an older file without bringing it up to date; nil where there is nothing older.
  func inspectionOfOlder() throws(Failure) -> Inspection? {
    try opened { () throws(StoreError) in
      try Store.inspection(ofOlder: path, mustBeOurs: !isNamed, meter: meter)
    }
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

  /// Takes the favourites that a person picked for named on the command line, as the history shows it.
  mutating func picked(_ ids: [String]) { words += ids }

  /// The command line as a JSON array.
  var feedWords: String { JSONText.array(words) ?? "[]" }

  /// How long others were waited for, in nanoseconds.
  var waited: UInt64 { waitedForPerson + output.waited }

  /// Runs a part of a command that reads, and gives its errors their words.
  func opened<Result: ~Copyable>(
    _ body: () throws(StoreError) -> Result
  ) throws(Failure) -> Result {
    try Failure.of(path, body)
  }

  /// Notes that a file was made, which stays even where that cannot be told.
  mutating func noteMade(_ file: String) { deed = .file(file) }

  /// Notes that a change was made by a sync, which stays even where the rest of it fails.
  mutating func noteChange(_ number: Int64) { deed = .change(number, .undo) }

  /// Makes one change and shows what it did: once it is durable, or, for a rehearsal, before it is taken
  /// back.
  ///
  /// Where there is no file yet, one is made only for a change that keeps something: it is tried in memory first.
  /// - Parameters:
  ///   - isLarge: true for a change of many rows.
  ///   - runsOnce: true where the body takes what cannot be had a second time, and so cannot be tried.
  ///   - wayBack: what takes the change back.
  /// - Returns: what the change gave.
  mutating func change<Result, Refusal: Tellable>(
    _ options: WriteOptions, isLarge: Bool = false, runsOnce: Bool = false,
    wayBack: WayBack = .undo,
    _ body: (inout Store) throws(Refusal) -> Result,
    show: (inout Store, inout Context, Result) throws(Failure) -> Void
  ) throws(Failure) -> Result {
    let request = ChangeRequest(
      command: Self.shown(deedWords ?? words), isRehearsal: options.isRehearsal, isLarge: isLarge)
    let there = try writing(options, makesFile: runsOnce)
    if there == nil {
      var trial = try inMemory()
      let (result, number) = try Failure.of(path) { () throws(Refusal) in
        try trial.change(request, body)
      }
      guard number != nil else {
        try show(&trial, &self, result)
        return result
      }
    }
    var store = if let there { there } else { try made() }
    store.mentions = mentions
    store.tellsSights = tellsSights
    var context = self
    if options.isRehearsal { context.output.holdBack() }
    defer { self = context }
    let path = path
    let (result, number) = try store.change(request) { (store) throws(Failure) in
      let result = try Failure.of(path) { () throws(Refusal) in try body(&store) }
      if options.isRehearsal { try show(&store, &context, result) }
      return result
    }
    if options.isRehearsal { try context.output.release() }
    if !options.isRehearsal, let number { context.deed = .change(number, wayBack) }
    if !options.isRehearsal { try show(&store, &context, result) }
    if global.isVerbose, deedWords == nil, let number {
      try context.tell(
        Told(
          done: "change \(number)", would: "would be change \(number)",
          wayBack: wayBack.rawValue))
    }
    return result
  }

  /// Fills a file in which nothing was ever kept with what an archive holds.
  mutating func load(
    _ options: WriteOptions, _ body: (inout Store) throws(Failure) -> Void
  ) throws(Failure) {
    guard var store = try writing(options, makesFile: false) else {
      return try Store.loading(new: path, meter: meter, body)
    }
    try store.loading(isRehearsal: options.isRehearsal, body)
  }

  /// Whether a person has what was seen of links among the columns of tables.
  var showsSights: Bool {
    guard output.isTerminal, let columns = try? settings.value(of: .columns) else { return false }
    return columns.contains(.link)
  }

  /// Keeps what was seen of links, beside the history.
  mutating func keep(_ sights: [(url: String, sight: LinkSight)]) throws(Failure) {
    guard var store = try writing(WriteOptions(), makesFile: false) else { return }
    try opened { () throws(StoreError) in try store.keep(sights) }
    deed = deed ?? .sights
  }

  /// The file for writing. A rehearsal makes none: where there is no file it plays in memory.
  /// - Parameter makesFile: false to get nothing where there is no file.
  private func writing(_ options: WriteOptions, makesFile: Bool) throws(Failure) -> Store? {
    do throws(StoreError) {
      return try Store.writing(
        path, isQueueing: true, makesFile: false,
        upgrades: !isRehearsal, mustBeOurs: !isNamed, meter: meter)
    } catch .host(let error) where error.isNotFound {
      try refuseAbsence()
      guard !options.isRehearsal else { return try inMemory() }
      return makesFile ? try made() : nil
    } catch {
      throw Failure(error, path: path)
    }
  }

  /// The file for writing, made where there is none.
  private func made() throws(Failure) -> Store {
    try opened { () throws(StoreError) in
      try Store.writing(path, isQueueing: true, mustBeOurs: !isNamed, meter: meter)
    }
  }

  /// An empty store in the place of a file that is not there.
  private func inMemory() throws(Failure) -> Store {
    try opened { () throws(StoreError) in try Store.inMemory(named: path, meter: meter) }
  }

  /// Makes a backup before something that touches very much; none of a file that is not there yet.
  func backUp(_ reason: Backup.Reason) throws(Failure) {
    do throws(StoreError) {
      _ = try Store.backUp(path, reason, mustBeOurs: !isNamed, meter: meter)
    } catch .host(let error) where error.isNotFound {
      return
    } catch {
      throw Failure(error, path: path)
    }
  }

  /// Says what was done; in a rehearsal, what would be.
  mutating func tell(_ told: Told) throws(Failure) {
    try output.note(Escaping.forTerminal(told.text(isRehearsal: isRehearsal)))
  }

  /// The command line for another page, for a person to copy; the option alone where the line has something in it
  /// that cannot be shown as it is.
  func commandLine(page: Int64) -> String {
    var kept: [String] = []
    var skipsNext = false
    // Behind a -- nothing is an option.
    let end = words.firstIndex(of: "--") ?? words.endIndex
    for word in words[..<end] {
      if skipsNext { skipsNext = false; continue }
      if word == "--page" { skipsNext = true; continue }
      if !word.hasPrefix("--page=") { kept.append(word) }
    }
    kept += ["--page", "\(page)"] + words[end...]
    guard !kept.contains(where: Visibility.isAnyHidden) else {
      return "--page \(page)"
    }
    return "favs " + kept.map(ShellWord.quoted).joined(separator: " ")
  }

  /// Words as a shell would take them again, cut where they are long.
  static func shown(_ words: [String]) -> String {
    let line = words.map(ShellWord.quoted).joined(separator: " ")
    return line.utf8.count > longestLine ? line.cut(toBytes: longestLine) + "…" : line
  }

  /// How many bytes of a command line the history keeps.
  private static let longestLine = 240
}
