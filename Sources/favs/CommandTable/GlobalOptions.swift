/// The options common to all commands.
struct GlobalOptions: Sendable {
  var database: String?
  var isJSON = false
  var isQuiet = false
  var isVerbose = false
  var isProfiling = false
  var isUnpaged = false
  var color: Style.Choice?

  /// The options that set these values.
  static let options: [Option<GlobalOptions>] = [
    .text("db", nil, "FILE", "use this database", \.database, .file),
    .flag("json", nil, "print a JSON array, and errors as JSON", \.isJSON),
    .flag("quiet", "q", "print no headings, counts or hints", \.isQuiet),
    .flag("verbose", "v", "print more: every row, the number of the change", \.isVerbose),
    .flag("profile", nil, "show the time and plan of each SQL statement", \.isProfiling),
    // Global as in git: with $PAGER set, it is needed for every command that only shows something.
    .flag("no-pager", nil, "do not show long output in a pager", \.isUnpaged),
    .read(
      "color", nil, "WHEN", "use colour: auto, always or never", \.color,
      .choices(Style.Choice.allCases.map(\.rawValue)), by: Value.choice(Style.Choice.self)),
  ]
}
