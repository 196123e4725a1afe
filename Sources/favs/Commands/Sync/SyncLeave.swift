internal import Favourites
internal import Host
internal import Sync

/// Stops syncing.
struct SyncLeave: Command {
  static let synopsis = Synopsis<Self>(
    "Stop syncing",
    details: [
      "Favourites and history stay, here and on the remote. Another device can remove what this "
        + "one has on the remote: favs sync devices --retire NAME."
    ],
    options: WriteOptions.askingOptions.lifted(to: \.write),
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    var store = try context.file.syncStore(makesFile: false)
    guard let state = try context.opened(store.syncState()) else {
      throw SyncStatus.notSynced
    }
    try context.confirmOrRefuse(
      "Stop syncing with '\(state.remote)'?", otherwise: "this ends syncing", write)
    if !write.isRehearsal {
      try context.opened(store.endSyncing())
      try Self.remove(context.file.path + ".sync")
    }
    try context.tell(
      Told(
        done: "this file does not sync any more",
        would: "would stop syncing with \(state.remote)"))
    return .done
  }

  /// Removes the local git repository.
  private static func remove(_ folder: String) throws(Failure) {
    try Failure.of { () throws(HostError) in
      guard try FileStatus.of(folder, followingLinks: false)?.kind == .directory else { return }
      try removeAll(folder)
    }
  }

  private static func removeAll(_ folder: String) throws(HostError) {
    for name in try Directory.names(in: folder) {
      let path = folder + "/" + name
      if try FileStatus.of(path, followingLinks: false)?.kind == .directory {
        try removeAll(path)
      } else {
        try File.remove(path)
      }
    }
    try Directory.remove(folder)
  }
}
