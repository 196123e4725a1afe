internal import Favourites
internal import Host

/// What a person has settled: the file of settings, and the variables that count for more.
struct Settings: Sendable {
  /// Where the file is or would be; nil where there is no place for it.
  let path: String?
  private(set) var file: SettingsFile

  /// None: for a command that asks for none.
  static let none = Settings(path: nil, file: SettingsFile())

  /// Where a value comes from.
  enum Origin: Equatable, Sendable {
    case usual
    /// Line of the file, from 1.
    case file(line: Int)
    /// A variable's name.
    case environment(String)

    /// As it is printed.
    var name: String {
      switch self {
      case .usual: "default"
      case .file: "file"
      case .environment: "environment"
      }
    }
  }

  /// Reads the file, and refuses one with a line that is wrong. Where there is none this is one call of the system.
  ///
  /// Where variables are no text there is no file either: a command that needs them says so itself.
  static func checked() throws(Failure) -> Settings {
    guard let path = (try? Places.settings()).flatMap({ $0 }),
      let file = try SettingsFile.read(path)
    else { return none }
    if let mistake = file.mistakes.first { throw Failure(mistake, in: path) }
    return Settings(path: path, file: file)
  }

  /// Reads the file, whatever stands in it.
  static func read() throws(Failure) -> Settings {
    guard let path = try Places.settings() else { return none }
    return Settings(path: path, file: try SettingsFile.read(path) ?? SettingsFile())
  }

  /// What holds for a key, as text, and where it comes from.
  func found(_ setting: Setting) throws(Failure) -> (text: String, origin: Origin) {
    for variable in setting.variables {
      guard let text = try Places.variable(variable.name) else { continue }
      return (variable.meaning ?? text, .environment(variable.name))
    }
    if let entry = file.entry(of: setting.name) { return (entry.value, .file(line: entry.line)) }
    return (setting.usual, .usual)
  }

  /// What holds for a key.
  func value<Result>(of key: SettingKey<Result>) throws(Failure) -> Result {
    let (text, origin) = try found(key.setting)
    do {
      return try key.read(text)
    } catch {
      throw Failure(error, of: key.setting, from: origin)
    }
  }

  /// Whether the file has something to say of a key.
  func isInFile<Result>(_ key: SettingKey<Result>) -> Bool {
    !file.isEmpty && file.entry(of: key.setting.name) != nil
  }

  /// Changes what the file says of a key; gives nothing to say of it. False where it said nothing before either.
  mutating func change(_ setting: Setting, to value: String?) throws(Failure) -> Bool {
    guard let value else { return file.unset(setting.name) }
    file.set(setting.name, to: value)
    guard file.bytes.count <= SettingsFile.longest else {
      throw Failure(settings: path ?? "", .tooLong)
    }
    return true
  }
}
