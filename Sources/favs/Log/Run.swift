internal import Favourites
internal import Host

/// One run of the program, for the log and the profile.
struct Run {
  /// The command's full name; nil where the command line was not understood.
  private(set) var command: String?
  /// Counts the work on database files.
  private(set) var meter = StoreMeter()
  /// The time spent waiting for a person or for another program's output, in nanoseconds.
  var waited: UInt64 = 0
  /// How the network was used.
  var network = NetworkTally()
  /// Why the run failed.
  var failure: Failure?
  private var isProfiling = false
  private let start = Clock.monotonicNanoseconds()
  private let wanted = LogLevel.wanted()

  /// The duration from which a run is slow, in milliseconds.
  static let slowFrom = 250.0
  /// The size at which the log is rotated, in bytes.
  static let longestLog: Int64 = 1 << 20
  /// Commands that are logged only if they fail, since they only show something.
  static let unlogged = ["logs", "help", "version", "completions", "complete", "man"]

  /// Records the command, once its words are understood.
  mutating func begin(_ command: String, isProfiling: Bool = false) {
    self.command = command
    self.isProfiling = isProfiling
    if isProfiling {
      meter = StoreMeter(.plans)
    } else if wanted == .debug {
      meter = StoreMeter(.statements)
    }
  }

  /// Prints the profile where it was requested, and writes the log. Errors here are not reported:
  /// the command is over, and its result does not depend on them.
  func end(_ code: ExitCode) {
    let passed = Clock.monotonicNanoseconds() - start
    let milliseconds = Double((passed - min(waited, passed)) / 1_000) / 1_000
    if isProfiling { Output.tell(ProfileText.text(meter, network, milliseconds: milliseconds)) }
    let level = Self.level(code, milliseconds)
    guard let wanted, level >= wanted, level == .error || !Self.unlogged.contains(command ?? "")
    else { return }
    guard let path = (try? StandardPaths.log()) ?? nil else { return }
    let writer = LogWriter(
      run: self, time: Timestamp(milliseconds: Clock.now()), isDetailed: wanted == .debug)
    let lines = writer.lines(level, code, milliseconds)
    do throws(HostError) {
      do throws(HostError) {
        try Self.append(lines, to: path)
      } catch let error where error.isNotFound {
        try Directory.createPrivate(Directory.above(path), like: path)
        try Self.append(lines, to: path)
      }
    } catch {
      // A log that cannot be written is skipped.
    }
  }

  /// The level of a run.
  static func level(_ code: ExitCode, _ milliseconds: Double) -> LogLevel {
    if (2...8).contains(code.rawValue) { return .error }
    return milliseconds > slowFrom ? .slow : .info
  }

  private static func append(_ lines: [UInt8], to path: String) throws(HostError) {
    try File.append(lines, to: path, limit: longestLog, old: path + ".1")
  }
}
