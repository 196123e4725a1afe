internal import CHost

/// Waits in the queue for a lock, but not forever.
///
/// Polling is unfair under load: whoever happens to ask at the right moment wins. A blocking call
/// has no time limit, so a thread waits in the queue while this one watches the clock. (An alarm
/// signal would do without the thread; but it belongs to the whole process, and a process started
/// with an alarm pending would lose it.)
///
/// A process stopped in the queue would block everyone behind it. So the order is kept for only
/// part of the time; after that the lock is requested out of turn.
enum LockQueue {
  /// The divisor of the waiting time that gives the part for which the order is kept.
  private static let orderlyPart = 3

  /// Waits until `number` holds the lock, or throws when the time is up.
  static func wait(
    for number: Int32, path: String, milliseconds: Int
  ) throws(HostError) {
    let start = Clock.monotonicNanoseconds()
    let (all, part) = (UInt64(milliseconds) * 1_000_000, UInt64(orderlyPart))
    let deadline = start + all
    _ = try Errand.turn.run(on: number, until: start + all / part)
    // The previous holder has normally released the lock by now.
    if try Lock.isTaken(number, path: path) { return }
    switch try Errand.lock.run(on: number, until: deadline) {
    case .done(0): return
    case .done(let code): throw HostError(call: "flock", path: path, code: code)
    // The caller closes the file, and the kernel releases the lock of a file that is no longer
    // open.
    case .late: throw HostError(call: "flock", path: path, code: EWOULDBLOCK)
    case .notBegun: try poll(number, path: path, until: deadline)
    }
  }

  /// The fallback if no thread is available: poll every few milliseconds.
  static func poll(
    _ number: Int32, path: String, until deadline: UInt64
  ) throws(HostError) {
    while Clock.monotonicNanoseconds() < deadline {
      if try Lock.isTaken(number, path: path) { return }
      usleep(5_000)
    }
    throw HostError(call: "flock", path: path, code: EWOULDBLOCK)
  }
}

/// A task for a thread that may block forever, while another watches the clock.
private enum Errand {
  /// Wait for its turn.
  case turn
  /// Take the lock.
  case lock

  enum End {
    /// It finished, with this error number, or 0.
    case done(Int32)
    /// The time was up first. The thread may continue as long as the process does.
    case late
    /// No thread was available.
    case notBegun
  }

  /// The thread's argument.
  private struct Task {
    let errand: Errand
    /// The open file that is locked.
    let number: Int32
    /// The pipe for its report.
    let writer: Int32
  }

  /// Runs it in a thread.
  func run(on number: Int32, until deadline: UInt64) throws(HostError) -> End {
    let (reader, writer) = try Pipe.make()
    guard start(Task(errand: self, number: number, writer: writer)) else {
      for end in [reader, writer] { _ = Descriptor(end) }
      return .notBegun
    }
    // If it is late, the reader stays open for it to write to: a closed one would cause SIGPIPE.
    guard Self.isReady(reader, before: deadline) else { return .late }
    let report = Descriptor(reader)
    var code: Int32 = 0
    let size = MemoryLayout<Int32>.size
    try SystemCall.run("read", on: nil) { unsafe read(report.number, &code, size) }
    return .done(code)
  }

  private static func isReady(_ reader: Int32, before deadline: UInt64) -> Bool {
    while true {
      let now = Clock.monotonicNanoseconds()
      let left = now >= deadline ? 0 : (deadline - now + 999_999) / 1_000_000
      var one = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
      let count = unsafe CHost.poll(&one, 1, Int32(clamping: left))
      if count > 0 { return true }
      if count == 0 && left == 0 { return false }
    }
  }

  private func start(_ task: Task) -> Bool {
    let memory = UnsafeMutablePointer<Task>.allocate(capacity: 1)
    unsafe memory.initialize(to: task)
    let result = unsafe favs_start_thread({ unsafe Errand.main($0) }, memory)
    if result != 0 { unsafe memory.deallocate() }
    return result == 0
  }

  /// The thread's main function: runs the task, and reports its error number.
  private static func main(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument = unsafe argument else { return nil }
    let memory = unsafe argument.assumingMemoryBound(to: Task.self)
    let task = unsafe memory.pointee
    unsafe memory.deallocate()
    var code: Int32 = 0
    switch task.errand {
    case .turn: Turn.wait(on: task.number)
    case .lock:
      while flock(task.number, LOCK_EX) != 0 {
        code = errno
        if code != EINTR { break }
        code = 0
      }
    }
    _ = unsafe write(task.writer, &code, MemoryLayout<Int32>.size)
    _ = Descriptor(task.writer)
    return nil
  }
}
