internal import Exchange
internal import Favourites
internal import Host

// Cleaning up after a change that deleted something for good.

extension Context {
  /// Removes other traces of the deleted data: unused pages of the file, left by an older favs, and
  /// files that killed commands left behind. Whatever fails here is done the next time.
  mutating func removeRemains(of store: borrowing Store) throws(Failure) {
    ForeignCopies.sweep()
    try removeBackups()
    do throws(StoreError) {
      try store.clearRemains()
    } catch {
      let failure = Failure(error, path: file.path)
      throw Failure(
        .inputOutput,
        "traces of it may remain until 'favs trash empty' runs again: \(failure.message)",
        hint: failure.hint, systemError: failure.systemError)
    }
  }

  /// Replaces the automatic backups, which still contain the deleted data, with a new one.
  private mutating func removeBackups() throws(Failure) {
    let (count, kept): (Int, Int)
    do throws(StoreError) {
      count = try Store.removeAutomaticBackups(of: file.path)
      if count > 0 { try Store.backUp(file.path, .emptying, meter: file.meter) }
      kept = try Store.backups(of: file.path).count { !$0.reason.isAutomatic }
    } catch .host(let error) where error.isNotFound {
      // Without a folder there are no backups.
      return
    } catch {
      throw Failure(error, path: file.path)
    }
    if count > 0 {
      let things = counted(count, "automatic backup", "automatic backups")
      try output.note("\(things) deleted too; a new one was made of what is left")
    }
    if kept > 0 {
      let things = counted(kept, "backup", "backups")
      try output.note(
        "\(things) that you made may still contain them: favs backup list shows them")
    }
  }
}
