internal import Exchange
internal import Favourites
internal import Host

// What is done behind a change that forgot something for good.

extension Context {
  /// Removes what else may hold what is forgotten now: pages of the file that an older favs wrote, and what killed
  /// commands left behind. What is not done here is done the next time.
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

  /// The backups that favs made on its own hold what is forgotten now: one of what is left takes their place.
  private mutating func removeBackups() throws(Failure) {
    let (count, kept): (Int, Int)
    do throws(StoreError) {
      count = try Store.removeAutomaticBackups(of: file.path)
      if count > 0 { try Store.backUp(file.path, .emptying, meter: file.meter) }
      kept = try Store.backups(of: file.path).count { !$0.reason.isAutomatic }
    } catch .host(let error) where error.isNotFound {
      // Where there is no folder yet, there is no backup.
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
