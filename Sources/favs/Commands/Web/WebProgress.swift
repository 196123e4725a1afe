internal import Favourites
internal import Host

/// A line on the terminal that says how far a command has come that asks for pages.
struct WebProgress {
  private let total: Int
  private let start = Clock.monotonicNanoseconds()
  private var nextLook: UInt64 = 0
  private var isShown = false
  private let isWanted: Bool

  /// How long a line stands, in nanoseconds.
  private static let pace: UInt64 = 200_000_000

  init(total: Int, isQuiet: Bool) {
    self.total = total
    isWanted = !isQuiet && Terminal.isTerminal(2)
  }

  /// Shows how many are done, what came of them, and how long the rest may take.
  mutating func show(_ done: Int, _ states: String) {
    let now = Clock.monotonicNanoseconds()
    guard isWanted, now >= nextLook else { return }
    nextLook = now + Self.pace
    isShown = true
    var parts = ["\(done) of \(total)"]
    if !states.isEmpty { parts.append(states) }
    if done > 0, done < total {
      let left = Double(now - start) / 1e9 / Double(done) * Double(total - done)
      parts.append("\(Int(left.rounded(.up))) s left")
    }
    let line = TextWidth.cut(parts.joined(separator: " · "), to: max(Terminal.width() - 1, 10))
    Output.tell("\r\u{1B}[K\(line)")
  }

  /// Takes the line away.
  mutating func end() {
    guard isShown else { return }
    isShown = false
    nextLook = 0
    Output.tell("\r\u{1B}[K")
  }
}
