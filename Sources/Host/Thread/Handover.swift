/// Runs two functions at once: one makes things, on a separate thread, and the other takes them.
package enum Handover {
  /// Passes the things that one function makes to another, in order, and returns when both have
  /// ended.
  ///
  /// - Parameters:
  ///   - isParallel: false to take each thing where it is made, on one thread. That also happens if
  ///     no thread is available.
  ///   - portion: how many things are passed at once; one, if on one thread. Four portions may be
  ///     waiting.
  ///   - make: passes each thing to the function it is given, which returns false if no more are
  ///     taken. It must not use anything that `take` uses.
  ///   - take: takes a portion, on the caller's thread. An error ends both functions, and is
  ///     rethrown. What has been taken is freed by the thread that made it: where each waits for
  ///     the other's memory, both are slower.
  package static func run<Thing: Sendable, Refusal: Error>(
    isParallel: Bool, inPortionsOf portion: Int = 256, making make: ((Thing) -> Bool) -> Void,
    taking take: ([Thing]) throws(Refusal) -> Void
  ) throws(Refusal) {
    var refusal: Refusal?
    withoutActuallyEscaping(take) { take in
      func takes(_ portion: [Thing]) -> Bool {
        do throws(Refusal) {
          try take(portion)
          return true
        } catch {
          refusal = error
          return false
        }
      }
      if isParallel, runBoth(inPortionsOf: portion, make, takes) { return }
      var goesOn = true
      make { thing in
        if goesOn { goesOn = takes([thing]) }
        return goesOn
      }
    }
    if let refusal { throw refusal }
  }

  /// Runs both at once; returns false, without running either, if no thread is available.
  private static func runBoth<Thing: Sendable>(
    inPortionsOf size: Int, _ make: ((Thing) -> Bool) -> Void, _ takes: ([Thing]) -> Bool
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
        if !portion.isEmpty, !takes(portion) { queue.close() }
        queue.giveBack(portion)
      }
      thread.join()
      return true
    }
  }
}
