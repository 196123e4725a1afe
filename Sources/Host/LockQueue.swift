#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Standing in the kernel's queue for a lock, but not for ever.
///
/// Trying again and again is unfair under load: whoever happens to ask at the right moment wins. A
/// blocking `flock` is fair and has no time limit, so a thread stands in the queue while this one
/// watches the clock. (An alarm signal would do without the thread; but it belongs to the whole
/// process, and one started with an alarm pending would lose it.)
enum LockQueue {
  /// Waits until `number` holds the lock, or throws when the time is over.
  static func wait(
    for number: Int32, path: String, milliseconds: Int
  ) throws(HostError) {
    let deadline = Clock.monotonicNanoseconds() + UInt64(milliseconds) * 1_000_000
    let (reader, writer) = try Pipe.make()
    guard startThread(for: number, reporting: writer) else {
      for end in [reader, writer] { _ = Descriptor(end) }
      return try poll(number, path: path, until: deadline)
    }
    guard isReady(reader, before: deadline) else {
      // The reader stays open for the thread to write to: a closed one would be a SIGPIPE. The
      // caller closes the file, and the kernel drops a lock that nobody holds the file of.
      throw HostError(call: "flock", path: path, code: EWOULDBLOCK)
    }
    let report = Descriptor(reader)
    var code: Int32 = 0
    let size = MemoryLayout<Int32>.size
    try SystemCall.run("read", on: path) { unsafe read(report.number, &code, size) }
    if code != 0 { throw HostError(call: "flock", path: path, code: code) }
  }

  private static func isReady(_ reader: Int32, before deadline: UInt64) -> Bool {
    while true {
      let now = Clock.monotonicNanoseconds()
      let left = now >= deadline ? 0 : (deadline - now + 999_999) / 1_000_000
      var one = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
      let count = pollOnce(&one, Int32(clamping: left))
      if count > 0 { return true }
      if count == 0 && left == 0 { return false }
    }
  }

  /// The way where no thread can be had: ask every few milliseconds.
  private static func poll(
    _ number: Int32, path: String, until deadline: UInt64
  ) throws(HostError) {
    while Clock.monotonicNanoseconds() < deadline {
      if try Lock.isTaken(number, path: path) { return }
      usleep(5_000)
    }
    throw HostError(call: "flock", path: path, code: EWOULDBLOCK)
  }

  /// Starts a thread that takes the lock and writes 0, or the reason why not, to `writer`.
  private static func startThread(for number: Int32, reporting writer: Int32) -> Bool {
    let task = UnsafeMutablePointer<(Int32, Int32)>.allocate(capacity: 1)
    unsafe task.initialize(to: (number, writer))
    #if canImport(Glibc)
      var thread = pthread_t()
      let result = unsafe pthread_create(
        &thread, nil, { unsafe takeLock($0) }, UnsafeMutableRawPointer(task))
      if result == 0 { pthread_detach(thread) }
    #else
      var thread: pthread_t?
      let result = unsafe pthread_create(
        &thread, nil, { unsafe takeLock($0) }, UnsafeMutableRawPointer(task))
      if result == 0, let thread = unsafe thread { unsafe pthread_detach(thread) }
    #endif
    if result != 0 { unsafe task.deallocate() }
    return result == 0
  }
}

private func takeLock(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  let task = unsafe argument.assumingMemoryBound(to: (Int32, Int32).self)
  let (number, writer) = unsafe task.pointee
  unsafe task.deallocate()
  var code: Int32 = 0
  while flock(number, LOCK_EX) != 0 {
    code = errno
    if code != EINTR { break }
    code = 0
  }
  _ = unsafe write(writer, &code, MemoryLayout<Int32>.size)
  _ = Descriptor(writer)
  return nil
}

private func pollOnce(_ one: inout pollfd, _ milliseconds: Int32) -> Int32 {
  unsafe poll(&one, 1, milliseconds)
}
