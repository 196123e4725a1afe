internal import Favourites
internal import Host
internal import Sync

/// A branch of a repository that git can reach. It has one commit without a parent, so no history
/// is kept there. Publishing replaces the whole tree, provided that it is still the one that was
/// read.
final class GitDriver: SyncDriver {
  private let address: String
  private let git: Git
  private static let branch = "refs/heads/favs"
  private static let local = "refs/favs/remote"
  /// The commit found on the remote; empty if there is none.
  private var tip = ""
  private(set) var failure: Failure?
  /// The files of that commit: their object names and sizes.
  private var files: [String: (object: String, size: Int64)] = [:]
  /// The folders of devices, by name.
  private var trees: [String: String] = [:]
  /// The files to be read, in this order, and the position of each in that list.
  private var wanted: [String] = []
  private var places: [String: Int] = [:]
  /// The blobs of one run of git, limited in size unless it is a single file. They stay in a file.
  /// Servers store blobs as deltas, so reading few at a time is slow.
  private var fetched: GitBlobs?
  private static let fetchedBytes: Int64 = 64 << 20

  init(_ address: String, in folder: String) throws(Failure) {
    self.address = address
    git = try Git(folder)
  }

  var paths: Set<String> { Set(files.keys) }

  var isTaken: Bool { !tip.isEmpty && files[Marker.path] == nil }

  var left: String { tip }

  func listing() throws(Failure) -> String {
    tip = try remoteTip()
    return tip
  }

  private func remoteTip() throws(Failure) -> String {
    let answer = try git.run(["ls-remote", "--", address, Self.branch], isAway: true)
    let line = answer.prefix { $0 != 0x0A }
    guard !line.isEmpty else { return "" }
    let object = String(decoding: line.prefix { $0 != 0x09 }, as: UTF8.self)
    guard [40, 64].contains(object.utf8.count), Self.isHexadecimal(object) else {
      throw Failure(.inputOutput, "git answered with something else than a commit")
    }
    return object
  }

