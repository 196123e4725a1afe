/// A bash command line up to the cursor, split into words as bash does, but with nothing expanded
/// or run.
struct BashLine: Equatable {
  /// The words before the last one, unquoted.
  private(set) var words: [String] = []
  /// The last word, unquoted; may be empty.
  private(set) var current = ""
  /// The quotes still open at the end of the line.
  private(set) var quotes = Quotes.none
  /// Whether the last word is the target of a redirection.
  private(set) var isRedirected = false
  /// The length of the part of the last word that readline keeps: it replaces only what follows an
  /// open quote or one of its word breaks.
  private(set) var stays = 0

  /// An open quote.
  enum Quotes: Equatable {
    case none
    /// `'`
    case single
    /// `"`
    case double
    /// `$'`
    case ansi
  }

  /// - Parameter breaks: the characters at which readline splits words: `$COMP_WORDBREAKS`.
  init(_ text: String, breaks: String) {
    var reader = Reader(rest: text.unicodeScalars[...], breaks: Set(breaks.unicodeScalars))
    reader.read(into: &self)
  }

  /// The text for readline to insert so that the last word becomes `text`; nil if the part that it
  /// keeps differs.
  /// - Parameter isWhole: whether readline will add the closing quote.
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
        // History expansion works inside these quotes too, and a backslash would remain.
        case "!": "\"\\!\""
        default: nil
        }
      }
      sign = "\""
    case .ansi:
      (quoted, sign) = (Self.quoted(rest) { $0 == "'" || $0 == "\\" ? "\\\($0)" : nil }, "'")
    }
    // Readline takes a quote at the end for the closing one.
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

  /// Escapes every character that is special in bash with a backslash.
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
  /// Reads the text character by character.
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
          // A new command begins.
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
          // Per bash's manual, some break characters stay in the text: an @ does, for host names.
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
      // The target of a redirection is not an argument.
      if !isRedirection { line.words.append(String(word)) }
      isRedirection = false
    }

    /// Reads up to the closing quote; returns the kind of quote if there is none.
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

    /// The meaning of a single-letter escape in `$'…'`.
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
