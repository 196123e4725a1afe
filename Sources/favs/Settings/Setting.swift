internal import Favourites

/// One key of the settings, as the file, the help, the manual and the completions have it.
struct Setting: Sendable {
  /// As the file and the command line write it.
  let name: String
  /// What the help calls its value.
  let type: String
  /// What holds where nobody says anything.
  let usual: String
  /// The variables that say it too, and count for more than the file; the first that is set counts.
  let variables: [Variable]
  let summary: String
  let completion: Completion
  /// Refuses a value that the key does not take.
  let check: @Sendable (String) throws(ValueError) -> Void

  /// A variable of the environment.
  struct Variable: Equatable, Sendable {
    let name: String
    /// What it means whatever its value is; nil where the value says it.
    var meaning: String?
  }

  /// All keys: what reading, `favs config`, its completion, its manual and its errors go by.
  static let all: [Setting] = [
    SettingKey<CategoryPath>.category.setting,
    SettingKey<Ordering>.sort.setting,
    SettingKey<Int64>.perPage.setting,
    SettingKey<[FavouriteField]?>.columns.setting,
    SettingKey<Bool>.fetch.setting,
    SettingKey<Style.Choice>.color.setting,
    SettingKey<Pick.Action>.pick.setting,
    SettingKey<PickOptions.Picker>.picker.setting,
    SettingKey<String>.browser.setting,
    SettingKey<String>.editor.setting,
    SettingKey<String?>.trashKeep.setting,
  ]

  /// The key of a name.
  static func named(_ name: String) -> Setting? {
    all.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// What is said of a name that no key has.
  static func unknown(_ name: String) -> ValueError {
    let nearest = Suggestion.nearest(to: name, among: all.map(\.name))
    return ValueError(
      "unknown setting '\(name)'",
      hint: nearest.map { "did you mean '\($0)'?" } ?? "favs config lists the settings")
  }

  /// Its name and type, and what it is for: for the help and the manual.
  var row: (String, String) {
    var more = ["default: \(usual)"]
    if !variables.isEmpty { more.append(variables.map { "$\($0.name)" }.joined(separator: ", ")) }
    return ("\(name) = \(type)", "\(summary) (\(more.joined(separator: "; ")))")
  }
}
