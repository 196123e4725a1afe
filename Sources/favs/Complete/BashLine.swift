/// A command line of bash up to the cursor, cut into words as bash cuts it, with nothing in it expanded or run.
struct BashLine: Equatable {
  /// The words before the last one, without their quotes.
  private(set) var words: [String] = []
  /// The last one, which may be empty.
  private(set) var current = ""
  /// The quotes that are open at its end.
  private(set) var quotes = Quotes.none
  /// True where the last word is the file of a redirection.
  private(set) var isRedirected = false
  /// How much of the last word stays: readline replaces what stands behind an open quote, or behind one of its
  /// breaks.
  private(set) var stays = 0

  /// Quotes that are open.
  enum Quotes: Equatable {
    case none
    /// `'`
    case single
    /// `"`
    case double
    /// `$'`
    case ansi
  }

  /// - Parameter breaks: where readline begins a word of its own inside of bash's: `$COMP_WORDBREAKS`.
  init(_ text: String, breaks: String) {
    var reader = Reader(rest: text.unicodeScalars[...], breaks: Set(breaks.unicodeScalars))
    reader.read(into: &self)
  }

  /// What readline has to put in, for the last word to become a text; nil where what stays is something else.
  /// - Parameter isWhole: true where readline closes the quotes behind it.
  func insertion(of text: String, isWhole: Bool) -> String? {
    guard
      text.utf8.starts(with: current.unicodeScalars.prefix(stays).map(String.init).joined().utf8)
    else { return nil }
    let rest = text.unicodeScalars.dropFirst(stays)
    let quoted: String
    let sign: String
    switch quotes {
    case .none: return Self.escaped(rest)
    case .single:
      (quoted, sign) = (Self.quoted(rest) { $0 == "'" ? "'\\''" : nil }, "'")
    case .double:
      quoted = Self.quoted(rest) { scalar in
        switch scalar {
        case "$", "`", "\"", "\\": "\\\(scalar)"
        // The history is looked for inside these quotes too, and a backslash would stay.
        case "!": "\"\\!\""
        default: nil
        }
      }
      sign = "\""
    case .ansi:
      (quoted, sign) = (Self.quoted(rest) { $0 == "'" || $0 == "\\" ? "\\\($0)" : nil }, "'")
    }
    // Readline takes such a sign at the end for the closing one.
    return isWhole && quoted.unicodeScalars.last == sign.unicodeScalars.first
      ? quoted + sign : quoted
  }

  private static func quoted(
    _ scalars: Substring.UnicodeScalarView, _ replacement: (Unicode.Scalar) -> String?
  ) -> String {
    var result = String.UnicodeScalarView()
    for scalar in scalars {
      if let text = replacement(scalar) {
        result.append(contentsOf: text.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// A backslash before all that means anything to bash.
  private static func escaped(_ scalars: Substring.UnicodeScalarView) -> String {
    quoted(scalars) { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", ":", "=", "@", "%", "+", ",": nil
      default: scalar.isASCII ? "\\\(scalar)" : nil
      }
    }
  }
}

extension BashLine {
  /// Goes through the text, a character at a time.
  private struct Reader {
    var rest: Substring.UnicodeScalarView
    let breaks: Set<Unicode.Scalar>
    var word = String.UnicodeScalarView()
    /// Whether a word has begun, which may be empty: `''`.
    var isInWord = false
    var isRedirection = false
    var stays = 0

    mutating func read(into line: inout BashLine) {
      var quotes = Quotes.none
      while let scalar = rest.popFirst() {
        switch scalar {
        case " ", "\t", "\n": end(into: &line)
        case "\\":
          isInWord = true
          if let next = rest.popFirst() { word.append(next) }
        case "'":
          quotes = readQuoted(.single)
        case "\"":
          quotes = readQuoted(.double)
        case "$" where rest.first == "'":
          rest.removeFirst()
          quotes = readQuoted(.ansi)
        case ";", "|", "&", "(", ")":
          // Another command begins.
          end(into: &line)
          line.words = []
          isRedirection = false
        case "<", ">":
          if word.allSatisfy({ $0.properties.numericType == .decimal }) { forget() }
          end(into: &line)
          isRedirection = true
        default:
          isInWord = true
          word.append(scalar)
          // "Word break characters, but should be left in text": an @ is, for names of hosts.
          if breaks.contains(scalar) { stays = word.count - (scalar == "@" ? 1 : 0) }
        }
      }
      line.current = String(word)
      line.quotes = quotes
      line.isRedirected = isRedirection
      line.stays = stays
    }

    private mutating func forget() {
      word = String.UnicodeScalarView()
      isInWord = false
      stays = 0
    }

    private mutating func end(into line: inout BashLine) {
      defer { forget() }
      guard isInWord else { return }
      // The file of a redirection is no word of the command.
      if !isRedirection { line.words.append(String(word)) }
      isRedirection = false
    }

    /// Reads up to the closing quote; gives the kind where there is none.
    private mutating func readQuoted(_ kind: Quotes) -> Quotes {
      isInWord = true
      let before = word.count
      while let scalar = rest.popFirst() {
        switch (kind, scalar) {
        case (.single, "'"), (.ansi, "'"), (.double, "\""): return .none
        case (.double, "\\"):
          guard let next = rest.popFirst() else { break }
          if !"$`\"\\\n".unicodeScalars.contains(next) { word.append("\\") }
          if next != "\n" { word.append(next) }
        case (.ansi, "\\"):
          if let next = rest.popFirst() { word.append(Self.meaning(of: next)) }
        default: word.append(scalar)
        }
      }
      stays = before
      return kind
    }

    /// What stands behind a backslash in `$'…'`, as far as one letter tells.
    private static func meaning(of scalar: Unicode.Scalar) -> Unicode.Scalar {
      switch scalar {
      case "n": "\n"
      case "t": "\t"
      case "r": "\r"
      case "e", "E": "\u{1B}"
      default: scalar
      }
    }
  }
}
