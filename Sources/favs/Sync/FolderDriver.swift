internal import Favourites
internal import Host
internal import Sync

/// A folder that another program carries between machines, or a USB stick. Reads only what a
/// manifest names, and leaves other files ("conflicted copy", `.stfolder`) alone.
final class FolderDriver: SyncDriver {
  private let root: String
  private var sizes: [String: Int64] = [:]
  /// The state of manifests and the marker when they were last looked at.
  private var seen: [String: String] = [:]
  private(set) var paths: Set<String> = []
  private(set) var failure: Failure?

  init(_ root: String) { self.root = root }

  func listing() throws(Failure) -> String {
    try look()
    return left
  }

  var left: String {
    seen.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "\n")
  }

  func read() throws(Failure) { try look() }

  /// Finds the files that may belong to a set.
  private func look() throws(Failure) {
    guard try status("")?.kind == .directory else {
      throw Failure(
        .inputOutput, "'\(root)' is not there", hint: "is what it is on connected and mounted?")
    }
    paths = []
    sizes = [:]
    seen = [:]
    try note(Marker.path)
    guard try status("d")?.kind == .directory else { return }
    for device in try names("d") where UID(hex: device) != nil {
      guard try status("d/\(device)")?.kind == .directory else { continue }
      for name in try names("d/\(device)")
      where name == "manifest" || (name.hasSuffix(".seg") && !name.hasPrefix(".")) {
        try note("d/\(device)/\(name)")
      }
    }
  }

  private func note(_ path: String) throws(Failure) {
    guard let status = try status(path), status.kind == .regular else { return }
    paths.insert(path)
    sizes[path] = status.size
    if !path.hasSuffix(".seg") { seen[path] = "\(status.size) \(status.modified)" }
  }

  private func names(_ path: String) throws(Failure) -> [String] {
    return try Failure.of(Directory.names(in: place(path)))
  }

  private func status(_ path: String) throws(Failure) -> FileStatus? {
    return try Failure.of(FileStatus.of(place(path), followingLinks: path.isEmpty))
  }

  private func place(_ path: String) -> String { path.isEmpty ? root : "\(root)/\(path)" }

  let isFixed = false
  let isTaken = false

  func size(of path: String) -> Int64? { sizes[path] }

  func prepare(_ paths: [String]) {}

  func bytes(of path: String, atMost limit: Int) -> [UInt8]? {
    guard paths.contains(path) else { return nil }
    do throws(HostError) {
      guard try FileStatus.of(place(path), followingLinks: false)?.kind == .regular else {
        return nil
      }
      return try File(reading: place(path), waits: false).readToEnd(atMost: limit)
    } catch {
      // A file that vanished meanwhile will come back; any other error does not go away by waiting.
      if !error.isNotFound, failure == nil { failure = Failure(error) }
      return nil
    }
  }

  func publish(_ outcome: SyncOutcome, from device: UID) throws(Failure) -> Bool {
    let marker = outcome.puts.first { $0.path == Marker.path }?.payload.bytes()
    try Failure.of { () throws(HostError) in
      for (path, payload) in outcome.puts where path != Marker.path {
        try put(path, try Self.bytes(payload))
      }
      if let marker { try found(Marker.path, marker) }
      for path in outcome.deletes { try remove(path) }
      try sweep("d/\(device.hex)")
    }
    for path in outcome.deletes { seen[path] = nil }
    for (path, _) in outcome.puts { try note(path) }
    guard let marker else { return true }
    // Two devices may have started a set at the same time: the first one wins.
    guard try isThere(marker) else {
      throw Failure(
        .conflict, "another device has begun to use this folder at the same time",
        hint: "run favs sync init again to join it")
    }
    return true
  }

  private static func bytes(_ payload: Payload) throws(HostError) -> [UInt8] {
    guard let bytes = payload.bytes() else { throw .unreadable }
    return bytes
  }

  private func isThere(_ marker: [UInt8]) throws(Failure) -> Bool {
    return try Failure.of { () throws(HostError) in
      let file = try File(reading: place(Marker.path))
      return try file.readToEnd(atMost: Marker.longest) == marker
    }
  }

  /// Writes a file under a temporary name, and renames it once it is complete and on the disk.
  private func put(_ path: String, _ bytes: [UInt8]) throws(HostError) {
    let folder = Directory.above(place(path))
    try Directory.createPrivate(folder)
    let name = place(path).dropFirst(folder.utf8.count + 1)
    let draft = "\(folder)/\(Self.draft(of: String(name)))"
    try? File.remove(draft)
    let file = try File.createPrivate(at: draft)
    do throws(HostError) {
      try file.writeAll(bytes)
      try file.sync()
      try File.rename(draft, to: place(path))
    } catch {
      try? File.remove(draft)
      throw error
    }
    try File.syncDirectory(folder)
  }

  /// Writes the marker of a new set, unless one exists by now.
  private func found(_ path: String, _ bytes: [UInt8]) throws(HostError) {
    let draft = "\(root)/\(Self.draft(of: path))"
    try? File.remove(draft)
    let file = try File.createPrivate(at: draft)
    defer { try? File.remove(draft) }
    try file.writeAll(bytes)
    try file.sync()
    do throws(HostError) {
      try File.link(draft, to: place(path))
    } catch {
      if error.isExists { return }
      // Not every file system supports hard links.
      if try FileStatus.of(place(path), followingLinks: false) != nil { return }
      try File.rename(draft, to: place(path))
    }
    try File.syncDirectory(root)
  }

  private func remove(_ path: String) throws(HostError) {
    do throws(HostError) {
      try File.remove(place(path))
    } catch let error where error.isNotFound {
    }
    if path.hasSuffix("/manifest") { try? Directory.remove(Directory.above(place(path))) }
  }

  /// Removes partial files that a killed sync of this device left behind.
  private func sweep(_ folder: String) throws(HostError) {
    guard try FileStatus.of(place(folder), followingLinks: false)?.kind == .directory else {
      return
    }
    for name in try Directory.names(in: place(folder)) where Self.isDraft(name) {
      try? File.remove("\(place(folder))/\(name)")
    }
  }

  /// The temporary name of a file until it is complete.
  private static func draft(of name: String) -> String { ".\(name).\(ThisProcess.number).tmp" }

  /// Whether a name is one that `draft(of:)` returns for a device's file. Other programs have their
  /// own, such as `.syncthing.NAME.tmp`.
  private static func isDraft(_ name: String) -> Bool {
    guard name.hasPrefix("."), name.hasSuffix(".tmp"), name.utf8.count > 5 else { return false }
    let inner = name.dropFirst().dropLast(4)
    guard let dot = inner.lastIndex(of: "."), Int32(inner[inner.index(after: dot)...]) != nil
    else { return false }
    let file = inner[..<dot]
    return file == "manifest" || file.hasSuffix(".seg") && !file.dropLast(4).contains(".")
  }

  func forget() throws(Failure) {}
}
