internal import CHost

/// Runs two functions at once.
package enum Both {
  /// Runs one function on a second thread and another on this one, or one after the other where no
  /// thread is available. Returns when both have ended.
  ///
  /// - Parameters:
  ///   - aside: must not use anything that `here` uses.
  ///   - here: run on the caller's thread.
  package static func run(_ aside: @escaping () -> Void, and here: () -> Void) {
    let processor = favs_processor()
    let thread = JoinedThread {
      favs_leave_processor(processor)
      aside()
    }
    here()
    if let thread { thread.join() } else { aside() }
  }
}
