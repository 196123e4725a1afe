internal import Favourites
internal import Host

/// The user's editor.
enum Editor {
  /// The default editor.
  static let usual = "vi"

  /// Runs the editor on a file: `$VISUAL`, `$EDITOR` or the one in the settings, run directly and
  /// never through a shell.
  /// - Parameters:
  ///   - terminal: the descriptor of the terminal for the editor; nil for the standard streams.
  ///   - outcome: what is true of the file if the editor fails, in words.
  static func run(
    on path: String, _ settings: Settings, terminal: Int32? = nil, failing outcome: String
  ) throws(Failure) {
    let words = try words(settings)
    let status = try Failure.of(Child.run(words + [path], on: terminal))
    guard status == 0 else {
      throw Failure(.conflict, "the editor exited with \(status): \(outcome)")
    }
  }

  private static func words(_ settings: Settings) throws(Failure) -> [String] {
    let (command, origin) = try settings.found(SettingKey<String>.editor.setting)
    guard let words = Child.words(of: command), !words.isEmpty else {
      let name = if case .environment = origin { "$VISUAL or $EDITOR" } else { "editor" }
      throw Failure(.usage, "\(name) is not a command: '\(command)'")
    }
    return words
  }
}
