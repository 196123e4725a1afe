import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How one run of the built program ended, and what it wrote.
public struct Outcome: Equatable, Sendable, CustomStringConvertible {
  /// The exit code; 128 and the signal where one ended it, as a shell tells it.
  public let code: Int32
  /// What it wrote to standard output.
  public let output: String
  /// What it wrote to standard error.
  public let error: String

  /// An outcome to compare with.
  public init(_ code: Int32, _ output: String = "", error: String = "") {
    self.code = code
    self.output = output
    self.error = error
  }

  /// All of it, for a test that failed.
  public var description: String {
    "exit \(code)\n--- output\n\(output)--- error\n\(error)---"
  }

  /// Standard output as JSON; nil where it is none.
  public var json: Any? {
    try? JSONSerialization.jsonObject(with: Data(output.utf8), options: [.fragmentsAllowed])
  }

  /// Standard output as an array of objects; empty where it is none.
  public var objects: [[String: Any]] { json as? [[String: Any]] ?? [] }
}

/// The built program, run with a database of its own in a scratch folder.
public struct Favs: Sendable {
  /// The folder that everything happens in.
  public let folder: String
  /// Variables beside the few that it always gets.
  public var environment: [String: String] = [:]

  /// A program that keeps everything in a folder.
  public init(in folder: String) {
    self.folder = folder
  }

  /// The database that it uses.
  public var database: String { folder + "/favs.db" }

  /// The program that `FAVS_PROGRAM` names, such as the one that is packed; else what `swift build`
  /// made beside these tests.
  public static let program: String = {
    if let named = ProcessInfo.processInfo.environment["FAVS_PROGRAM"], !named.isEmpty {
      precondition(access(named, X_OK) == 0, "FAVS_PROGRAM names no program: \(named)")
      return URL(fileURLWithPath: named).path
    }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return root.appendingPathComponent(".build/debug/favs").path
  }()

  /// Runs a command line to its end.
  @discardableResult
  public func callAsFunction(_ words: String..., input: String = "") throws -> Outcome {
    try run(words.map { Array($0.utf8) }, input: Array(input.utf8))
  }

  /// Runs a command line of bytes; standard output may go to a file instead.
  public func run(
    _ words: [[UInt8]], input: [UInt8] = [], outputTo target: String? = nil
  ) throws -> Outcome {
    let name = folder + "/run-\(UInt64.random(in: 0 ... .max))"
    let paths = (input: name + ".in", output: target ?? name + ".out", error: name + ".err")
    try Data(input).write(to: URL(fileURLWithPath: paths.input))
    defer {
      for suffix in [".in", ".out", ".err"] { unlink(name + suffix) }
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, paths.input, O_RDONLY, 0)
    let flags = O_WRONLY | (target == nil ? O_CREAT | O_TRUNC : 0)
    posix_spawn_file_actions_addopen(&actions, 1, paths.output, flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, paths.error, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let child = try spawn(words, &actions)
    let code = try wait(for: child)
    let output =
      target == nil ? (FileManager.default.contents(atPath: paths.output) ?? Data()) : Data()
    let error = FileManager.default.contents(atPath: paths.error) ?? Data()
    KnownExits.check(code, of: words)
    return Outcome(
      code, String(decoding: output, as: UTF8.self), error: String(decoding: error, as: UTF8.self))
  }

  /// Runs a command line on a pseudo-terminal of its own; both streams come together.
  ///
  /// Once a question stands there, `whenAsked` is run, and what it gives is typed.
  public func onTerminal(
    _ words: String..., whenAsked: (() throws -> String)? = nil
  ) throws -> Outcome {
    try onTerminal(all: words, whenAsked: whenAsked)
  }

  /// The same for words in an array.
  public func onTerminal(
    all words: [String], whenAsked: (() throws -> String)? = nil
  ) throws -> Outcome {
    // Linux's own way: glibc hides posix_openpt from Swift. See ioctl_tty(2), TIOCSPTLCK and
    // TIOCGPTN.
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (unlocked, number) = (Int32(0), Int32(0))
    guard master >= 0, ioctl(master, 0x4004_5431, &unlocked) == 0,
      ioctl(master, 0x8004_5430, &number) == 0
    else { throw Failure("no pseudo-terminal") }
    let name = "/dev/pts/\(number)"
    defer { close(master) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, name, O_RDWR, 0)
    }
    // Held open here too, so that nothing is lost when the program ends before it was read.
    let slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
    defer { if slave >= 0 { close(slave) } }
    let child = try spawn(words.map { Array($0.utf8) }, &actions)
    var wasAsked = false
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    var code: Int32?
    while true {
      if code == nil { code = try ended(child) }
      var poll = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      let isReady = Glibc.poll(&poll, 1, code == nil ? 5 : 0) > 0
      if isReady {
        let count = read(master, &buffer, buffer.count)
        if count > 0 { bytes += buffer[..<count] }
        if !wasAsked, let whenAsked, Self.plain(bytes).hasSuffix("[y/N] ") {
          wasAsked = true
          _ = try whenAsked().withCString { write(master, $0, strlen($0)) }
        }
      } else if let code {
        return Outcome(code, Self.plain(bytes))
      }
    }
  }

