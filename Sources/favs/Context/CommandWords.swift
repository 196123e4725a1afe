internal import Favourites

/// The words of a command line, as they are shown, kept and handed on.
struct CommandWords {
  /// The words behind the program's name.
  var words: [String]

  init(_ words: [String]) { self.words = words }

  /// As a JSON array.
  var json: String { JSONText.array(words) ?? "[]" }

  /// As the history keeps them.
  var kept: String { Self.quoted(words) }

  /// The command line for another page, for a person to copy; the option alone where the line has something in it
  /// that cannot be shown as it is.
  func line(page: Int64) -> String {
    var kept: [String] = []
    var skipsNext = false
    // Behind a -- nothing is an option.
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

  /// Words as a shell would take them again, cut where they are long.
  static func quoted(_ words: [String]) -> String {
    let line = words.map(ShellWord.quoted).joined(separator: " ")
    return line.utf8.count > longest ? line.cut(toBytes: longest) + "…" : line
  }

  /// How many bytes of a command line the history keeps.
  private static let longest = 240
}
