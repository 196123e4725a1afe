internal import Favourites
internal import Host

/// One run of the program: what the log and the profile tell of it.
struct Run {
  /// The command, by its whole name; nil where the words were not understood.
  private(set) var command: String?
  /// Counts what is done with files of favourites.
  private(set) var meter = StoreMeter()
  /// How long a person, or another program's output, was waited for, in nanoseconds.
  var waited: UInt64 = 0
  /// What the network was used for.
  var network = NetworkTally()
  /// Why it failed.
  var failure: Failure?
  private var isProfiling = false
  private let start = Clock.monotonicNanoseconds()
  private let wanted = LogLevel.wanted()

  /// From how many milliseconds on a run is slow.
  static let slowFrom = 250.0
  /// How large the log grows before it is set aside.
  static let longestLog: Int64 = 1 << 20
  /// Commands that leave no line unless they fail: to look is nothing to look into later.
  static let unlogged = ["logs", "help", "version", "completions", "complete", "man"]

  /// Notes which command it is, once the words are understood.
  mutating func begin(_ command: String, isProfiling: Bool = false) {
    self.command = command
    self.isProfiling = isProfiling
    if isProfiling {
      meter = StoreMeter(.plans)
    } else if wanted == .debug {
      meter = StoreMeter(.statements)
    }
  }

  /// Tells the profile where it was asked for, and writes to the log what is to stand there. Nothing that
  /// goes wrong here is told: the command is over, and its result does not depend on it.
  func end(_ code: ExitCode) {
    let passed = Clock.monotonicNanoseconds() - start
    let milliseconds = Double((passed - min(waited, passed)) / 1_000) / 1_000
    if isProfiling { Output.tell(ProfileText.text(meter, network, milliseconds: milliseconds)) }
    let level = Self.level(code, milliseconds)
    guard let wanted, level >= wanted, level == .error || !Self.unlogged.contains(command ?? "")
    else { return }
    guard let path = (try? Places.log()) ?? nil else { return }
    let writer = LogWriter(
      run: self, time: Timestamp(milliseconds: Clock.now()), isDetailed: wanted == .debug)
    let lines = writer.lines(level, code, milliseconds)
    do throws(HostError) {
      do throws(HostError) {
        try Self.append(lines, to: path)
      } catch let error where error.isNotFound {
        try Directory.createPrivate(Places.folder(of: path), like: path)
        try Self.append(lines, to: path)
      }
    } catch {
      // A log that cannot be written is none.
    }
  }

  /// How much a run matters.
  static func level(_ code: ExitCode, _ milliseconds: Double) -> LogLevel {
    if (2...8).contains(code.rawValue) { return .error }
    return milliseconds > slowFrom ? .slow : .info
  }

  private static func append(_ lines: [UInt8], to path: String) throws(HostError) {
    try File.append(lines, to: path, limit: longestLog, old: path + ".1")
  }
}
