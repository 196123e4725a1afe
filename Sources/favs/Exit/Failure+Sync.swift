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
      self.init(
        .conflict, "this sync would \(excess.words(count, of: live)); nothing was done",
        hint: "use --yes to do it, -n to look")
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

  /// Why a conflict was not settled.
  init(_ obstacle: SettlingObstacle, of conflict: SyncConflict) {
    let which = "conflict \(conflict.id) cannot be settled"
    switch obstacle {
    case .trashed(let id, let title):
      self.init(
        .conflict, "\(which): favourite \(id) is in the trash: '\(title)'",
        hint: "favs restore \(id) restores it")
    case .trashedCategory(let name):
      self.init(
        .conflict, "\(which): category '\(name)' is in the trash",
        hint: "favs restore -c \(ShellWord.quoted(name)) restores it")
    case .missingParent:
      self.init(
        .conflict, "\(which): the category to move to no longer exists",
        hint: "use the other value")
    case .badName(let error):
      self.init(.conflict, "\(which): \(error.message)", hint: "use the other value")
    }
  }
}

extension SyncRefusal.Excess {
  /// What a sync would do: `move 26 of 30 favourites to the trash`.
  func words(_ count: Int, of live: Int) -> String {
    let some = "\(count) of \(counted(favourites: live))"
    return switch self {
    case .trashed: "move \(some) to the trash"
    case .changed: "change \(some)"
    case .added: "add \(counted(favourites: count)) to \(live)"
    case .trashedElsewhere: "move \(some) to the trash on all devices"
    }
  }
}
