internal import CHost

/// A new file that gets its name only when it is complete and on the disk.
///
/// Until then it is in the same folder, private, under a name that no reader looks for, and locked:
/// the lock ends with the process, which tells leftovers of a killed process from a file in use. A
/// signal that ends the process still removes it; a leftover, when the next draft is made there.
package struct StagedFile: ~Copyable {
  /// Its temporary path.
  package let path: String
  private let target: String
  private let file: File
  private let lastAct: LastAct
  private var isNamed = false

  /// The call in the error for a file that has its name, but without confirmation from the system.
  package static let confirming = "confirm"
  private static let mark = ".favs-new-"
  private static let nameBytes = 8
  /// The suffixes of SQLite's companions, if it is a database.
  private static let companions = ["-journal", "-wal", "-shm"]

  /// Makes an empty one for a file at `target`, whose name errors use: users do not know the
  /// temporary name.
  ///
  /// - Parameter owner: where a file made by root gets its owner from.
  package init(for target: String, like owner: String? = nil) throws(HostError) {
    let folder = Directory.above(target)
    Self.sweep(folder)
    while true {
      let path = "\(folder)/\(Self.mark)\(Randomness.name(ofBytes: Self.nameBytes))"
      // First, so that a signal finds no file that it would leave.
      let lastAct = LastAct(removing: [path] + Self.companions.map { path + $0 })
      let file = try Self.naming(target) { () throws(HostError) in
        try File.createPrivate(at: path, like: owner)
      }
      // Another process that was sweeping took it for a leftover: retry.
      guard try Lock.isKept(file.descriptor, path: path) else { continue }
      self.path = path
      self.target = target
      self.file = file
      self.lastAct = lastAct
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

  /// Gives it its name, replacing any existing file; returns its size in bytes.
  /// - Parameter keepsMode: true to give it the permissions of the existing file: those were set on
  ///   purpose.
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

  /// Gives it its name, unless that is taken: then throws `isExists`.
  package consuming func name() throws(HostError) {
    _ = try settle()
    // The temporary name is removed at the end of the scope.
    try File.link(path, to: target)
    try confirm()
  }

  private borrowing func settle() throws(HostError) -> Int64 {
    try Self.naming(target) { () throws(HostError) in
      try file.sync()
      return try file.status().size
    }
  }

  /// Puts the final name into an error.
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

  /// Removes the leftovers of killed processes from a folder. Best effort: whatever cannot be
  /// removed does no harm, and more may appear at any time.
  package static func sweep(_ folder: String) {
    guard let left = Leftovers(in: folder) else { return }
    // A draft comes before its journal, which is removed once the draft is gone.
    for name in left.names.sorted() {
      guard let draft = draft(of: name) else { continue }
      if draft == name || !left.has(draft) { left.removeFile(name) }
    }
  }

  /// The draft that a name belongs to: its own, or that of a companion; nil for any other name.
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
