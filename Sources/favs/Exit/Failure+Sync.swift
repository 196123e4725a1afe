internal import Favourites
internal import Sync

extension Failure {
  /// Why a sync changed nothing.
  init(_ refusal: SyncRefusal) {
    switch refusal {
    case .clock:
      self.init(.conflict, "the clock of this machine is past all use", hint: "set it")
    case .lost(let name):
      self.init(
        .database, "the remote has lost what '\(name)' had there",
        hint: "favs sync --again sends everything that it lacks")
    case .wentBack(let name):
      self.init(
        .database, "the remote is older than at the last sync: '\(name)' had more there",
        hint: "favs sync --again sends everything that it lacks")
    case .otherSet:
      self.init(
        .conflict, "the remote holds other favourites than this file synced with",
        hint: "favs sync leave, then favs sync init REMOTE, puts both together")
    case .tooMuch(let excess, let count, let live):
      self.init(.conflict, Self.words(excess, count, live), hint: "use --yes to do it, -n to look")
    case .unreadable(.newer):
      self.init(.database, "the remote was made by a newer favs", hint: "upgrade favs")
    case .unreadable:
      self.init(.database, "the remote holds something else than favourites")
    case .unread:
      self.init(.inputOutput, "the files of the remote could not be read; nothing was done")
    case .endless:
      self.init(.database, "what the devices have cannot be put together")
    }
  }

  private static func words(_ excess: SyncRefusal.Excess, _ count: Int, _ live: Int) -> String {
    let some = "\(count) of \(counted(favourites: live))"
    return switch excess {
    case .trashed: "this sync would move \(some) to the trash; nothing was done"
    case .changed: "this sync would change \(some); nothing was done"
    case .added: "this sync would add \(counted(favourites: count)) to \(live); nothing was done"
    case .trashedElsewhere:
      "this sync would move \(some) to the trash on all devices; nothing was done"
    }
  }
}
