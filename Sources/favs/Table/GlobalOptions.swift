/// What every command takes.
struct GlobalOptions: Sendable {
  var database: String?
  var isJSON = false
  var isQuiet = false
  var isVerbose = false
  var isProfiling = false
  var color: Style.Choice?

  /// The options that set it.
  static let options: [Option<GlobalOptions>] = [
    .text("db", nil, "FILE", "use this file instead of $FAVS_DB", \.database, .file),
    .flag("json", nil, "print one JSON array, and errors as JSON", \.isJSON),
    .flag("quiet", "q", "print no headings, counts and hints", \.isQuiet),
    .flag("verbose", "v", "say which change was made", \.isVerbose),
    .flag("profile", nil, "tell what each SQL statement did, and how", \.isProfiling),
    .read(
      "color", nil, "WHEN", "colour: auto, always or never", \.color,
      .choices(Style.Choice.allCases.map(\.rawValue)), by: Value.choice(Style.Choice.self)),
  ]
}
