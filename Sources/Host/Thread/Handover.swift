/// Runs two functions at once: one makes things, on a separate thread, and the other takes them.
package enum Handover {
  /// Passes the things that one function makes to another, in order, and returns when both have
  /// ended.
  ///
  /// - Parameters:
  ///   - source: lent to the function that makes, until both have ended.
  ///   - isParallel: false to take each thing where it is made, on one thread. That also happens if
  ///     no thread is available.
  ///   - portion: how many things are passed at once; one, if on one thread. Four portions may be
  ///     waiting.
  ///   - make: passes each thing to the function it is given, which returns false if no more are
  ///     taken. It must not use anything that `take` uses.
  ///   - take: takes a portion, on the caller's thread. An error ends both functions, and is
  ///     rethrown. What has been taken is freed by the thread that made it: where each waits for
  ///     the other's memory, both are slower.
  package static func run<Source: ~Copyable, Thing: Sendable, Refusal: Error>(
    from source: inout Source, isParallel: Bool, inPortionsOf portion: Int = 256,
    making make: @escaping (inout Source, (Thing) -> Bool) -> Void,
    taking take: ([Thing]) throws(Refusal) -> Void
  ) throws(Refusal) {
    var refusal: Refusal?
    func takes(_ portion: [Thing]) -> Bool {
      do throws(Refusal) {
        try take(portion)
        return true
      } catch {
        refusal = error
        return false
      }
    }
    if !isParallel || !runBoth(from: &source, inPortionsOf: portion, make, takes) {
      var goesOn = true
      make(&source) { thing in
        if goesOn { goesOn = takes([thing]) }
        return goesOn
      }
    }
    if let refusal { throw refusal }
  }

  /// Runs both at once; returns false, without running either, if no thread is available.
  private static func runBoth<Source: ~Copyable, Thing: Sendable>(
    from source: inout Source, inPortionsOf size: Int,
    _ make: @escaping (inout Source, (Thing) -> Bool) -> Void, _ takes: ([Thing]) -> Bool
  ) -> Bool {
    let queue = BoundedQueue<[Thing]>(capacity: 4)
    return unsafe withUnsafeMutablePointer(to: &source) { source in
      let thread = JoinedThread {
        var portion: [Thing] = []
        unsafe make(&source.pointee) { thing in
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
