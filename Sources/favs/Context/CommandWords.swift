internal import Favourites

/// The words of a command line, for display, the history, and other programs.
struct CommandWords {
  /// The words after the program's name.
  var words: [String]

  init(_ words: [String]) { self.words = words }

  /// As a JSON array.
  var json: String { JSONText.array(words) ?? "[]" }

  /// The form that the history keeps.
  var kept: String { Self.quoted(words) }

  /// The command line for another page, for the user to copy; only the option if the line contains
  /// something that cannot be displayed as it is.
  func line(page: Int64) -> String {
    var kept: [String] = []
    var skipsNext = false
    // After -- nothing is an option.
    let end = words.firstIndex(of: "--") ?? words.endIndex
    for word in words[..<end] {
      if skipsNext { skipsNext = false; continue }
      if word == "--page" { skipsNext = true; continue }
      if !word.hasPrefix("--page=") { kept.append(word) }
    }
    kept += ["--page", "\(page)"] + words[end...]
    guard !kept.contains(where: Visibility.isAnyHidden) else {
      return "--page \(page)"
    }
    return "favs " + kept.map(ShellWord.quoted).joined(separator: " ")
  }

  /// Words quoted for a shell, truncated if they are long.
  static func quoted(_ words: [String]) -> String {
    let line = words.map(ShellWord.quoted).joined(separator: " ")
    return line.utf8.count > longest ? line.cut(toBytes: longest) + "…" : line
  }

  /// The longest command line in the history, in bytes.
  private static let longest = 240
}
