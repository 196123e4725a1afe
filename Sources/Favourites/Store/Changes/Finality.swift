/// Whether a change can be taken back, as `change.is_final` says it.
enum Finality: Int64 {
  case revertible = 0
  /// It emptied something from the trash, for good.
  case forgets = 1
  /// It only counted openings: `undo` passes it over, and it stands in no other change's way.
  case opens = 2
}
