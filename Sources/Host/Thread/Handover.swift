/// Two functions at work at once: one makes things, on a thread of its own, and the other takes them.
package enum Handover {
  /// Hands what one function makes to another, in the order in which it is made, and returns when both have ended.
  ///
  /// - Parameters:
  ///   - isParallel: false to take each thing where it is made, on one thread. So it is too where no thread can be had.
  ///   - capacity: how many things may wait to be taken.
  ///   - make: gives each thing to the function that it gets, which gives false where no more are taken. It may use
  ///     nothing that `take` uses.
  ///   - take: takes a thing, on the thread of the caller. What it throws ends both, and is thrown on.
  package static func run<Thing: Sendable, Refusal: Error>(
    isParallel: Bool, capacity: Int = 4, making make: ((Thing) -> Bool) -> Void,
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
      if isParallel, runBoth(capacity: capacity, make, takes) { return }
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
    capacity: Int, _ make: ((Thing) -> Bool) -> Void, _ takes: (Thing) -> Bool
  ) -> Bool {
    let queue = BoundedQueue<Thing>(capacity: capacity)
    return withoutActuallyEscaping(make) { make in
      let thread = JoinedThread {
        make { queue.put($0) }
        queue.end()
      }
      guard let thread else { return false }
      while let thing = queue.next() {
        if !takes(thing) { queue.close() }
      }
      thread.join()
      return true
    }
  }
}
