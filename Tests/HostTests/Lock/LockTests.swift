import Foundation
import Synchronization
import Testing

@testable import Host

struct LockTests {
  @Test func `a free lock is had at once, and its file is private and stays`() throws {
    let folder = try ScratchFolder()
    let path = folder.file("lock")
    do {
      let lock = try Lock(path: path, milliseconds: 0)
      let (hadToWait, milliseconds) = (lock.hadToWait, lock.waitedMilliseconds)
      #expect(!hadToWait)
      #expect(milliseconds == 0)
    }
    #expect(try FileStatus.of(path, followingLinks: false)?.mode == 0o600)
    chmod(path, 0o644)
    _ = try Lock(path: path, milliseconds: 0).hadToWait
    #expect(try FileStatus.of(path, followingLinks: false)?.mode == 0o600)
  }

  @Test func `a taken lock is waited for until the time is over`() throws {
    let folder = try ScratchFolder()
    let path = folder.file("lock")
    do {
      let lock = try Lock(path: path, milliseconds: 0)
      for limit in [0, 1, 100] {
        let start = Clock.monotonicNanoseconds()
        #expect(throws: HostError(call: "flock", path: path, code: EWOULDBLOCK)) {
          _ = try Lock(path: path, milliseconds: limit).hadToWait
        }
        let waited = (Clock.monotonicNanoseconds() - start) / 1_000_000
        #expect(waited >= limit)
        #expect(waited < limit + 5_000)
      }
      _ = lock.hadToWait
    }
    // Those who gave up have not kept their places in the queue.
    _ = try Lock(path: path, milliseconds: 2_000).hadToWait
    usleep(50_000)
    let hadToWait = try Lock(path: path, milliseconds: 0).hadToWait
    #expect(!hadToWait)
  }

  @Test func `a lock given back is passed on`() throws {
    let folder = try ScratchFolder()
    let path = folder.file("lock")
    let isHeld = Atomic(false)
    let thread = Thread {
      guard let lock = try? Lock(path: path, milliseconds: 0) else { return }
      isHeld.store(true, ordering: .sequentiallyConsistent)
      usleep(300_000)
      _ = lock.hadToWait
    }
    thread.start()
    while !isHeld.load(ordering: .sequentiallyConsistent) { usleep(1_000) }
    let lock = try Lock(path: path, milliseconds: 10_000)
    let (hadToWait, milliseconds) = (lock.hadToWait, lock.waitedMilliseconds)
    #expect(hadToWait)
    #expect(milliseconds < 10_000)
  }

  @Test func `another process waits too`() throws {
    let folder = try ScratchFolder()
    let path = folder.file("lock")
    do {
      let lock = try Lock(path: path, milliseconds: 0)
      #expect(try Child.run(["flock", "--nonblock", path, "true"]) == 1)
      _ = lock.hadToWait
    }
    #expect(try Child.run(["flock", "--nonblock", path, "true"]) == 0)
  }

  @Test func `many at once each have it alone`() throws {
    let folder = try ScratchFolder()
    let path = folder.file("lock")
    let counts = Mutex([0, 0, 0])
    let threads = (0..<16).map { _ in
      Thread {
        for _ in 0..<20 {
          guard let lock = try? Lock(path: path, milliseconds: 60_000) else { return }
          counts.withLock {
            $0[0] += 1
            $0[1] = max($0[1], $0[0])
          }
          usleep(50)
          counts.withLock {
            $0[0] -= 1
            $0[2] += 1
          }
          _ = lock.hadToWait
        }
      }
    }
    for thread in threads { thread.start() }
    while threads.contains(where: { !$0.isFinished }) { usleep(1_000) }
    #expect(counts.withLock { $0 } == [0, 1, 320])
  }

  #if os(Linux)
    /// Whether somebody has a place in the queue for a lock, by what the kernel says: see
    /// proc_locks(5).
    private static func isTaken(place: Int, of path: String) throws -> Bool {
      let inode = try #require(
        try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
      return try String(contentsOfFile: "/proc/locks", encoding: .utf8).split(separator: "\n")
        .contains { $0.contains(" OFDLCK ") && $0.hasSuffix(":\(inode) \(place) \(place)") }
    }

    @Test(.timeLimit(.minutes(5))) func `who came first is served first`() throws {
      let folder = try ScratchFolder()
      let path = folder.file("lock")
      let served = Mutex([Int]())
      var threads: [Thread] = []
      do {
        let lock = try Lock(path: path, milliseconds: 0)
        for number in 0..<12 {
          let thread = Thread {
            guard let lock = try? Lock(path: path, milliseconds: 60_000) else { return }
            served.withLock { $0.append(number) }
            // Time for others to get in front, if they could.
            usleep(2_000)
            _ = lock.hadToWait
          }
          thread.start()
          threads.append(thread)
          // The next one comes when this one has its place in the queue, however slow the machine
          // is.
          while try !Self.isTaken(place: number, of: path) { usleep(1_000) }
        }
        _ = lock.hadToWait
      }
      // Who comes when the lock is given back stands behind all of them.
      let lock = try Lock(path: path, milliseconds: 60_000)
      #expect(served.withLock { $0 } == Array(0..<12))
      let hadToWait = lock.hadToWait
      #expect(hadToWait)
      while threads.contains(where: { !$0.isFinished }) { usleep(1_000) }
    }

    @Test func `what is left of the row when processes were killed in it holds nobody up`() throws {
      let folder = try ScratchFolder()
      let path = folder.file("lock")
      // Another program holds a place of the row for ever, and the lock itself is free.
      let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      defer { close(number) }
      var place = flock()
      place.l_type = Int16(F_WRLCK)
      place.l_len = 1
      #expect(fcntl(number, 37, &place) == 0)
      let start = Clock.monotonicNanoseconds()
      let lock = try Lock(path: path, milliseconds: 600)
      let waited = (Clock.monotonicNanoseconds() - start) / 1_000_000
      let hadToWait = lock.hadToWait
      #expect(hadToWait)
      #expect((200..<5_000).contains(waited))
    }
  #endif

  @Test func `neither a link nor a folder is taken for the lock file`() throws {
    let folder = try ScratchFolder()
    let link = folder.file("link")
    symlink(folder.file("elsewhere"), link)
    #expect(throws: HostError(call: "open", path: link, code: ELOOP)) {
      _ = try Lock(path: link, milliseconds: 0).hadToWait
    }
    #expect(throws: HostError(call: "open", path: folder.path, code: EISDIR)) {
      _ = try Lock(path: folder.path, milliseconds: 0).hadToWait
    }
    #expect(try folder.names == ["link"])
  }
}
