/// What is said of a change: of one that was made, and of one that is only rehearsed.
///
/// Whoever tells of a change says both, and `Context.tell` chooses: nothing that would be is told as if it were.
struct Told {
  /// What was done: `2 favourites are in the trash now`.
  let done: String
  /// What would be: `would move 2 favourites to the trash`.
  let would: String
  /// What takes it back, in commands; nothing does that was not done.
  var wayBack: String?

  /// The sentence.
  func text(isRehearsal: Bool) -> String {
    guard !isRehearsal else { return would }
    return wayBack.map { "\(done); \($0)" } ?? done
  }
}
