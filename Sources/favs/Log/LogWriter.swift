internal import Favourites
internal import Host

/// One run as lines of the log: JSON, all keys always there but those of the network, which stand where it was used.
///
/// Titles, URLs, notes and the words of the command line are never among them; messages only where every
/// detail was asked for.
struct LogWriter {
  let run: Run
  let time: Timestamp
  /// True for messages, and a line for each SQL statement before that of the run.
  let isDetailed: Bool

  /// All lines of the run.
  func lines(_ level: LogLevel, _ code: ExitCode, _ milliseconds: Double) -> [UInt8] {
    var json = JSONWriter(capacity: 400)
    if isDetailed {
      for statement in run.meter.statements { write(statement, to: &json) }
    }
    begin(level, milliseconds, &json)
    json.key("exit")
    json.integer(Int64(code.rawValue))
    json.key("error")
    json.stringOrNull(level == .error ? code.name : nil)
    json.key("rows_read")
    json.integer(Int64(run.meter.rowsRead))
    json.key("rows_written")
    json.integer(Int64(run.meter.rowsWritten))
    for (key, number) in [
      ("sqlite", run.meter.errorCode),
      ("errno", run.failure?.systemError ?? run.meter.systemError),
    ] {
      json.key(key)
      if let number { json.integer(Int64(number)) } else { json.null() }
    }
    json.key("lock_wait_ms")
    json.integer(Int64(run.meter.lockWaitedMilliseconds))
    if run.network.requests > 0 {
      json.key("requests")
      json.integer(Int64(run.network.requests))
      json.key("network_ms")
      json.integer(Int64(run.network.nanoseconds / 1_000_000))
    }
    if isDetailed {
      json.key("message")
      json.stringOrNull(run.failure?.message)
    }
    end(&json)
    return json.bytes
  }

  private func write(_ statement: StatementReport, to json: inout JSONWriter) {
    begin(.debug, Double(statement.nanoseconds / 1_000) / 1_000, &json)
    json.key("sql")
    json.string(statement.sql)
    json.key("runs")
    json.integer(Int64(statement.runs))
    json.key("rows")
    json.integer(Int64(statement.rows))
    json.key("steps")
    json.integer(Int64(statement.steps))
    json.key("message")
    json.stringOrNull(statement.error)
    end(&json)
  }

  private func begin(_ level: LogLevel, _ milliseconds: Double, _ json: inout JSONWriter) {
    json.beginObject()
    json.key("time")
    json.string(time.text)
    json.key("level")
    json.string(level.rawValue)
    json.key("command")
    json.stringOrNull(run.command)
    json.key("ms")
    json.number(milliseconds)
  }

  private func end(_ json: inout JSONWriter) {
    json.key("pid")
    json.integer(Int64(ThisProcess.number))
    json.key("version")
    json.string(Program.version)
    json.endObject()
    json.newline()
  }
}
