internal import Favourites
internal import Sync

/// Shows the remote and the state of the sync.
struct SyncStatus: Command {
  static let synopsis = Synopsis<Self>(
    "Show what is synced with, and what is not sent yet",
    details: [
      "Uses no network. Changes since the last sync are counted as changes, not favourites."
    ],
    exits: [.done, .notFound, .usage, .busy, .database, .inputOutput],
    seeAlso: ["undo"])

  var operands: [String] = []
  var global = GlobalOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let store = try context.reading()
    let (state, unsent, conflicts) = try context.opened { () throws(StoreError) in
      guard let state = try store.syncState() else { return (SyncState?.none, Int64(0), 0) }
      let changes = try store.syncChanges(after: state.mark).count
      return (state, try store.countUnsent() + Int64(changes), try store.syncConflicts().count)
    }
    guard let state else { throw Self.notSynced }
    let last = state.syncedAt > 0 ? Timestamp(milliseconds: state.syncedAt).text : nil
    if global.isJSON {
      var json = JSONWriter()
      json.beginObject()
      json.member("remote", state.remote)
      json.member("last", last)
      json.member("unsent", unsent)
      json.member("conflicts", Int64(conflicts))
      json.member("devices", Int64(SyncDevices.others(state).count + 1))
      json.endObject()
      json.newline()
      try context.output.write(json.bytes)
      return .done
    }
    for (name, value) in [
      ("remote", state.remote), ("last sync", last ?? "never"), ("not sent", "\(unsent)"),
      ("conflicts", "\(conflicts)"), ("devices", "\(SyncDevices.others(state).count + 1)"),
    ] {
      try context.output.write("\(name)\t\(Escaping.forTSV(value))\n")
    }
    return .done
  }

  /// The error for a database that does not sync.
  static let notSynced = Failure(
    .notFound, "this file does not sync with anything", hint: "favs sync init REMOTE begins")
}
