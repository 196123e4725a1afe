internal import Favourites
internal import Host

/// The programs that open links: the user's, run directly and never by a shell.
struct Opener {
  /// Command lines, of which the first whose program is there is used.
  private let commands: [[String]]
  /// What opens the link, for a message.
  private let name: String
  private let link: String

  #if canImport(Darwin)
    static let system = "open"
  #else
    static let system = "xdg-open"
  #endif

  /// - Parameters:
  ///   - url: has a scheme, and so is no option to any program.
  ///   - settings: may name a browser: commands with colons between, as xdg-open(1) has them in `$BROWSER`. Pages are
  ///     shown by the first that is there; anything else, and everything where none is named, by the system.
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
      if !words.isEmpty { commands.append(words) }
    }
    self.commands = commands
  }

  /// Opens the link, and waits until the program has taken it or, as one in the terminal does, has ended.
  /// - Parameter terminal: the descriptor of the terminal that it is given; nil for our own standard streams.
  func run(on terminal: Int32? = nil) throws(Failure) {
    for command in commands {
      let status: Int32
      do {
        // What a browser says is not to stand among what we print, unless it is drawn on this terminal.
        status = try Child.run(
          words(command), keepsOutput: Terminal.isTerminal(1), on: terminal)
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

  /// A command with the link: in the place of the word `%s`, else at its end. A `%s` inside a word stays: the link
  /// is never made part of what another program, such as a shell, would take apart again.
  private func words(_ command: [String]) -> [String] {
    guard command.dropFirst().contains("%s") else { return command + [link] }
    return command.map { $0 == "%s" ? link : $0 }
  }

  /// A URL without bytes that no URL may hold, so that no program on its way can take them for more: spaces, quotes,
  /// brackets and the like become `%20`. What is there in ASCII and may be, and letters of any script, stay.
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
