internal import Favourites
internal import Host

/// Opens links in the user's programs, run directly and never through a shell.
struct Opener {
  /// Command lines; the first whose program exists is used.
  private let commands: [[String]]
  /// The name of the program, for messages.
  private let name: String
  private let link: String

  #if canImport(Darwin)
    static let system = "open"
  #else
    static let system = "xdg-open"
  #endif

  /// - Parameters:
  ///   - url: must have a scheme, so that no program reads it as an option.
  ///   - settings: may name browsers, with colons between commands as in `$BROWSER` (see
  ///     xdg-open(1)). The first that exists opens web pages; everything else is opened by the
  ///     system, as are web pages if no browser is named.
  init(_ url: String, _ scheme: URLScheme, _ settings: Settings) throws(Failure) {
    link = Self.escaped(url)
    let (browser, origin) = try settings.found(SettingKey<String>.browser.setting)
    guard URLScheme.pages.contains(scheme.name), origin != .usual else {
      name = Self.system
      commands = [[Self.system]]
      return
    }
    name = if case .environment = origin { "$BROWSER" } else { "the setting browser" }
    var commands: [[String]] = []
    for command in browser.split(separator: ":") {
      guard let words = Child.words(of: String(command)) else {
        throw Failure(.usage, "\(name) is not a command: '\(command)'")
      }
      if let word = words.dropFirst().first(where: Self.hidesMark) {
        throw Failure(
          .usage, "\(name) has %s inside the word '\(word)'",
          hint: "the link can be a word, %s, or the value of an option, --app=%s")
      }
      if !words.isEmpty { commands.append(words) }
    }
    self.commands = commands
  }

  /// Opens the link, and waits until the program has accepted it or, in the terminal, has exited.
  /// - Parameter terminal: the descriptor of the terminal for the program; nil for the standard
  ///   streams.
  func run(on terminal: Int32? = nil) throws(Failure) {
    for command in commands {
      let status: Int32
      do {
        // The output of a browser must not mix with ours, unless it runs on this terminal; what we
        // are given to read, such as the rest of a list in a loop, is not for it.
        status = try Child.run(
          words(command), keepsInput: Terminal.isTerminal(0), keepsOutput: Terminal.isTerminal(1),
          on: terminal)
      } catch {
        guard error.isNotFound else { throw Failure(error) }
        continue
      }
      guard status == 0 else {
        throw Failure(.inputOutput, "'\(command[0])' exited with \(status): nothing was opened")
      }
      return
    }
    throw Failure(
      .inputOutput, "no program to open links: \(name) is not installed",
      hint: name == Self.system
        ? "install xdg-utils, or set $BROWSER" : "set $BROWSER to another program")
  }

  /// Stands for the link in a command.
  private static let mark = Array("%s".utf8)

  /// A command with the link in place of `%s`, or at the end.
  private func words(_ command: [String]) -> [String] {
    let places = command.indices.dropFirst().filter { Self.beforeLink(command[$0]) != nil }
    guard !places.isEmpty else { return command + [link] }
    var words = command
    for place in places { words[place] = (Self.beforeLink(command[place]) ?? "") + link }
    return words
  }

  /// What stands before the link in a word that takes one: nothing if the word is `%s`, and
  /// `--name=` if it is the value of an option; nil for any other word.
  ///
  /// The link must never become part of something that another program, such as a shell, takes
  /// apart.
  private static func beforeLink(_ word: String) -> String? {
    let bytes = Array(word.utf8)
    guard bytes.count >= mark.count, bytes.suffix(mark.count).elementsEqual(mark) else {
      return nil
    }
    let before = bytes.dropLast(mark.count)
    guard !before.isEmpty else { return "" }
    guard before.starts(with: "--".utf8), before.last == UInt8(ascii: "=") else { return nil }
    let name = before.dropFirst(2).dropLast()
    let isName = name.allSatisfy { byte in
      byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte)
        || (0x61...0x7A).contains(byte | 0x20)
    }
    return isName && !name.isEmpty ? String(decoding: before, as: UTF8.self) : nil
  }

  /// Whether a word has a `%s` that stands for no link.
  private static func hidesMark(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    return beforeLink(word) == nil && bytes.indices.contains { bytes[$0...].starts(with: mark) }
  }

  /// A URL without bytes that are not allowed in one, so that no program on the way can misread
  /// them: spaces, quotes, brackets and the like become `%20`. Other ASCII characters, and letters
  /// of any script, are unchanged.
  ///
  /// Source: RFC 3986, 2, which has no place for these, and 2.1.
  static func escaped(_ url: String) -> String {
    var bytes: [UInt8] = []
    for byte in url.utf8 {
      if byte <= 0x20 || byte == 0x7F || "\"<>\\^`{|}".utf8.contains(byte) {
        let digits = Array("0123456789ABCDEF".utf8)
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
