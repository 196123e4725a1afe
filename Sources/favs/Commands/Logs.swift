internal import Favourites
internal import Host

/// Shows the diagnostics log.
struct Logs: Command {
  static let synopsis = Synopsis<Self>(
    "Show failed and slow runs",
    details: [
      "Newest last. Runs that fail with an exit code from 2 to 8, or take over 250 ms, are logged "
        + "by default. FAVS_LOG=info logs all runs, FAVS_LOG=debug every SQL statement too, and "
        + "FAVS_LOG=off nothing. Titles, URLs, notes and command lines are never logged, except in "
        + "the messages of FAVS_LOG=debug.",
      "--follow starts with the last 10 entries, or those of --since, and runs until interrupted. "
        + "With --json it prints one object per line.",
      "The log is favs.log in $XDG_STATE_HOME/favs or ~/.local/state/favs. At 1 MiB it is renamed "
        + "to favs.log.1.",
    ],
    options: [
      .read(
        "level", nil, "LEVEL", "this level or higher: debug, info, slow, error", \.level,
        .choices(LogLevel.allCases.map(\.rawValue)), by: Value.choice(LogLevel.self)),
      .text("since", nil, "DATE|AGE", "on or after: 2024-01-31, 30d, 90min", \.since),
      .flag("slow", nil, "only runs that took over 250 ms", \.isSlow),
      .flag("follow", nil, "print new entries as they arrive", \.follows),
      .flag("summary", nil, "show runs, failures and times per command", \.isSummary),
    ],
    examples: [
      Example("favs logs --level error --since 7d", "show what failed in the last week"),
      Example("favs logs --summary", "show how long each command takes"),
    ],
    exits: [.done, .usage, .inputOutput])

  static let opensFile = false

  var operands: [String] = []
  var global = GlobalOptions()
  var level: LogLevel?
  var since: String?
  var isSlow = false
  var follows = false
  var isSummary = false

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    guard !(follows && isSummary) else {
      throw Failure(.usage, "--follow and --summary cannot be used together")
    }
    let since = try SelectionOptions.moment(since, "--since", context.now)?.earliest
    guard let path = try StandardPaths.log() else {
      throw Failure(.usage, "no folder for the log: $HOME is not an absolute path")
    }
    do {
      var tail = try LogTail(path)
      var lines = try tail.linesSetAside(at: path + ".1") + tail.next()
      if !follows, !tail.unfinished.isEmpty { lines.append(tail.unfinished) }
      let entries = try chosen(lines, since, &context)
      guard !isSummary else {
        try print(LogSummary(entries), &context)
        return .done
      }
      try print(entries, &context)
      guard follows else { return .done }
      while true {
        try context.output.flush()
        // The reader may be gone, and only the next line to be written would reveal it.
        guard Standard.hasReader(1) else { Signals.dieOfBrokenPipe() }
        Clock.sleep(milliseconds: 250)
        for entry in try chosen(try tail.next(), since, &context) {
          try print(entry, &context)
        }
      }
    } catch let error as HostError {
      throw Failure(error)
    } catch let error as Failure {
      throw error
    } catch {
      preconditionFailure("no other error is thrown above")
    }
  }

  /// The entries that match the options; reports damaged lines.
  private func chosen(
    _ lines: [[UInt8]], _ since: Timestamp?, _ context: inout Context
  ) throws(Failure) -> [LogEntry] {
    let entries = lines.compactMap { LogEntry($0) }
    let damaged = lines.count - entries.count
    if damaged > 0 {
      try context.output.note(
        damaged == 1
          ? "1 damaged line was skipped" : "\(damaged) damaged lines were skipped")
    }
    return entries.filter { entry in
      entry.level >= level ?? .debug && entry.time >= since ?? .earliest
        && (!isSlow || entry.milliseconds > Run.slowFrom)
    }
  }

  private func print(_ entries: [LogEntry], _ context: inout Context) throws(Failure) {
    let shown = follows && since == nil ? Array(entries.suffix(10)) : entries
    if global.isJSON, !follows {
      var json = JSONWriter()
      JSONValue.array(shown.map { .object($0.object) }).write(to: &json)
      json.newline()
      return try context.output.write(json.bytes)
    }
    if context.output.isTerminal, !shown.isEmpty || follows {
      try context.output.note(laidOut: LogPrinter(context).heading)
    }
    for entry in shown { try print(entry, &context) }
  }

  private func print(_ entry: LogEntry, _ context: inout Context) throws(Failure) {
    guard !global.isJSON else {
      var json = JSONWriter()
      JSONValue.object(entry.object).write(to: &json)
      json.newline()
      return try context.output.write(json.bytes)
    }
    let now = follows ? Timestamp(milliseconds: Clock.now()) : context.now
    try context.output.show(LogPrinter(context).line(entry, at: now))
  }

  private func print(_ summary: LogSummary, _ context: inout Context) throws(Failure) {
    guard !global.isJSON else {
      var json = JSONWriter()
      summary.write(to: &json)
      json.newline()
      return try context.output.write(json.bytes)
    }
    let isTerminal = context.output.isTerminal
    var table = Table([
      Table.Column(title: "COMMAND", isFlexible: true), Table.Column(title: "RUNS", isNumber: true),
      Table.Column(title: "ERRORS", isNumber: true), Table.Column(title: "P50", isNumber: true),
      Table.Column(title: "P95", isNumber: true), Table.Column(title: "P99", isNumber: true),
      Table.Column(title: "LONGEST", isNumber: true),
    ])
    for row in summary.rows {
      let cells =
        [row.command ?? (isTerminal ? "?" : ""), String(row.runs), String(row.errors)]
        + [row.median, row.percentile95, row.percentile99, row.longest].map(LogPrinter.text)
      if isTerminal {
        table.rows.append(cells.map { Table.Cell(text: Escaping.forTerminal($0)) })
      } else {
        try context.output.write(cells.map(Escaping.forTSV).joined(separator: "\t") + "\n")
      }
    }
    try context.print(table)
  }
}