  private static func plain(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
  }

  /// Starts a command line and does not wait for it; nobody reads what it writes.
  public func start(
    _ words: String..., input: String = "/dev/null", output: String = "/dev/null",
    error: String = "/dev/null"
  ) throws -> Running {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, error, O_WRONLY | O_CREAT, 0o600)
    return Running(child: try spawn(words.map { Array($0.utf8) }, &actions), favs: self)
  }

  /// A run that was started.
  public struct Running: Sendable {
    let child: pid_t
    let favs: Favs

    /// Waits for its end; gives its exit code.
    public func end() throws -> Int32 { try favs.wait(for: child) }

    /// Sends it a signal.
    public func signal(_ number: Int32) { kill(child, number) }
  }

  private func spawn(
    _ words: [[UInt8]], _ actions: inout posix_spawn_file_actions_t
  ) throws -> pid_t {
    var variables = ["PATH": "/usr/bin:/bin", "HOME": folder, "FAVS_DB": database, "TZ": "UTC"]
    variables.merge(environment) { $1 }
    let all = ([Array(Favs.program.utf8)] + words).map { strdup($0 + [0]) }
    let values = variables.map { strdup(Array("\($0)=\($1)".utf8) + [0]) }
    defer { (all + values).forEach { free($0) } }
    // A thread of the tests may ignore or block signals, which a program would inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (every, none) = (sigset_t(), sigset_t())
    sigfillset(&every)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &every)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var child = pid_t()
    let result = posix_spawn(
      &child, Favs.program, &actions, &attributes, all + [nil], values + [nil])
    guard result == 0 else { throw Failure("cannot run \(Favs.program): \(result)") }
    return child
  }

  private func strdup(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
    return copy
  }

  private func free(_ pointer: UnsafeMutablePointer<CChar>?) { pointer?.deallocate() }

  fileprivate func wait(for child: pid_t) throws -> Int32 {
    let deadline = Date().addingTimeInterval(60)
    while Date() < deadline {
      if let code = try ended(child) { return code }
      usleep(500)
    }
    kill(child, SIGKILL)
    throw Failure("it did not end in 60 s")
  }

  /// The exit code of a child that has ended; nil while it runs.
  private func ended(_ child: pid_t) throws -> Int32? {
    var status: Int32 = 0
    let result = waitpid(child, &status, WNOHANG)
    guard result >= 0 else { throw Failure("it is not a child of this process") }
    guard result == child else { return nil }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }

  /// Why a run could not be made.
  public struct Failure: Error, CustomStringConvertible {
    /// In words.
    public let description: String

    init(_ description: String) {
      self.description = description
    }
  }
}

/// Runs a test with the program and a scratch folder that is taken away afterwards.
public func withFavs(_ body: (inout Favs) throws -> Void) throws {
  try withScratch { scratch in
    var favs = Favs(in: scratch.path)
    try body(&favs)
  }
}

/// Compares a whole run: exit code, standard output, standard error.
public func expectSame(
  _ found: Outcome, _ wanted: Outcome, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found == wanted, sourceLocation: sourceLocation)
}
