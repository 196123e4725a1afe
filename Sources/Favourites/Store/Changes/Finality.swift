/// Whether a change can be undone, as stored in `change.is_final`.
enum Finality: Int64 {
  case revertible = 0
  /// It emptied something from the trash, which cannot be undone.
  case forgets = 1
  /// It only counted openings: `undo` skips it, and it is in no other change's way.
  case opens = 2
  /// It is a sync that only put into the trash what was not here: what an undo removed and other
  /// devices know, or what they trashed. Each further sync would do it again, so `undo` skips it,
  /// and it is in no other change's way.
  case discards = 3
}
