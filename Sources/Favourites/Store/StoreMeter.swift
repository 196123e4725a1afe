internal import SQLite

/// Counts what the stores of one run do. Make it before the first store is opened; read it when all
/// are closed.
package struct StoreMeter {
  /// How much detail is recorded.
  package enum Detail: Sendable {
    /// Rows, errors and waiting times.
    case counts
    /// Also what each statement did.
    case statements
    /// Also its query plan.
    case plans
  }

  let meter: Meter
  private let upgrades = Upgrades()

  /// Makes a meter with all counts at zero.
  package init(_ detail: Detail = .counts) {
    switch detail {
    case .counts: meter = Meter(.counts)
    case .statements: meter = Meter(.statements)
    case .plans: meter = Meter(.plans)
    }
  }

  /// The number of rows read.
  package var rowsRead: Int { meter.rowsRead }
  /// The number of rows written, including those rolled back.
  package var rowsWritten: Int { meter.rowsWritten }
  /// How long the run waited for its turn to write.
  package var lockWaitedMilliseconds: Int { meter.lockWaitedMilliseconds }
  /// SQLite's extended code of the last error, even if it was recovered from; nil if there was
  /// none.
  package var errorCode: Int32? { meter.lastError?.code.rawValue }
  /// The operating system's `errno` for that error; nil if there was none.
  package var systemError: Int32? {
    meter.lastError.flatMap { $0.systemError == 0 ? nil : $0.systemError }
  }

  /// What each statement did, the slowest first; empty if only rows are counted.
  package var statements: [StatementReport] {
    meter.profiles.sorted { $0.nanoseconds > $1.nanoseconds }.map(StatementReport.init)
  }

  /// What upgrading an older file changed in the data that users entered; nil for nothing.
  package var upgrade: Upgrade? { upgrades.last }

  /// Notes that a file was upgraded.
  func note(_ upgrade: Upgrade) { upgrades.last = upgrade }

  private final class Upgrades {
    var last: Upgrade?
  }

  /// Notes how long the run waited for its turn to write.
  func noteWaiting(milliseconds: Int) { meter.lockWaitedMilliseconds += milliseconds }
}
