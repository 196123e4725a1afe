import Favourites
import Host

@testable import favs

extension FuzzTarget {
  /// The words of a command line, a NUL behind each: read against the command table. Nothing is
  /// run.
  static let commandLine = FuzzTarget(name: "argv", longest: 2_048) { bytes in
    guard UTF8Check.firstInvalidOffset(in: bytes) == nil else { return }
    let words = texts(bytes)
    for allowsAbbreviations in [false, true] {
      try read(words, allowsAbbreviations: allowsAbbreviations)
    }
    for word in words { try readAlone(word) }
  }

  private static func read(_ words: [String], allowsAbbreviations: Bool) throws {
    let parser = CommandLineParser(
      table: Commands.all, allowsAbbreviations: allowsAbbreviations)
    let outcome: CommandLineParser.Outcome
    do throws(UsageError) {
      outcome = try parser.parse(words)
    } catch {
      return try checkTold(Failure(error))
    }
    switch outcome {
    case .version: break
    case .help(let path):
      let text = try Help.text(for: path)
      try BrokenLaw.unless(text.hasSuffix("\n"), "the help of \(path) is cut off")
    case .run(_, let command):
      guard let selection = selection(of: command) else { return }
      do throws(Failure) {
        _ = try selection.selection(at: now)
      } catch {
        try checkTold(error)
      }
    }
  }

  /// What several commands make of a word before they open a file.
  private static func readAlone(_ word: String) throws {
    _ = Reference(word)
    _ = Draft.looksLikeURL(word)
    _ = try? Moment.parse(word, now: now)
    let shown = Escaping.forTerminal(word)
    try checkPlain(shown)
    let width = TextWidth.of(shown)
    try BrokenLaw.unless(
      TextWidth.of(TextWidth.cut(shown, to: 20)) <= 20, "more than 20 columns of \(width)")
  }

  private static func selection(of command: any Command) -> SelectionOptions? {
    switch command {
    case let command as List: command.selection
    case let command as Search: command.selection
    case let command as Export: command.selection
    case let command as Edit: command.selection
    case let command as Remove: command.selection
    case let command as Open: command.selection
    default: nil
    }
  }

  /// An error is one line, or two with its hint, and nothing in it moves a cursor; and so is its
  /// JSON.
  private static func checkTold(_ failure: Failure) throws {
    let lines = failure.text.utf8.filter { $0 == 0x0A }.count
    try BrokenLaw.unless(
      lines == (failure.hint == nil ? 1 : 2) && failure.text.utf8.last == 0x0A,
      "\(lines) lines for an error")
    try checkPlain(failure.text.unicodeScalars.filter { $0 != "\n" }.map { String($0) }.joined())
    let json = try? JSONValue.parse(Array(failure.json.utf8))
    try BrokenLaw.unless(json != nil, "an error in JSON that is none: \(failure.json)")
  }

  private static func checkPlain(_ text: String) throws {
    let scalars = Array(text.unicodeScalars)
    let isPlain = scalars.indices.allSatisfy { !Visibility.isHidden(scalars, at: $0) }
    try BrokenLaw.unless(isPlain, "a terminal would obey \(text.debugDescription)")
  }
}

/// A time that does not pass, so that an input does the same whenever it is run.
let now = Timestamp(milliseconds: 1_800_000_000_000)
