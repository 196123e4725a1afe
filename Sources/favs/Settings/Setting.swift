internal import Favourites

/// One key of the settings, as used by the file, the help, the manual and the completions.
struct Setting: Sendable {
  /// The name in the file and on the command line.
  let name: String
  /// The name of its value in the help.
  let type: String
  /// The default, as text.
  let usual: String
  /// The environment variables that override the file; the first one set wins.
  let variables: [Variable]
  let summary: String
  let completion: Completion
  /// Throws if the key does not accept a value.
  let check: @Sendable (String) throws(ValueError) -> Void

  /// An environment variable.
  struct Variable: Equatable, Sendable {
    let name: String
    /// The value that the variable stands for, whatever it is set to; nil if its own value counts.
    var meaning: String?
  }

  /// All keys: the basis for reading, `favs config`, its completion, its manual and its errors.
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

  /// The key with a name; nil if there is none.
  static func named(_ name: String) -> Setting? {
    all.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// The error for an unknown name.
  static func unknown(_ name: String) -> ValueError {
    let nearest = Suggestion.nearest(to: name, among: all.map(\.name))
    return ValueError(
      "unknown setting '\(name)'",
      hint: nearest.map { "did you mean '\($0)'?" } ?? "favs config lists the settings")
  }

  /// The name and type, and a description, for the help and the manual.
  var row: (String, String) {
    var more = ["default: \(usual)"]
    if !variables.isEmpty { more.append(variables.map { "$\($0.name)" }.joined(separator: ", ")) }
    return ("\(name) = \(type)", "\(summary) (\(more.joined(separator: "; ")))")
  }
}
