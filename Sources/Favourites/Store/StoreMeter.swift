internal import SQLite

/// What the stores of one run do, counted. Made before the first is opened, read when all are closed.
package struct StoreMeter {
  /// How much is noted.
  package enum Detail: Sendable {
    /// Rows, errors and waiting.
    case counts
    /// What each statement did.
    case statements
    /// Its query plan too.
    case plans
  }

  let meter: Meter
  private let upgrades = Upgrades()

  /// A meter that has counted nothing yet.
  package init(_ detail: Detail = .counts) {
    switch detail {
    case .counts: meter = Meter(.counts)
    case .statements: meter = Meter(.statements)
    case .plans: meter = Meter(.plans)
    }
  }

  /// How many rows were read.
  package var rowsRead: Int { meter.rowsRead }
  /// How many rows were written, also those that were taken back.
  package var rowsWritten: Int { meter.rowsWritten }
  /// How long the run waited for its turn to write.
  package var lockWaitedMilliseconds: Int { meter.lockWaitedMilliseconds }
  /// SQLite's extended code of the last error, also of one that was got over; nil without one.
  package var errorCode: Int32? { meter.lastError?.code.rawValue }
  /// The operating system's `errno` behind that error; nil without one.
  package var systemError: Int32? {
    meter.lastError.flatMap { $0.systemError == 0 ? nil : $0.systemError }
  }

  /// What each statement did, the slowest first; empty where only rows are counted.
  package var statements: [StatementReport] {
    meter.profiles.sorted { $0.nanoseconds > $1.nanoseconds }.map(StatementReport.init)
  }

  /// What bringing an older file up to date changed of what was entered; nil for nothing.
  package var upgrade: Upgrade? { upgrades.last }

  /// Notes that a file was brought up to date.
  func note(_ upgrade: Upgrade) { upgrades.last = upgrade }

  private final class Upgrades {
    var last: Upgrade?
  }

  /// Notes how long the run waited for its turn to write.
  func noteWaiting(milliseconds: Int) { meter.lockWaitedMilliseconds += milliseconds }
}
