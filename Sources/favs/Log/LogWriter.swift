internal import Favourites
internal import Host

/// Formats one run as lines of JSON. All keys are always present, except those of the network,
/// which appear only where it was used.
///
/// Titles, URLs, notes and the words of the command line are never logged, and messages only where
/// every detail was requested.
struct LogWriter {
  let run: Run
  let time: Timestamp
  /// Whether to log messages, and a line for each SQL statement before that of the run.
  let isDetailed: Bool

  /// All lines of the run.
  func lines(_ level: LogLevel, _ code: ExitCode, _ milliseconds: Double) -> [UInt8] {
    var json = JSONWriter(capacity: 400)
    if isDetailed {
      for statement in run.meter.statements { write(statement, to: &json) }
    }
    begin(level, milliseconds, &json)
    json.member("exit", Int64(code.rawValue))
    json.member("error", level == .error ? code.name : nil)
    json.member("rows_read", Int64(run.meter.rowsRead))
    json.member("rows_written", Int64(run.meter.rowsWritten))
    for (key, number) in [
      ("sqlite", run.meter.errorCode),
      ("errno", run.failure?.systemError ?? run.meter.systemError),
    ] {
      json.member(key, number.map(Int64.init))
    }
    json.member("lock_wait_ms", Int64(run.meter.lockWaitedMilliseconds))
    if run.network.requests > 0 {
      json.member("requests", Int64(run.network.requests))
      json.member("network_ms", Int64(run.network.nanoseconds / 1_000_000))
    }
    if isDetailed {
      json.member("message", run.failure?.message)
    }
    end(&json)
    return json.bytes
  }

  private func write(_ statement: StatementReport, to json: inout JSONWriter) {
    begin(.debug, Double(statement.nanoseconds / 1_000) / 1_000, &json)
    json.member("sql", statement.sql)
    json.member("runs", Int64(statement.runs))
    json.member("rows", Int64(statement.rows))
    json.member("steps", Int64(statement.steps))
    json.member("message", statement.error)
    end(&json)
  }

  private func begin(_ level: LogLevel, _ milliseconds: Double, _ json: inout JSONWriter) {
    json.beginObject()
    json.member("time", time.text)
    json.member("level", level.rawValue)
    json.member("command", run.command)
    json.key("ms")
    json.number(milliseconds)
  }

  private func end(_ json: inout JSONWriter) {
    json.member("pid", Int64(ThisProcess.number))
    json.member("version", Program.version)
    json.endObject()
    json.newline()
  }
}
