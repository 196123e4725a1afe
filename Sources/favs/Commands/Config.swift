internal import Favourites
internal import Host

/// Shows and changes the settings.
struct Config: Command {
  static let synopsis = Synopsis<Self>(
    "Show and change settings",
    details: [
      "Without KEY, lists all settings with their values and where each comes from: default, file "
        + "or environment. With KEY, prints its value; with VALUE, writes it to the file.",
      "The file is $XDG_CONFIG_HOME/favs/config, or ~/.config/favs/config: one 'key = value' per "
        + "line, and remarks after #. Options take precedence over variables, and variables over "
        + "the file. If a line is wrong, every other command says so and ends with 2.",
    ],
    operands: Operands(
      name: "KEY [VALUE]", count: 0...2, completion: .setting, isSigned: true),
    options: [
      .flag("unset", nil, "remove KEY from the file", \.unsets),
      .flag("edit", nil, "open the file in your editor", \.edits),
    ] + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example("favs config sort -created", "let favs list show the newest first"),
      Example("favs config --unset sort", "sort by rank again"),
    ],
    terms: TermList(title: "Settings", rows: Setting.all.map(\.row)),
    exits: [.done, .usage, .conflict, .busy, .inputOutput],
    seeAlso: ["list", "open"])

  static let opensFile = false
  static let heedsSettings = false

  var operands: [String] = []
  var global = GlobalOptions()
  var unsets = false
  var edits = false
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let setting = try operands.first.map { (name) throws(Failure) in try Self.setting(name) }
    guard !unsets || (operands.count == 1 && !edits), !edits || operands.isEmpty else {
      throw Failure(
        .usage, unsets ? "--unset takes one KEY" : "--edit takes no KEY",
        hint: "favs help config shows its usage")
    }
    if edits { return try edit(&context) }
    if let setting, unsets || operands.count == 2 {
      try change(setting, to: operands.dropFirst().first, &context)
    } else {
      try SettingsPrinter(global, context.output).print(Settings.read(), only: setting, &context)
    }
    return .done
  }

  private static func setting(_ name: String) throws(Failure) -> Setting {
    if let setting = Setting.named(name) { return setting }
    let error = Setting.unknown(name)
    throw Failure(.usage, error.message, hint: error.hint)
  }

  // MARK: Changing

  private func change(
    _ setting: Setting, to value: String?, _ context: inout Context
  ) throws(Failure) {
    if let value { try Self.check(value, setting) }
    guard let path = try StandardPaths.settings() else {
      throw Failure(.usage, "no folder for the settings: $HOME is not an absolute path")
    }
    let lock = write.isRehearsal ? nil : try SettingsFile.lock(path, makesFolder: value != nil)
    var settings = try Settings.read()
    let isChanged = try settings.change(setting, to: value)
    if isChanged, !write.isRehearsal {
      try settings.file.write(to: path)
      context.deed = .file(path)
    }
    _ = consume lock
    guard !global.isJSON else {
      return try SettingsPrinter(global, context.output).print(settings, only: setting, &context)
    }
    let name = setting.name
    guard isChanged else {
      return try context.output.note("nothing to change: '\(path)' does not set \(name)")
    }
    let shown = try settings.found(setting)
    let done = value.map { "\(name) = \($0)" } ?? "\(name) is not set any more"
    let would = value.map { "would set \(name) = \($0)" } ?? "would unset \(name)"
    try context.output.note(
      Escaping.forTerminal((write.isRehearsal ? would : done) + " in '\(path)'"))
    if case .environment(let variable) = shown.origin {
      try context.output.note("$\(variable) counts for more, and is '\(shown.text)'")
    }
  }

  private static func check(_ value: String, _ setting: Setting) throws(Failure) {
    do {
      try setting.accept(value)
    } catch {
      throw Failure(.usage, "\(setting.name): \(error.message)", hint: error.hint)
    }
    guard SettingsFile.canHold(value) else {
      throw Failure(
        .usage, "\(setting.name): the file cannot hold this value",
        hint: "a value has one line, no spaces at its ends, and no # behind a space")
    }
  }

  // MARK: The editor

  private func edit(_ context: inout Context) throws(Failure) -> ExitCode {
    guard let path = try StandardPaths.settings() else {
      throw Failure(.usage, "no folder for the settings: $HOME is not an absolute path")
    }
    guard !write.isRehearsal else {
      throw Failure(.usage, "--edit cannot be rehearsed")
    }
    guard Terminal.isTerminal(0), Terminal.isTerminal(1) else {
      throw Failure(
        .conflict, "--edit needs a terminal", hint: "favs config KEY VALUE sets one setting")
    }
    let settings = try editable(path)
    try context.waiting { () throws(Failure) in
      try Editor.run(on: path, settings, failing: "'\(path)' is as the editor left it")
    }
    if let mistake = try SettingsFile.read(path)?.mistakes.first {
      throw Failure(mistake, in: path)
    }
    return .done
  }

  /// The settings before editing. Without a file, one with all keys as comments is created.
  private func editable(_ path: String) throws(Failure) -> Settings {
    if let file = try SettingsFile.read(path) { return Settings(path: path, file: file) }
    var text = "# Settings of favs: see favs help config\n"
    for setting in Setting.all {
      text += "\n# \(setting.summary)\n# \(setting.name) = \(setting.usual)\n"
    }
    let file = SettingsFile(Array(text.utf8))
    try file.write(to: path)
    return Settings(path: path, file: file)
  }
}
