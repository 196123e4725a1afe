internal import Host
internal import Sync

/// A line on the terminal that says how far a sync has come.
final class SyncProgress {
  private var line: StatusLine
  private var stage = ""
  private var start = Clock.monotonicNanoseconds()

  /// Nothing is shown where standard error is no terminal, or the output is to be quiet.
  init(isQuiet: Bool) { line = StatusLine(isQuiet: isQuiet, pace: 200_000_000) }

  /// Says what begins now.
  func begin(_ stage: String) {
    self.stage = stage
    start = Clock.monotonicNanoseconds()
    line.show(isDue: true) { _ in stage }
  }

  /// Says how far the merging has come.
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

  /// Takes the line away.
  func end() { line.end() }
}
