internal import Host
internal import Sync

/// Shows the progress of a sync on a line of the terminal.
final class SyncProgress {
  private var line: StatusLine
  private var stage = ""
  private var start = Clock.monotonicNanoseconds()

  /// Shows nothing if standard error is not a terminal or the output is quiet.
  init(isQuiet: Bool) { line = StatusLine(isQuiet: isQuiet, pace: 200_000_000) }

  /// Shows the stage that begins now.
  func begin(_ stage: String) {
    self.stage = stage
    start = Clock.monotonicNanoseconds()
    line.show(isDue: true) { _ in stage }
  }

  /// Shows the progress of merging.
  func show(_ step: SyncStep) {
    switch step {
    case .reading(let done, let count): show("reading files", done, count)
    case .merging(let done, let count): show("merging files", done, count)
    case .preparing(let done, let count): show("preparing what is sent", done, count)
    }
  }

  private func show(_ stage: String, _ done: Int, _ count: Int) {
    if stage != self.stage {
      self.stage = stage
      start = Clock.monotonicNanoseconds()
    }
    line.show { [start] _ in
      var parts = [stage, "\(done) of \(count)"]
      let seconds = Double(Clock.monotonicNanoseconds() - start) / 1e9
      if done > 0, done < count, seconds > 1 {
        parts.append(StatusLine.left(after: seconds, Double(done) / Double(count)))
      }
      return parts.joined(separator: " · ")
    }
  }

  /// Clears the line.
  func end() { line.end() }
}
