internal import Favourites
internal import Host

/// Whether and how text is coloured; decided once.
struct Style: Sendable {
  /// What `--color` takes.
  enum Choice: String, CaseIterable, Sendable {
    case auto, always, never
  }

  /// True when escape sequences are written.
  let isOn: Bool

  /// Decides: what was asked for, else on a terminal unless `$NO_COLOR` is set or the terminal is dumb.
  init(_ choice: Choice?, isTerminal: Bool) {
    switch choice ?? .auto {
    case .always: isOn = true
    case .never: isOn = false
    case .auto:
      isOn =
        isTerminal && Environment.value("NO_COLOR") == nil && Environment.value("TERM") != "dumb"
    }
  }

  /// Stands out.
  func bold(_ text: String) -> String { isOn ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// What was searched for: bold and underlined.
  private func found(_ text: String) -> String { "\u{1B}[1;4m\(text)\u{1B}[0m" }

  /// A text in which some characters stand out; those that were cut off do not matter.
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

  /// Stands back.
  func dim(_ text: String) -> String { isOn ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

  /// What a text is, as far as its colour tells: what each of them means is the same everywhere.
  enum Tone: Sendable {
    case plain, title, secondary, category, tag
  }

  /// A text in its tone.
  func toned(_ text: String, _ tone: Tone) -> String {
    switch tone {
    case .plain: text
    case .title: bold(text)
    case .secondary: dim(text)
    case .category: category(text)
    case .tag: tag(text)
    }
  }

  /// A category, and what is drawn of counts: cyan.
  func category(_ text: String) -> String { isOn ? "\u{1B}[36m\(text)\u{1B}[0m" : text }

  /// A tag: magenta.
  func tag(_ text: String) -> String { isOn ? "\u{1B}[35m\(text)\u{1B}[0m" : text }

  /// Is not there any more: red.
  func removed(_ text: String) -> String { isOn ? "\u{1B}[31m\(text)\u{1B}[0m" : text }

  /// Is there now: green.
  func added(_ text: String) -> String { isOn ? "\u{1B}[32m\(text)\u{1B}[0m" : text }

  /// A URL as it is shown, clickable where that does no more than show something: OSC 8.
  ///
  /// Only for what shows the URL itself, or its host: words that lead elsewhere than they say are how people are
  /// cheated.
  ///
  /// Source: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
  func link(_ text: String, to url: String?) -> String {
    guard isOn, let url, URLScheme.isHarmless(url) else { return text }
    return "\u{1B}]8;;\(Style.plain(url))\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
  }

  /// A URL in printable ASCII only, so that it can never end the sequence that it stands in.
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
