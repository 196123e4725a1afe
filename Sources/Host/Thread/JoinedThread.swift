internal import CHost

/// A second thread, which runs one function and is joined. It gets no signals: those go to the first thread.
struct JoinedThread {
  private let thread: pthread_t

  /// The first thread's default stack size, in bytes: other systems give a second one less.
  private static let stackSize = 8 << 20

  /// The function that it runs.
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Starts it; nil if no thread is available. The function may only use what no other thread uses meanwhile.
  init?(_ body: @escaping () -> Void) {
    var attributes = pthread_attr_t()
    guard unsafe pthread_attr_init(&attributes) == 0 else { return nil }
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, Self.stackSize)
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    let work = unsafe Unmanaged.passRetained(Work(body))
    #if canImport(Darwin)
      var made: pthread_t?
    #else
      var made = pthread_t()
    #endif
    let code = unsafe pthread_create(
      &made, &attributes,
      { context in
        let work: UnsafeMutableRawPointer? = unsafe context
        if let work = unsafe work {
          unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
        }
        return nil
      }, work.toOpaque())
    let thread: pthread_t? = made
    guard code == 0, let thread else {
      unsafe work.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits for its end.
  func join() { pthread_join(thread, nil) }
}
