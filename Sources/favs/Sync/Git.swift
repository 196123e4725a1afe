internal import Favourites
internal import Host

/// Runs the program git, with a bare repository of its own beside the database.
final class Git {
  private let folder: String
  private var isPrepared = false
  /// The lock that each git process holds while it runs, so that the next sync waits for the git of
  /// a killed one.
  private let work: Lock

  /// One entry of a tree.
  struct Entry {
    let mode: String
    let object: String
    let size: Int64
    let path: String
  }

  /// The most bytes of output to read.
  private static let longest = 1 << 32

  init(_ folder: String) throws(Failure) {
    self.folder = folder
    try Failure.of(Directory.createPrivate(folder))
    work = try Failure.of(Self.lock(folder + "/work"))
  }

  deinit { try? File.remove(folder + "/work") }

  /// Waits for processes that a killed sync left running, as long as for another favs. What still
  /// runs after that is not git, but something that git started and that stays, such as a
  /// credential helper.
  private static func lock(_ path: String) throws(HostError) -> Lock {
    do throws(HostError) {
      return try Lock(path: path, milliseconds: Int(Store.patience))
    } catch let error where error.isTimedOut {
      try File.remove(path)
      return try Lock(path: path, milliseconds: Int(Store.patience))
    }
  }

  private var repository: String { folder + "/git" }

  /// Creates the repository, unless there is one with hashes of this length.
  func prepare(hashLength: Int) throws(Failure) {
    guard !isPrepared else { return }
    isPrepared = true
    removeLocks()
    let format = hashLength == 64 ? "sha256" : "sha1"
    // The first and the last that git makes.
    let isThere = ["/HEAD", "/objects"].allSatisfy { name in
      ((try? FileStatus.of(repository + name, followingLinks: false)) ?? nil) != nil
    }
    if isThere {
      let known = try run(["rev-parse", "--show-object-format"])
      if hashLength == 0 || String(decoding: known, as: UTF8.self).hasPrefix(format) { return }
      throw Failure(
        .inputOutput, "the remote has hashes of another kind than before",
        hint: "remove the folder '\(repository)' and run favs sync again")
    }
    try make(format)
  }

  /// Makes the repository. A git that is killed leaves a part of one, which is none to the next
  /// git, so it is made beside its place, and moved there when it is whole.
  private func make(_ format: String) throws(Failure) {
    let new = repository + ".new"
    try Failure.of(Directory.removeAll(new))
    try run(["init", "-q", "--bare", "--object-format=\(format)", "--template=", new])
    try Failure.of(Directory.removeAll(repository))
    try Failure.of(File.rename(new, to: repository))
  }

  /// Removes the locks of a git process that was killed: only this sync works in the repository.
  private func removeLocks() {
    for folder in ["", "/refs/favs", "/refs", "/objects", "/objects/info", "/objects/pack"] {
      let path = repository + folder
      for name in (try? Directory.names(in: path)) ?? [] where name.hasSuffix(".lock") {
        try? File.remove(path + "/" + name)
      }
    }
  }

  /// Runs git and returns its output.
  ///
  /// - Parameter isAway: whether it contacts the remote, so that its messages matter to the user.
  @discardableResult
  func run(
    _ words: [String], input: [Child.Piece] = [], isAway: Bool = false
  ) throws(Failure) -> [UInt8] {
    let answer = try talk(words, input)
    guard answer.status == 0 else {
      throw Self.failure(
        words, answer.errors,
        hint: isAway ? "is the remote reachable? try again when it is" : nil)
    }
    return answer.output
  }

  private static func failure(
    _ words: [String], _ errors: [UInt8], hint: String? = nil
  ) -> Failure {
    Failure(.inputOutput, lastLine(errors) ?? "git \(words[0]) failed", hint: hint)
  }

  private func talk(_ words: [String], _ input: [Child.Piece]) throws(Failure) -> Child.Answer {
    do throws(HostError) {
      return try Child.talk(
        full(words), input: input, adding: variables, without: Self.isDropped, holding: work.share,
        in: folder, atMost: Self.longest)
    } catch {
      throw Self.failure(error)
    }
  }

  private func full(_ words: [String]) -> [String] {
    ["git", "--git-dir=\(repository)"] + Self.settings + words
  }

  private static func failure(_ error: HostError) -> Failure {
    guard error.isMissingProgram else { return Failure(error) }
    return Failure(
      .inputOutput, "git is not installed",
      hint: "install it, or sync with a folder: favs sync init dir:FOLDER")
  }

  /// Nothing from a remote is executed, nothing is signed, and there is no background maintenance.
  /// The files here are the user's alone; git passes none of this on to a remote on this machine,
  /// where the user's umask decides.
  private static let settings = [
    "core.hooksPath=/dev/null", "commit.gpgSign=false", "push.gpgSign=false",
    "push.followTags=false", "push.recurseSubmodules=no", "push.default=nothing", "gc.auto=0",
    "maintenance.auto=false", "core.autocrlf=false", "core.fsmonitor=false", "core.compression=1",
    "core.sharedRepository=0600", "pack.window=0", "fastimport.unpackLimit=1",
  ].flatMap { ["-c", $0] }

