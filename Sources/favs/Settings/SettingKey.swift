internal import Favourites
internal import Host

/// A key of the settings together with the parser of its value: one declaration here makes a key.
struct SettingKey<Result: Sendable>: Sendable {
  let setting: Setting
  let read: @Sendable (String) throws(ValueError) -> Result

  /// - Parameters:
  ///   - type: the name of its value in the help.
  ///   - usual: the default, as text.
  fileprivate init(
    _ name: String, _ type: String, usual: String, _ variables: [Setting.Variable],
    _ summary: String, _ completion: Completion = .none,
    by read: @escaping @Sendable (String) throws(ValueError) -> Result
  ) {
    self.read = read
    setting = Setting(
      name: name, type: type, usual: usual, variables: variables, summary: summary,
      completion: completion, check: { (text) throws(ValueError) in _ = try read(text) })
  }
}

extension SettingKey<CategoryPath> {
  static let category = SettingKey(
    "category", "PATH", usual: "inbox", [.init(name: "FAVS_CATEGORY")],
    "the category that favs add uses without -c", .category, by: Value.newCategory)
}

extension SettingKey<Ordering> {
  static let sort = SettingKey(
    "sort", "KEY", usual: "rank", [.init(name: "FAVS_SORT")],
    "how favs list sorts without --sort; -KEY reverses", .ordering(Ordering.names),
    by: Value.ordering)
}

extension SettingKey<Int64> {
  static let perPage = SettingKey(
    "per_page", "N", usual: "20", [.init(name: "FAVS_PER_PAGE")],
    "how many favourites a page has", by: Value.amount)
}

extension SettingKey<[FavouriteField]?> {
  static let columns = SettingKey(
    "columns", "NAMES", usual: "auto", [.init(name: "FAVS_COLUMNS")],
    "the columns of tables on a terminal: fields separated by commas, or auto", .field
  ) { (text) throws(ValueError) in
    text == "auto" ? nil : try Value.fields(text)
  }
}

extension SettingKey<Bool> {
  static let fetch = SettingKey(
    "fetch", "WHEN", usual: "off", [.init(name: "FAVS_FETCH")],
    "whether favs add gets titles from web pages: on or off", .choices(["on", "off"])
  ) { (text) throws(ValueError) in
    guard text == "on" || text == "off" else { throw ValueError("'\(text)' is not on or off") }
    return text == "on"
  }
}

extension SettingKey<Style.Choice> {
  static let color = SettingKey(
    "color", "WHEN", usual: "auto", [.init(name: "NO_COLOR", meaning: "never")],
    "when to use colour: auto, always or never",
    .choices(Style.Choice.allCases.map(\.rawValue)), by: Value.choice(Style.Choice.self))
}

extension SettingKey<String> {
  static let browser = SettingKey(
    "browser", "COMMAND", usual: Opener.system, [.init(name: "BROWSER")],
    "the browser for favs open; %s stands for the link"
  ) { (text) throws(ValueError) in
    for command in text.split(separator: ":") { _ = try Value.command(String(command)) }
    return text
  }

  static let editor = SettingKey(
    "editor", "COMMAND", usual: Editor.usual, [.init(name: "VISUAL"), .init(name: "EDITOR")],
    "the editor for favs edit and favs config --edit", by: Value.command)
}

extension SettingKey<Pick.Action> {
  static let pick = SettingKey(
    "pick", "ACTION", usual: Pick.Action.print.rawValue, [.init(name: "FAVS_PICK")],
    "what favs pick does with the choice: open, edit, rm, copy or print",
    .choices(Pick.Action.allCases.map(\.rawValue)), by: Value.choice(Pick.Action.self))
}

extension SettingKey<PickOptions.Picker> {
  static let picker = SettingKey(
    "picker", "NAME", usual: PickOptions.Picker.favs.rawValue, [.init(name: "FAVS_PICKER")],
    "what draws favs pick: favs itself or fzf",
    .choices(PickOptions.Picker.allCases.map(\.rawValue)), by: Value.choice(PickOptions.Picker.self)
  )
}

extension SettingKey<String?> {
  static let trashKeep = SettingKey(
    "trash.keep", "AGE", usual: "forever", [.init(name: "FAVS_TRASH_KEEP")],
    "how long favs trash empty keeps what was removed: 30d, 6m or forever",
    .choices(["forever"])
  ) { (text) throws(ValueError) in
    text == "forever" ? nil : try Value.age(text)
  }
}
