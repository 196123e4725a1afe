internal import CHost

/// A second thread, which runs one function and is joined. It gets no signals: those go to the
/// first thread.
struct JoinedThread {
  private let thread: UInt

  /// The first thread's default stack size, in bytes: other systems give a second one less.
  private static let stackSize = 8 << 20

  /// The function that it runs.
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Starts it; nil if no thread is available. The function may only use what no other thread uses
  /// meanwhile.
  init?(_ body: @escaping () -> Void) {
    let work = unsafe Unmanaged.passRetained(Work(body))
    var thread: UInt = 0
    let code = unsafe favs_start_joined_thread(
      &thread, Self.stackSize,
      { work in
        if let work = unsafe work {
          unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
        }
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      unsafe work.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits for its end.
  func join() { favs_join_thread(thread) }
}
