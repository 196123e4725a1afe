/// The characters in a bracket expression, ignoring case.
struct CharacterSet: Sendable {
  /// A class such as `[:alpha:]`.
  enum Class: String, Sendable {
    case alnum, alpha, blank, cntrl, digit, graph, lower, print, punct, space, upper, xdigit, word
  }

  var isNegated = false
  private var ranges: [ClosedRange<UInt32>] = []
  private var classes: [Class] = []
  /// The answers for ASCII, once the set is complete.
  private var ascii: [Bool] = []

  mutating func add(_ range: ClosedRange<UInt32>) { ranges.append(range) }
  mutating func add(_ one: Class) { classes.append(one) }

  /// Completes the set; call this after everything was added.
  mutating func settle() {
    ascii = (0..<0x80).map { holdsSlowly(UInt32($0)) }
  }

  /// Whether a character is in it.
  func holds(_ value: UInt32) -> Bool {
    value < 0x80 ? ascii[Int(value)] : holdsSlowly(value)
  }

  private func holdsSlowly(_ value: UInt32) -> Bool {
    let forms = [value, Folding.folded(value), Folding.raised(value)]
    let isIn = forms.contains { form in
      ranges.contains { $0.contains(form) } || classes.contains { Self.holds($0, form) }
    }
    return isIn != isNegated
  }

  private static func holds(_ one: Class, _ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    let isLetter = scalar.properties.isAlphabetic
    let isDigit = (0x30...0x39).contains(value)
    let isSpace = scalar.isWhitespace
    let isControl = value < 0x20 || (0x7F...0x9F).contains(value)
    return switch one {
    case .alnum: isLetter || isDigit
    // Ignoring case, a letter matches in either case.
    case .alpha: isLetter
    case .lower, .upper: scalar.properties.isLowercase || scalar.properties.isUppercase
    case .blank: value == 0x20 || value == 0x09
    case .cntrl: isControl
    case .digit: isDigit
    case .graph: !isControl && !isSpace
    case .print: !isControl && (!isSpace || value == 0x20)
    case .punct: !isControl && !isSpace && !isLetter && !isDigit
    case .space: isSpace
    case .xdigit: isDigit || (0x61...0x66).contains(value | 0x20)
    case .word: isLetter || isDigit || value == 0x5F
    }
  }
}
