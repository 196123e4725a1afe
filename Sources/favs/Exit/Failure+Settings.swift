internal import Favourites

// Messages about invalid settings.

extension Failure {
  /// - Parameter path: the path of the file.
  init(_ mistake: SettingsFile.Mistake, in path: String) {
    self.init(
      .usage, "\(path), line \(mistake.line): \(mistake.message)",
      hint: (mistake.hint.map { "\($0); " } ?? "") + "favs config --edit opens the file")
  }

  /// The error for a value that its key does not accept, wherever it comes from.
  init(_ error: ValueError, of setting: Setting, from origin: Settings.Origin) {
    let place =
      switch origin {
      case .environment(let name): "$\(name)"
      case .usual, .file: setting.name
      }
    self.init(.usage, "\(place): \(error.message)", hint: error.hint)
  }

  /// - Parameter path: the path of the file.
  init(settings path: String, _ refusal: SettingsFile.Refusal) {
    switch refusal {
    case .notPlain:
      self.init(.usage, "'\(path)' is not a plain file", hint: "move it away")
    case .notOurs:
      self.init(
        .conflict, "'\(path)' belongs to another user, whose settings could run programs",
        hint: "set XDG_CONFIG_HOME to a folder of your own")
    case .isOpen:
      self.init(
        .conflict, "other users can write to '\(path)', and settings can run programs",
        hint: "check what is in it, then: chmod o-w \(ShellWord.quoted(path))")
    case .tooLong:
      self.init(
        .usage, "'\(path)' is longer than \(SettingsFile.longest >> 10) KiB",
        hint: "favs config --edit opens the file")
    }
  }
}
