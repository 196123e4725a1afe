/// Two functions at work at once: one makes things, on a thread of its own, and the other takes them.
package enum Handover {
  /// Hands what one function makes to another, in the order in which it is made, and returns when both have ended.
  ///
  /// - Parameters:
  ///   - isParallel: false to take each thing where it is made, on one thread. So it is too where no thread can be had.
  ///   - portion: how many things are handed over at once. Four portions may wait to be taken.
  ///   - make: gives each thing to the function that it gets, which gives false where no more are taken. It may use
  ///     nothing that `take` uses.
  ///   - take: takes a thing, on the thread of the caller. What it throws ends both, and is thrown on.
  package static func run<Thing: Sendable, Refusal: Error>(
    isParallel: Bool, inPortionsOf portion: Int = 256, making make: ((Thing) -> Bool) -> Void,
    taking take: (Thing) throws(Refusal) -> Void
  ) throws(Refusal) {
    var refusal: Refusal?
    withoutActuallyEscaping(take) { take in
      func takes(_ thing: Thing) -> Bool {
        do throws(Refusal) {
          try take(thing)
          return true
        } catch {
          refusal = error
          return false
        }
      }
      if isParallel, runBoth(inPortionsOf: portion, make, takes) { return }
      var goesOn = true
      make { thing in
        if goesOn { goesOn = takes(thing) }
        return goesOn
      }
    }
    if let refusal { throw refusal }
  }

  /// Runs both at once; false where no thread can be had, and neither was run.
  private static func runBoth<Thing: Sendable>(
    inPortionsOf size: Int, _ make: ((Thing) -> Bool) -> Void, _ takes: (Thing) -> Bool
  ) -> Bool {
    let queue = BoundedQueue<[Thing]>(capacity: 4)
    return withoutActuallyEscaping(make) { make in
      let thread = JoinedThread {
        var portion: [Thing] = []
        make { thing in
          portion.append(thing)
          guard portion.count >= size else { return true }
          defer { portion = [] }
          return queue.put(portion)
        }
        _ = queue.put(portion)
        queue.end()
      }
      guard let thread else { return false }
      while let portion = queue.next() {
        if !portion.allSatisfy(takes) { queue.close() }
      }
      thread.join()
      return true
    }
  }
}
