internal import Favourites

/// How often each command ran, and how long it took.
struct LogSummary: Equatable {
  /// One command.
  struct Row: Equatable {
    /// The command's name; nil for command lines that were not understood.
    let command: String?
    let runs: Int
    /// How many runs failed.
    let errors: Int
    /// The median duration, in milliseconds.
    let median: Double
    let percentile95: Double
    let percentile99: Double
    let longest: Double
  }

  /// One row per command, the most frequent first.
  let rows: [Row]

  init(_ entries: [LogEntry]) {
    let runs = Dictionary(grouping: entries.filter(\.isRun), by: \.command)
    rows = runs.map { command, runs in
      let times = runs.map(\.milliseconds).sorted()
      return Row(
        command: command, runs: runs.count, errors: runs.count { $0.level == .error },
        median: Self.percentile(50, of: times), percentile95: Self.percentile(95, of: times),
        percentile99: Self.percentile(99, of: times), longest: times.last ?? 0)
    }.sorted { ($1.runs, $0.command ?? "") < ($0.runs, $1.command ?? "") }
  }

  /// The smallest of the sorted values that at least the given percentage do not exceed; always a
  /// measured value.
  static func percentile(_ share: Int, of sorted: [Double]) -> Double {
    guard !sorted.isEmpty else { return 0 }
    return sorted[max(0, (share * sorted.count + 99) / 100 - 1)]
  }

  /// An array of objects.
  func write(to json: inout JSONWriter) {
    json.beginArray()
    for row in rows {
      json.beginObject()
      json.member("command", row.command)
      json.member("runs", Int64(row.runs))
      json.member("errors", Int64(row.errors))
      for (key, value) in [
        ("p50_ms", row.median), ("p95_ms", row.percentile95), ("p99_ms", row.percentile99),
        ("longest_ms", row.longest),
      ] {
        json.key(key)
        json.number(value)
      }
      json.endObject()
    }
    json.endArray()
  }
}
