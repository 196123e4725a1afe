internal import CHost

/// A new file that takes its name only when it is whole and on the disk.
///
/// Until then it stands in the same folder, private, under a name that no reader looks for, and is locked: the
/// lock ends with the process, so that what one that was killed left behind is told from what another is at
/// work on. It goes when the next draft is made there.
package struct StagedFile: ~Copyable {
  /// Where it stands meanwhile.
  package let path: String
  private let target: String
  private let file: File
  private var isNamed = false

  /// The call of the error that says that the file has its name, and that the system did not confirm it.
  package static let confirming = "confirm"
  private static let mark = ".favs-new-"
  private static let nameBytes = 8
  /// What SQLite puts beside one that is a database.
  private static let companions = ["-journal", "-wal", "-shm"]

  /// Makes an empty one for the file that is to be at `target`, which errors name: nobody knows the other name.
  ///
  /// - Parameter owner: what one that root makes gets its owner from.
  package init(for target: String, like owner: String? = nil) throws(HostError) {
    let folder = Directory.above(target)
    Self.sweep(folder)
    while true {
      let path = "\(folder)/\(Self.mark)\(Randomness.name(ofBytes: Self.nameBytes))"
      let file = try Self.naming(target) { () throws(HostError) in
        try File.createPrivate(at: path, like: owner)
      }
      // Another that swept just now took it for left behind: once more.
      guard try Lock.isKept(file.descriptor, path: path) else { continue }
      self.path = path
      self.target = target
      self.file = file
      return
    }
  }

  deinit {
    if !isNamed { try? File.remove(path) }
  }

  /// Appends bytes.
  package borrowing func write(_ bytes: [UInt8]) throws(HostError) {
    try Self.naming(target) { () throws(HostError) in try file.writeAll(bytes) }
  }

  /// Puts it in the place of what has the name, if anything has; gives its size in bytes.
  /// - Parameter keepsMode: true to give it the rights that the file there has: whoever let others read that did so
  ///   on purpose.
  package consuming func replace(keepsMode: Bool = false) throws(HostError) -> Int64 {
    let size = try settle()
    if keepsMode, let there = try FileStatus.of(target, followingLinks: false),
      there.kind == .regular, there.owner == FileStatus.currentUser
    {
      try Self.naming(target) { () throws(HostError) in try file.takeRights(of: there) }
    }
    try File.rename(path, to: target)
    isNamed = true
    try confirm()
    return size
  }

  /// Gives it the name, unless something has that: throws `isExists` then.
  package consuming func name() throws(HostError) {
    _ = try settle()
    // The first name goes at the end of the scope.
    try File.link(path, to: target)
    try confirm()
  }

  private borrowing func settle() throws(HostError) -> Int64 {
    try Self.naming(target) { () throws(HostError) in
      try file.sync()
      return try file.status().size
    }
  }

  /// Gives an error the name that the file is to have.
  private static func naming<Result: ~Copyable>(
    _ target: String, _ body: () throws(HostError) -> Result
  ) throws(HostError) -> Result {
    do throws(HostError) {
      return try body()
    } catch {
      throw HostError(call: error.call, path: target, code: error.code)
    }
  }

  private borrowing func confirm() throws(HostError) {
    do throws(HostError) {
      try File.syncDirectory(Directory.above(target))
    } catch {
      throw HostError(call: Self.confirming, path: target, code: error.code)
    }
  }

  /// Removes from a folder what processes left there that were killed. Best effort: what cannot be removed does no
  /// harm, and may be there again at once.
  package static func sweep(_ folder: String) {
    guard let left = Leftovers(in: folder) else { return }
    // A draft before its journal, which goes when the draft has gone.
    for name in left.names.sorted() {
      guard let draft = draft(of: name) else { continue }
      if draft == name || !left.has(draft) { left.removeFile(name) }
    }
  }

  /// The draft that a name is of: its own, or that of a companion; nil for a name that is none of ours.
  private static func draft(of name: String) -> String? {
    let start = name.utf8.prefix(mark.utf8.count)
    guard start.elementsEqual(mark.utf8) else { return nil }
    let rest = name[start.endIndex...].utf8
    let end = rest.prefix(2 * nameBytes)
    guard Randomness.isName(end, ofBytes: nameBytes) else { return nil }
    let beside = rest[end.endIndex...]
    guard beside.isEmpty || companions.contains(where: { beside.elementsEqual($0.utf8) }) else {
      return nil
    }
    return String(name[..<end.endIndex])
  }
}
