import Foundation
import Testing

@testable import Host

/// What one thread makes and another takes.
@Suite struct HandoverTests {
  private struct Refusal: Error {}

  @Test(arguments: [true, false])
  func `everything comes once, in the order in which it was made`(isParallel: Bool) {
    var taken: [Int] = []
    var next = 0
    Handover.run(
      from: &next, isParallel: isParallel, inPortionsOf: 3,
      making: { (next, put) in
        while next < 10_000 {
          guard put(next) else { return }
          next += 1
        }
      },
      taking: { taken += $0 })
    #expect(taken == Array(0..<10_000))
    #expect(next == 10_000)
  }

  @Test(arguments: [true, false])
  func `who takes may refuse, and nothing is made for nobody`(isParallel: Bool) {
    var source = (made: 0, isTold: false)
    var taken: [Int] = []
    #expect(throws: Refusal.self) {
      try Handover.run(
        from: &source, isParallel: isParallel, inPortionsOf: 1,
        making: { (source, put: (Int) -> Bool) in
          repeat { source.made += 1 } while put(source.made)
          // Once more, after it was told that nobody takes any more.
          source.isTold = !put(0)
        },
        taking: { (numbers) throws(Refusal) in
          guard numbers[0] < 10 else { throw Refusal() }
          taken += numbers
        })
    }
    #expect(taken == Array(1..<10))
    #expect(source.isTold)
    // Four that may wait, one that could not be given any more, and one that was taken meanwhile.
    #expect((10...16).contains(source.made))
  }

  @Test func `whoever makes waits for whoever takes`() {
    var most = 0
    let waiting = Waiting()
    var numbers = 0..<1_000
    Handover.run(
      from: &numbers, isParallel: true, inPortionsOf: 1,
      making: { (numbers, put) in
        for number in numbers {
          waiting.add(1)
          guard put(number) else { return }
        }
      },
      taking: { (_: [Int]) in
        most = max(most, waiting.count)
        waiting.add(-1)
      })
    // Four that wait, one on its way in and one on its way out.
    #expect((1...6).contains(most))
  }

  /// Tells which thread frees it.
  private final class Thing: Sendable {
    let freed: Freed
    init(_ freed: Freed) { self.freed = freed }
    deinit { freed.note() }
  }

  private final class Freed: @unchecked Sendable {
    private let lock = NSLock()
    private let first = pthread_self()
    private(set) var (here, elsewhere) = (0, 0)

    func note() {
      lock.withLock {
        if pthread_equal(pthread_self(), first) != 0 { here += 1 } else { elsewhere += 1 }
      }
    }
  }

  @Test func `what was taken is freed where it was made, and all of it is freed`() {
    let freed = Freed()
    var numbers = 0..<10_000
    Handover.run(
      from: &numbers, isParallel: true, inPortionsOf: 10,
      making: { (numbers, put) in for _ in numbers { guard put(Thing(freed)) else { return } } },
      taking: { (_: [Thing]) in })
    #expect(freed.here + freed.elsewhere == 10_000)
    // But for what is left at the end.
    #expect(freed.elsewhere > 5_000)
  }

  @Test func `nothing made is nothing taken`() {
    var source = 0
    var count = 0
    Handover.run(
      from: &source, isParallel: true, making: { (_, _) in }, taking: { (_: [Int]) in count += 1 })
    #expect(count == 0)
  }

  @Test func `signals come to the first thread alone, as they did before`() {
    let before = isHeld(SIGINT)
    var areHeld = false
    var signals = [SIGINT, SIGWINCH]
    Handover.run(
      from: &signals, isParallel: true,
      making: { (signals, put) in _ = put(signals.allSatisfy(isHeld)) },
      taking: { areHeld = $0[0] })
    #expect(areHeld)
    #expect(isHeld(SIGINT) == before)
  }

  /// Whether this thread lets a signal wait.
  private func isHeld(_ signal: Int32) -> Bool {
    var set = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &set)
    return sigismember(&set, signal) == 1
  }
}
