internal import Favourites
internal import Host
internal import Sync

/// Encrypts what is sent and decrypts what is received with the program age, one process per file.
final class AgeSeal: Seal {
  private let recipients: [String]
  private let identity: String
  private let folder: String
  private(set) var failure: Failure?

  var hasFailed: Bool { failure != nil }

  /// - Parameters:
  ///   - recipients: the public keys to encrypt for.
  ///   - identity: the path of the key for decryption.
  ///   - folder: a folder for temporary files; only this user may write there.
  init(for recipients: [String], identity: String, in folder: String) {
    self.recipients = recipients
    self.identity = identity
    self.folder = folder
  }

  func sealed(_ bytes: [UInt8]) -> [UInt8] {
    let words = recipients.flatMap { ["-r", $0] }
    do throws(Failure) {
      let answer = try Self.run(["age", "-e"] + words, input: bytes, in: folder)
      guard answer.status == 0 else {
        throw Failure(.inputOutput, Self.said(answer) ?? "age could not encrypt")
      }
      return answer.output
    } catch {
      if failure == nil { failure = error }
      return []
    }
  }

  func opened(_ bytes: [UInt8], atMost limit: Int) -> [UInt8]? {
    do throws(Failure) {
      let answer = try Self.run(
        ["age", "-d", "-i", identity], input: bytes, in: folder, atMost: limit + 1)
      return answer.status == 0 && answer.output.count <= limit ? answer.output : nil
    } catch {
      if failure == nil { failure = error }
      return nil
    }
  }

  /// Runs age or one of its tools.
  private static func run(
    _ words: [String], input: [UInt8] = [], in folder: String, atMost limit: Int = 64 << 20
  ) throws(Failure) -> Child.Answer {
    do throws(HostError) {
      try Directory.createPrivate(folder)
      return try Child.talk(words, input: [.bytes(input)], in: folder, atMost: limit)
    } catch {
      guard error.isMissingProgram else { throw Failure(error) }
      throw Failure(
        .inputOutput, "\(words[0]) is not installed",
        hint: "install age: it encrypts what is sent, and reads what is received")
    }
  }

  private static func said(_ answer: Child.Answer) -> String? {
    let lines = answer.errors.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    return lines.first { $0.hasPrefix("age") }.map { String($0.prefix(400)) }
  }

  // MARK: Keys

  /// The path of this user's key.
  static func identity() throws(Failure) -> String {
    guard let settings = try StandardPaths.settings() else {
      throw Failure(.usage, "no folder for the key: $HOME is not an absolute path")
    }
    return Directory.above(settings) + "/sync.key"
  }

  /// Whether the key exists.
  static func isThere(_ identity: String) throws(Failure) -> Bool {
    return try Failure.of(FileStatus.of(identity, followingLinks: true) != nil)
  }

  /// Generates a key that only this user can read.
  static func makeIdentity(_ identity: String, in folder: String) throws(Failure) {
    let answer = try run(["age-keygen"], in: folder)
    guard answer.status == 0, !answer.output.isEmpty else {
      throw Failure(.inputOutput, said(answer) ?? "age-keygen made no key")
    }
    try Failure.of { () throws(HostError) in
      try Directory.createPrivate(Directory.above(identity))
      let file = try StagedFile(for: identity)
      try file.write(answer.output)
      // Keeps a key that another process has generated meanwhile.
      try file.name()
    }
  }

  /// The public keys that belong to a private key.
  static func recipients(of identity: String, in folder: String) throws(Failure) -> [String] {
    let answer = try run(["age-keygen", "-y", identity], in: folder)
    let lines = lines(answer.output)
    guard answer.status == 0, !lines.isEmpty else {
      throw Failure(
        .conflict, "'\(identity)' holds no key of age",
        hint: "name those who are to read what is sent: --encrypt FILE")
    }
    return lines
  }

  /// The public keys in a file that the user wrote: one per line, as `age -R` reads it.
  static func recipients(in path: String) throws(Failure) -> [String] {
    let bytes = try Failure.of(File(reading: path, waits: false).readToEnd(atMost: 65_536))
    let lines = lines(bytes ?? [])
    guard !lines.isEmpty, lines.count <= 64, !lines.contains(where: { $0.hasPrefix("-") }) else {
      throw Failure(
        .usage, "'\(path)' holds no public keys", hint: "write one on each line, as for age -R")
    }
    return lines
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split { $0 == 0x0A || $0 == 0x0D }.compactMap { String(validating: $0, as: UTF8.self) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }
}
