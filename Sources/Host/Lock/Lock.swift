internal import CHost

/// The right to write, shared fairly between processes and given back when it goes out of scope.
package struct Lock: ~Copyable {
  /// How long it took to get it; 0 when it was free.
  package let waitedMilliseconds: Int
  /// Whether another had it.
  package let hadToWait: Bool
  private let descriptor: Descriptor

  /// Takes the lock on the file at `path`, made for it if need be and never removed.
  ///
  /// Waits for `milliseconds` at most, then throws `isTimedOut`. A free lock costs two calls. Who waits is served in
  /// the order of coming: see `Turn`.
  /// - Parameter owner: what the file that root makes for it gets its owner from.
  package init(path: String, milliseconds: Int, like owner: String? = nil) throws(HostError) {
    let descriptor = try Self.openFile(at: path, like: owner)
    if !Turn.isWaitedFor(descriptor.number), try Self.isTaken(descriptor.number, path: path) {
      self.hadToWait = false
      self.waitedMilliseconds = 0
    } else {
      let start = Clock.monotonicNanoseconds()
      guard milliseconds > 0 else {
        throw HostError(call: "flock", path: path, code: EWOULDBLOCK)
      }
      try LockQueue.wait(for: descriptor.number, path: path, milliseconds: milliseconds)
      self.hadToWait = true
      self.waitedMilliseconds = Int((Clock.monotonicNanoseconds() - start) / 1_000_000)
    }
    self.descriptor = descriptor
  }

  /// The lock as programs can be given it, which hold it until they end, even where this process was killed.
  package struct Share: Sendable {
    let number: Int32
  }

  /// What a program is given of it; to be used as long as the lock is held here.
  package var share: Share { Share(number: descriptor.number) }

  /// Takes a lock that is free; false when another has it.
  static func isTaken(_ number: Int32, path: String) throws(HostError) -> Bool {
    do throws(HostError) {
      try SystemCall.run("flock", on: path) { flock(number, LOCK_EX | LOCK_NB) }
      return true
    } catch let error where error.isTimedOut {
      return false
    }
  }

  /// Whether the file system of the file at `path` has the locks that SQLite takes; true also where that cannot be
  /// found out.
  ///
  /// To be asked only when no SQLite connection of this process uses the file any more: closing it gives up locks.
  package static func isAvailable(on path: String) -> Bool {
    guard let file = try? File(reading: path) else { return true }
    return favs_ask_for_lock(file.descriptor.number) != -1
      || ![ENOLCK, ENOSYS, EOPNOTSUPP].contains(errno)
  }

  /// Locks what was just made to be this process's alone; false where another has it, or has removed it.
  ///
  /// Where the file system has no locks it is kept unlocked: nobody can take it for left behind there either.
  static func isKept(_ descriptor: borrowing Descriptor, path: String) throws(HostError) -> Bool {
    do throws(HostError) {
      guard try isTaken(descriptor.number, path: path) else { return false }
    } catch {
      return true
    }
    return try FileStatus.of(descriptor, path: path).names > 0
  }

  private static func openFile(
    at path: String, like owner: String?
  ) throws(HostError) -> Descriptor {
    let descriptor = try Ownership.open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC, like: owner)
    let number = descriptor.number
    let status = try FileStatus.of(descriptor, path: path)
    guard status.kind == .regular else {
      throw HostError(call: "open", path: path, code: EINVAL)
    }
    if status.mode != 0o600, status.owner == FileStatus.currentUser {
      try SystemCall.run("fchmod", on: path) { fchmod(number, 0o600) }
    }
    return descriptor
  }
}
