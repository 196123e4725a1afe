/// The options for changes.
struct WriteOptions: Sendable {
  var isRehearsal = false
  var isYes = false
  var asksNothing = false

  /// The options of a command that does not ask for confirmation.
  static let options: [Option<WriteOptions>] = [
    .flag("dry-run", "n", "show what would change, and change nothing", \.isRehearsal)
  ]

  /// The options of a command that may ask for confirmation.
  static let askingOptions: [Option<WriteOptions>] =
    options + [
      .flag("yes", "y", "answer yes to all questions", \.isYes),
      .flag("no-input", nil, "never ask; fail if confirmation is needed", \.asksNothing),
    ]
}
