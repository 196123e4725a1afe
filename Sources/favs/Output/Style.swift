internal import Favourites
internal import Host

/// Whether and how to style text.
struct Style: Sendable {
  /// The values of `--color`.
  enum Choice: String, CaseIterable, Sendable {
    case auto, always, never
  }

  /// Whether to write escape sequences.
  let isOn: Bool

  /// Follows the option; by default, styles text on a terminal unless `$NO_COLOR` is set or the
  /// terminal is dumb.
  init(_ choice: Choice?, isTerminal: Bool) {
    switch choice ?? .auto {
    case .always: isOn = true
    case .never: isOn = false
    case .auto:
      isOn =
        isTerminal && Environment.value("NO_COLOR") == nil && Environment.value("TERM") != "dumb"
    }
  }

  /// Emphasised text: bold.
  func bold(_ text: String) -> String { isOn ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// A search hit: bold and underlined.
  private func found(_ text: String) -> String { "\u{1B}[1;4m\(text)\u{1B}[0m" }

  /// A text with highlighted ranges of characters; ignores ranges that were cut off.
  func marked(_ text: String, _ marks: [Range<Int>]) -> String {
    guard isOn else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = ""
    var position = 0
    func part(_ range: Range<Int>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[range])
      return String(view)
    }
    for mark in marks where mark.lowerBound >= position && mark.upperBound <= scalars.count {
      result += part(position..<mark.lowerBound) + found(part(mark))
      position = mark.upperBound
    }
    return result + part(position..<scalars.count)
  }

  /// De-emphasised text: dim.
  func dim(_ text: String) -> String { isOn ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

  /// The role of a text, which determines its colour everywhere.
  enum Tone: Sendable {
    case plain, title, secondary, category, tag
  }

  /// A text in the style of its role.
  func toned(_ text: String, _ tone: Tone) -> String {
    switch tone {
    case .plain: text
    case .title: bold(text)
    case .secondary: dim(text)
    case .category: category(text)
    case .tag: tag(text)
    }
  }

  /// A category, and the bar of a count: cyan.
  func category(_ text: String) -> String { isOn ? "\u{1B}[36m\(text)\u{1B}[0m" : text }

  /// A tag: magenta.
  func tag(_ text: String) -> String { isOn ? "\u{1B}[35m\(text)\u{1B}[0m" : text }

  /// Something that was removed: red.
  func removed(_ text: String) -> String { isOn ? "\u{1B}[31m\(text)\u{1B}[0m" : text }

  /// Something that was added: green.
  func added(_ text: String) -> String { isOn ? "\u{1B}[32m\(text)\u{1B}[0m" : text }

  /// A clickable URL (OSC 8), if opening it is harmless.
  ///
  /// Use only for text that shows the URL itself or its host: text that leads elsewhere than it
  /// says is a means of fraud.
  ///
  /// Source: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
  func link(_ text: String, to url: String?) -> String {
    guard isOn, let url, URLScheme.isHarmless(url) else { return text }
    return "\u{1B}]8;;\(Style.plain(url))\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
  }

  /// A URL in printable ASCII only, so that it cannot terminate the escape sequence.
  private static func plain(_ url: String) -> String {
    var result = ""
    for byte in url.utf8 {
      if byte > 0x20, byte < 0x7F {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