  private static func isHexadecimal(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  func read() throws(Failure) {
    files = [:]
    trees = [:]
    prepare([])
    try git.prepare(hashLength: tip.utf8.count)
    guard !tip.isEmpty else { return }
    if try git.commit(Self.local) != tip {
      try git.run(
        ["fetch", "-q", "--depth=1", "--no-tags", "--no-write-fetch-head"] + serving
          + ["--", address, "+\(Self.branch):\(Self.local)"], isAway: true)
      // The branch may have moved since it was listed.
      tip = try git.commit(Self.local) ?? tip
    }
    for entry in try git.tree(["-r", "-l"], Self.local) where entry.mode.hasPrefix("100") {
      files[entry.path] = (entry.object, entry.size)
    }
    for entry in try git.tree(
      [], "\(Self.local):d", mayBeMissing: files.keys.allSatisfy { !$0.hasPrefix("d/") })
    where entry.mode == "040000" && UID(hex: entry.path) != nil {
      trees[entry.path] = entry.object
    }
    prepare([Marker.path] + files.keys.filter { $0.hasSuffix("/manifest") }.sorted())
  }

  /// Tells a repository on this machine not to search for deltas, which takes longer than to send
  /// whole files.
  private var serving: [String] {
    address.hasPrefix("/") ? ["--upload-pack=git -c pack.window=0 upload-pack"] : []
  }

  /// All files belong to one commit.
  let isFixed = true

  func size(of path: String) -> Int64? { files[path]?.size }

  func prepare(_ paths: [String]) {
    wanted = paths
    places = [:]
    for (place, path) in paths.enumerated() { places[path] = place }
    fetched = nil
  }

  func bytes(of path: String, atMost limit: Int) -> [UInt8]? {
    guard let (object, size) = files[path], size <= Int64(limit) else { return nil }
    do throws(Failure) {
      if let known = try fetched?.bytes(object) { return known }
      let objects = places[path].map { coming(from: $0) } ?? [object]
      let blobs = try git.blobs(objects)
      if places[path] != nil { fetched = blobs }
      return try blobs.bytes(object)
    } catch {
      if failure == nil { failure = error }
      return nil
    }
  }

  /// The object names of a file and of those read after it, as many as fit into one run of git.
  private func coming(from place: Int) -> [String] {
    var coming: [String] = []
    var room = Self.fetchedBytes
    for path in wanted[place...] {
      guard let (object, size) = files[path], size <= Int64(Segment.longest) else { continue }
      room -= size
      if !coming.isEmpty, room < 0 { break }
      coming.append(object)
    }
    return coming
  }

  func publish(_ outcome: SyncOutcome, from device: UID) throws(Failure) -> Bool {
    let new = try commit(outcome, from: device)
    // Without this, git sends the whole tree with each commit that has no parent.
    try git.setShallow(tip)
    defer { git.clearShallow() }
    var pause = Self.firstPause
    while true {
      do throws(Failure) {
        try git.run(
          [
            "push", "-q", "--no-verify", "--force-with-lease=\(Self.branch):\(tip)", "--", address,
            "\(new):\(Self.branch)",
          ], isAway: true)
        return try noted(new)
      } catch {
        // Git's messages do not say whether another device was faster.
        let now = try remoteTip()
        if now == new { return try noted(new) }
        guard now == tip else {
          tip = now
          return false
        }
        // Another push, perhaps of a sync that was killed, may hold the branch, not yet moved.
        guard pause <= Self.longestPause else { throw error }
        Clock.sleep(milliseconds: pause)
        pause *= 2
      }
    }
  }

  /// How long to wait before a push that was refused is tried again, in milliseconds: each time
  /// twice as long.
  private static let firstPause = 100
  private static let longestPause = 800

  private func noted(_ commit: String) throws(Failure) -> Bool {
    try git.run(["update-ref", Self.local, commit])
    tip = commit
    return true
  }

  /// Creates a commit with the new state of the remote.
  private func commit(_ outcome: SyncOutcome, from device: UID) throws(Failure) -> String {
    let deleted = Set(outcome.deletes)
    var stream = Array(
      """
      commit refs/favs/next
      author favs <favs> 0 +0000
      committer favs <favs> 0 +0000
      data 4
      sync

      """.utf8)
    func line(_ text: String) { stream += Array((text + "\n").utf8) }
    for (name, tree) in trees.sorted(by: { $0.key < $1.key }) where name != device.hex {
      if !deleted.contains("d/\(name)/manifest") { line("M 040000 \(tree) d/\(name)") }
    }
    let new = Set(outcome.puts.map(\.path))
    for (path, file) in files.sorted(by: { $0.key < $1.key })
    where path == Marker.path || path.hasPrefix("d/\(device.hex)/") {
      if !deleted.contains(path), !new.contains(path) { line("M 100644 \(file.object) \(path)") }
    }
    // Streams the new files rather than joining everything in memory.
    var pieces: [Child.Piece] = []
    for (path, payload) in outcome.puts {
      line("M 100644 inline \(path)")
      line("data \(payload.count)")
      pieces += [.bytes(stream), .later(payload.bytes)]
      stream = [0x0A]
    }
    line("done")
    try git.run(["update-ref", "-d", "refs/favs/next"])
    try git.run(
      ["fast-import", "--quiet", "--force", "--done", "--date-format=raw", "--depth=0"],
      input: pieces + [.bytes(stream)])
    guard let commit = try git.commit("refs/favs/next") else {
      throw Failure(.inputOutput, "git made no commit")
    }
    return commit
  }

  func forget() throws(Failure) {
    try git.run(["update-ref", "-d", "refs/favs/next"])
    try git.run(["repack", "-adq"])
    try git.run(["prune", "--expire=now"])
  }
}
