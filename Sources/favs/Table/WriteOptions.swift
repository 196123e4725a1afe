/// How a change is made.
struct WriteOptions: Sendable {
  var isRehearsal = false
  var isYes = false
  var asksNothing = false

  /// The options of a command that asks nothing.
  static let options: [Option<WriteOptions>] = [
    .flag("dry-run", "n", "print what would change and change nothing", \.isRehearsal)
  ]

  /// The options of a command that may ask.
  static let askingOptions: [Option<WriteOptions>] =
    options + [
      .flag("yes", "y", "take yes for an answer", \.isYes),
      .flag("no-input", nil, "ask nothing, and refuse where a question is due", \.asksNothing),
    ]
}
