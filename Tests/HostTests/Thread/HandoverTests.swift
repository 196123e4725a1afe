import Foundation
import Testing

@testable import Host

/// What one thread makes and another takes.
@Suite struct HandoverTests {
  private struct Refusal: Error {}

  @Test(arguments: [true, false])
  func `everything comes once, in the order in which it was made`(isParallel: Bool) {
    var taken: [Int] = []
    Handover.run(
      isParallel: isParallel, inPortionsOf: 3,
      making: { put in for number in 0..<10_000 { guard put(number) else { return } } },
      taking: { taken.append($0) })
    #expect(taken == Array(0..<10_000))
  }

  @Test(arguments: [true, false])
  func `who takes may refuse, and nothing is made for nobody`(isParallel: Bool) {
    var made = 0
    var isTold = false
    var taken: [Int] = []
    #expect(throws: Refusal.self) {
      try Handover.run(
        isParallel: isParallel, inPortionsOf: 1,
        making: { (put: (Int) -> Bool) in
          repeat { made += 1 } while put(made)
          // Once more, after it was told that nobody takes any more.
          isTold = !put(0)
        },
        taking: { (number) throws(Refusal) in
          guard number < 10 else { throw Refusal() }
          taken.append(number)
        })
    }
    #expect(taken == Array(1..<10))
    #expect(isTold)
    // Four that may wait, one that could not be given any more, and one that was taken meanwhile.
    #expect((10...16).contains(made))
  }

  @Test func `whoever makes waits for whoever takes`() {
    var most = 0
    let waiting = Waiting()
    Handover.run(
      isParallel: true, inPortionsOf: 1,
      making: { put in
        for number in 0..<1_000 {
          waiting.add(1)
          guard put(number) else { return }
        }
      },
      taking: { (_: Int) in
        most = max(most, waiting.count)
        waiting.add(-1)
      })
    // Four that wait, one on its way in and one on its way out.
    #expect((1...6).contains(most))
  }

  @Test func `nothing made is nothing taken`() {
    var count = 0
    Handover.run(isParallel: true, making: { _ in }, taking: { (_: Int) in count += 1 })
    #expect(count == 0)
  }

  @Test func `signals come to the first thread alone, as they did before`() {
    let before = isHeld(SIGINT)
    var areHeld = false
    Handover.run(
      isParallel: true, making: { put in _ = put(isHeld(SIGINT) && isHeld(SIGWINCH)) },
      taking: { areHeld = $0 })
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
