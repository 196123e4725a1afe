/// A message about a change, both for one that was made and for a dry run.
///
/// Callers give both versions, and `Context.tell` chooses: a dry run must never claim that
/// something was done.
struct Told {
  /// The message for a change: `2 favourites are in the trash now`.
  let done: String
  /// The message for a dry run: `would move 2 favourites to the trash`.
  let would: String
  /// How to revert the change; not printed in a dry run.
  var wayBack: String?

  /// The message to print.
  func text(isRehearsal: Bool) -> String {
    guard !isRehearsal else { return would }
    return wayBack.map { "\(done); \($0)" } ?? done
  }
}
