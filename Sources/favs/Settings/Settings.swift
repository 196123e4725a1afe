internal import Favourites
internal import Host

/// The user's settings: the file, and the environment variables that override it.
struct Settings: Sendable {
  /// The path of the file, whether it exists or not; nil if there is no place for it.
  let path: String?
  private(set) var file: SettingsFile

  /// Empty settings, for a command that needs none.
  static let none = Settings(path: nil, file: SettingsFile())

  /// The origin of a value.
  enum Origin: Equatable, Sendable {
    case usual
    /// A line of the file, counted from 1.
    case file(line: Int)
    /// The name of an environment variable.
    case environment(String)

    /// The printed form.
    var name: String {
      switch self {
      case .usual: "default"
      case .file: "file"
      case .environment: "environment"
      }
    }
  }

  /// Reads the file, and throws if a line is invalid. If there is no file, this costs one system
  /// call.
  ///
  /// If environment variables are not valid text, there is no file either: a command that needs
  /// them reports that itself.
  static func checked() throws(Failure) -> Settings {
    guard let path = (try? StandardPaths.settings()).flatMap({ $0 }),
      let file = try SettingsFile.read(path)
    else { return none }
    if let mistake = file.mistakes.first { throw Failure(mistake, in: path) }
    return Settings(path: path, file: file)
  }

  /// Reads the file, valid or not.
  static func read() throws(Failure) -> Settings {
    guard let path = try StandardPaths.settings() else { return none }
    return Settings(path: path, file: try SettingsFile.read(path) ?? SettingsFile())
  }

  /// The effective value of a key, as text, and its origin.
  func found(_ setting: Setting) throws(Failure) -> (text: String, origin: Origin) {
    for variable in setting.variables {
      guard let text = try StandardPaths.variable(variable.name) else { continue }
      return (variable.meaning ?? text, .environment(variable.name))
    }
    if let entry = file.entry(of: setting.name) { return (entry.value, .file(line: entry.line)) }
    return (setting.usual, .usual)
  }

  /// The effective value of a key.
  func value<Result>(of key: SettingKey<Result>) throws(Failure) -> Result {
    let (text, origin) = try found(key.setting)
    do {
      return try key.read(text)
    } catch {
      throw Failure(error, of: key.setting, from: origin)
    }
  }

  /// Whether the file sets a key.
  func isInFile<Result>(_ key: SettingKey<Result>) -> Bool {
    !file.isEmpty && file.entry(of: key.setting.name) != nil
  }

  /// Sets a key in the file, or removes it if the value is nil. Returns false if there was nothing
  /// to remove.
  mutating func change(_ setting: Setting, to value: String?) throws(Failure) -> Bool {
    guard let value else { return file.unset(setting.name) }
    file.set(setting.name, to: value)
    guard file.bytes.count <= SettingsFile.longest else {
      throw Failure(settings: path ?? "", .tooLong)
    }
    return true
  }
}
