internal import CHost

/// The right to write, shared fairly between processes and released at the end of its scope.
package struct Lock: ~Copyable {
  /// How long it took to get it; 0 if it was free.
  package let waitedMilliseconds: Int
  /// Whether another process held it.
  package let hadToWait: Bool
  private let descriptor: Descriptor

  /// Takes the lock on the file at `path`, which is made if necessary and never removed.
  ///
  /// Waits at most `milliseconds`, then throws `isTimedOut`. A free lock costs two calls. Waiting
  /// processes are served in order of arrival: see `Turn`.
  /// - Parameter owner: where a lock file made by root gets its owner from.
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

  /// Takes the lock on a folder, in which nothing stays behind: for what is rare and quickly done,
  /// since those who wait only ask again and again. Without effect where the file system has no
  /// locks.
  ///
  /// Waits at most `milliseconds`, then throws `isTimedOut`.
  package init(folder path: String, milliseconds: Int) throws(HostError) {
    let descriptor = try Descriptor(opening: path, O_RDONLY | O_DIRECTORY)
    let start = Clock.monotonicNanoseconds()
    var hadToWait = false
    do throws(HostError) {
      hadToWait = try !Self.isTaken(descriptor.number, path: path)
      if hadToWait {
        try LockQueue.poll(
          descriptor.number, path: path, until: start + UInt64(milliseconds) * 1_000_000)
      }
    } catch let error where error.isTimedOut {
      throw error
    } catch {}
    self.hadToWait = hadToWait
    self.waitedMilliseconds = Int((Clock.monotonicNanoseconds() - start) / 1_000_000)
    self.descriptor = descriptor
  }

  /// The lock in a form that programs can inherit, which hold it until they end, even if this
  /// process was killed.
  package struct Share: Sendable {
    let number: Int32
  }

  /// The share to pass to a program; valid while the lock is held here.
  package var share: Share { Share(number: descriptor.number) }

  /// Takes a free lock; returns false if another process has it.
  static func isTaken(_ number: Int32, path: String) throws(HostError) -> Bool {
    do throws(HostError) {
      try SystemCall.run("flock", on: path) { flock(number, LOCK_EX | LOCK_NB) }
      return true
    } catch let error where error.isTimedOut {
      return false
    }
  }

  /// Whether the file system of the file at `path` supports the locks that SQLite uses; true if
  /// unknown.
  ///
  /// Call it only when no SQLite connection of this process uses the file any more: closing it
  /// releases locks.
  package static func isAvailable(on path: String) -> Bool {
    guard let file = try? File(reading: path) else { return true }
    return favs_ask_for_lock(file.descriptor.number) != -1
      || ![ENOLCK, ENOSYS, EOPNOTSUPP].contains(errno)
  }

  /// Locks a file just made for this process; returns false if another process has locked or
  /// removed it.
  ///
  /// If the file system has no locks, it stays unlocked: then no process can take it for a leftover
  /// either.
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
