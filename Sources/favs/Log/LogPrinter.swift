internal import Favourites
internal import Host

/// Prints lines of the log.
struct LogPrinter {
  private let isTerminal: Bool
  private let style: Style

  init(_ context: Context) {
    isTerminal = context.output.isTerminal
    style = context.output.style
  }

  /// The heading above the lines on a terminal. All lines have the same widths, since more may
  /// follow.
  var heading: String {
    style.bold(row(["AGE", "LEVEL", "COMMAND", "MS", "EXIT"], "WHAT"))
  }

  /// One line, with its end.
  func line(_ entry: LogEntry, at now: Timestamp) -> String {
    guard isTerminal else {
      let cells =
        [entry.time.text, entry.level.rawValue]
        + [
          "command", "ms", "exit", "error", "rows_read", "rows_written", "sqlite", "errno",
          "lock_wait_ms", "sql",
        ]
        .map(entry.text)
      return cells.map(Escaping.forTSV).joined(separator: "\t") + "\n"
    }
    let cells = [
      Age.text(from: entry.time, to: now), entry.level.rawValue, entry.command ?? "?",
      Self.text(entry.milliseconds), entry.text("exit"),
    ]
    let text = TextWidth.cut(row(cells, what(entry)), to: Terminal.width())
    return (entry.level == .error ? style.bold(text) : text) + "\n"
  }

  /// Milliseconds with one decimal place.
  static func text(_ milliseconds: Double) -> String {
    // No run takes this long, and the number may not fit into an integer.
    guard milliseconds.magnitude < 1e15 else { return milliseconds.description }
    let tenths = Int64((milliseconds * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }

  private static let columns = [(14, false), (5, false), (15, false), (9, true), (4, true)]

  private func row(_ cells: [String], _ rest: String) -> String {
    let padded = zip(cells, Self.columns).map { cell, column in
      let text = Escaping.forTerminal(cell)
      let space = String(repeating: " ", count: max(0, column.0 - TextWidth.of(text)))
      return column.1 ? space + text : text + space
    }
    return (padded + [rest]).joined(separator: "  ")
  }

  /// Details for a person.
  private func what(_ entry: LogEntry) -> String {
    guard entry.isRun else { return Escaping.forTerminal(entry.text("sql")) }
    var parts = [entry.text("error").split(separator: "_").joined(separator: " ")]
    for (key, name) in [("sqlite", "SQLite error"), ("errno", "errno")] {
      if !entry.text(key).isEmpty { parts.append("\(name) \(entry.text(key))") }
    }
    for (key, name) in [
      ("rows_read", "read"), ("rows_written", "written"), ("lock_wait_ms", "ms in the queue"),
      ("requests", "requests"),
    ] where !["", "0"].contains(entry.text(key)) {
      parts.append("\(entry.text(key)) \(name)")
    }
    parts.append(entry.text("message"))
    return Escaping.forTerminal(parts.filter { !$0.isEmpty }.joined(separator: ", "))
  }
}