  private static func isDropped(_ name: String) -> Bool {
    name.hasPrefix("GIT_") && name != "GIT_SSH" && name != "GIT_SSH_COMMAND"
  }

  private lazy var variables: [(name: String, value: String)] = {
    var variables = [
      (name: "GIT_ALLOW_PROTOCOL", value: "file:git:http:https:ssh"),
      (name: "GIT_TERMINAL_PROMPT", value: "0"), (name: "LC_ALL", value: "C"),
    ]
    guard !Terminal.isTerminal(0) else { return variables }
    // If no user is present, nothing asks for a password.
    variables += [("GIT_ASKPASS", "/bin/false"), ("SSH_ASKPASS", "/bin/false")]
    let isSet =
      Environment.value("GIT_SSH") != nil || Environment.value("GIT_SSH_COMMAND") != nil
      || configuresSSH
    if !isSet { variables.append(("GIT_SSH_COMMAND", "ssh -oBatchMode=yes")) }
    return variables
  }()

  private var configuresSSH: Bool {
    let answer = try? Child.talk(
      ["git", "config", "--get", "core.sshCommand"], without: Self.isDropped, in: folder,
      atMost: 4_096)
    return answer?.status == 0
  }

  private static func lastLine(_ bytes: [UInt8]) -> String? {
    let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }.map {
      String(decoding: $0.prefix(400), as: UTF8.self)
    }
    // Git's message that it has lost the other end says less than the messages before it.
    let general = lines.firstIndex { $0.hasPrefix("fatal: Could not read from remote repository") }
    let known = general.map { $0 > 0 ? lines[..<$0] : lines[...] } ?? lines[...]
    let told =
      refusal(known)
      ?? known.last { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") } ?? known.last
    return told.map { "git: \($0.trimmed)" }
  }

  /// Why a remote did not take what was pushed: in its own words, or else in those of git.
  private static func refusal(_ lines: ArraySlice<String>) -> String? {
    guard let line = lines.first(where: { $0.hasPrefix(" ! [") }) else { return nil }
    return lines.first { $0.hasPrefix("remote: ") && $0.trimmed != "remote:" } ?? line
  }

  /// The commit of a reference; nil if there is none.
  func commit(_ name: String) throws(Failure) -> String? {
    let answer = try talk(["rev-parse", "-q", "--verify", "\(name)^{commit}"], [])
    guard answer.status == 0 else { return nil }
    return String(decoding: answer.output.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  /// The entries of a tree whose names are valid text.
  func tree(
    _ options: [String], _ name: String, mayBeMissing: Bool = false
  ) throws(Failure) -> [Entry] {
    let answer = try talk(["ls-tree", "-z"] + options + [name], [])
    if answer.status != 0 {
      guard !mayBeMissing else { return [] }
      throw Failure(.inputOutput, Self.lastLine(answer.errors) ?? "git ls-tree failed")
    }
    return answer.output.split(separator: 0).compactMap { line in
      // MODE TYPE OBJECT [SIZE]\tPATH
      guard let tab = line.firstIndex(of: 0x09) else { return nil }
      let words = line[..<tab].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      guard words.count >= 3, let path = String(validating: line[(tab + 1)...], as: UTF8.self)
      else { return nil }
      return Entry(
        mode: words[0], object: words[2], size: words.count > 3 ? Int64(words[3]) ?? 0 : 0,
        path: path)
    }
  }

  /// Reads blobs by their object names.
  func blobs(_ objects: [String]) throws(Failure) -> GitBlobs {
    let words = ["cat-file", "--batch"]
    let list = Array(objects.map { $0 + "\n" }.joined().utf8)
    let errors: [UInt8]
    do throws(HostError) {
      let output = try File.nameless(in: folder)
      let status: Int32
      (status, errors) = try Child.talk(
        full(words), input: [.bytes(list)], output: output, adding: variables,
        without: Self.isDropped, holding: work.share, in: folder)
      if status == 0 { return try GitBlobs(output) }
    } catch {
      throw Self.failure(error)
    }
    throw Self.failure(words, errors)
  }

  /// Marks a commit of the remote as shallow: its parents are not needed.
  func setShallow(_ commit: String) throws(Failure) {
    clearShallow()
    guard !commit.isEmpty else { return }
    try Failure.of { () throws(HostError) in
      let file = try File.createPrivate(at: repository + "/shallow")
      try file.writeAll(Array((commit + "\n").utf8))
    }
  }

  func clearShallow() { try? File.remove(repository + "/shallow") }
}
