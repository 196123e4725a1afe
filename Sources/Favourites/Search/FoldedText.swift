@_spi(_Unicode) import Swift

/// A text reduced to what matters when words are compared, with the kind and origin of each scalar.
struct FoldedText {
  /// The role of a scalar in the words of a text.
  enum Kind: UInt8 {
    /// Separates words.
    case separator
    /// Joins parts within a word, which is split there: a hyphen, a dot, an apostrophe.
    case joiner
    /// A lower-case letter, a capital, a digit.
    case letter, capital, digit
    /// Belongs to the preceding letter: a vowel of an Indic script.
    case mark
    /// A word by itself, in a script without spaces.
    case single

    var isOfWord: Bool { self == .letter || self == .capital || self == .digit || self == .mark }
  }

  private(set) var scalars: [Unicode.Scalar] = []
  private(set) var kinds: [Kind] = []
  /// The bytes of the text that each scalar was made from.
  private(set) var origins: [Range<Int>] = []

  init(_ text: String) {
    let source = Array(text.unicodeScalars)
    scalars.reserveCapacity(source.count)
    kinds.reserveCapacity(source.count)
    origins.reserveCapacity(source.count)
    var (index, offset) = (0, 0)
    while index < source.count {
      let scalar = source[index]
      var width = UTF8.width(scalar)
      if scalar.isASCII {
        append(scalar, .ofASCII(UInt8(scalar.value)), offset..<(offset + width))
      } else if let kana = Self.wideKana(source, index) {
        // A narrow letter, with the voicing mark that may follow it.
        for next in source[(index + 1)..<(index + kana.count)] { width += UTF8.width(next) }
        append(kana.letter, .single, offset..<(offset + width))
        index += kana.count - 1
      } else {
        appendFolded(scalar, offset..<(offset + width))
      }
      offset += width
      index += 1
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar, _ kind: Kind, _ origin: Range<Int>) {
    scalars.append(scalar)
    kinds.append(kind)
    origins.append(origin)
  }

  private mutating func appendFolded(_ scalar: Unicode.Scalar, _ origin: Range<Int>) {
    if let repeated = repeated(by: scalar) { return append(repeated, .single, origin) }
    if let joiner = Self.joiner(scalar) { return append(joiner, .joiner, origin) }
    for folded in LetterFolding.folded(scalar) {
      append(folded, Kind(folded, of: scalar), origin)
    }
  }

  /// The ASCII form of a hyphen or apostrophe outside ASCII.
  private static func joiner(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "\u{2010}", "\u{2011}", "\u{FF0D}": "-"
    case "\u{2019}", "\u{2BC}", "\u{FF07}": "'"
    default: nil
    }
  }

  /// Pieces of it, concatenated.
  func text(of pieces: [Range<Int>]) -> String {
    var view = String.UnicodeScalarView()
    for piece in pieces { view.append(contentsOf: scalars[piece]) }
    return String(view)
  }

  // MARK: Japanese

  /// The letter that an iteration mark stands for: the preceding one, voiced if the mark says so.
  private func repeated(by mark: Unicode.Scalar) -> Unicode.Scalar? {
    guard let last = scalars.last, kinds.last == .single else { return nil }
    switch mark.value {
    case 0x3005, 0x303B, 0x309D, 0x30FD: return last
    case 0x309E, 0x30FE: return Self.voiced(last, by: "\u{3099}") ?? last
    default: return nil
    }
  }

  /// The wide form of a narrow letter, and the number of scalars it was made from; nil for anything
  /// else.
  private static func wideKana(
    _ scalars: [Unicode.Scalar], _ index: Int
  ) -> (letter: Unicode.Scalar, count: Int)? {
    let value = Int(scalars[index].value) - 0xFF66
    guard value >= 0, value < narrowKana.count else { return nil }
    let wide = narrowKana[value]
    guard index + 1 < scalars.count else { return (wide, 1) }
    let voicing: Unicode.Scalar? =
      switch scalars[index + 1] {
      case "\u{FF9E}": "\u{3099}"
      case "\u{FF9F}": "\u{309A}"
      default: nil
      }
    guard let voicing, let letter = voiced(wide, by: voicing) else { return (wide, 1) }
    return (letter, 2)
  }

  private static func voiced(
    _ letter: Unicode.Scalar, by voicing: Unicode.Scalar
  ) -> Unicode.Scalar? {
    var text = String(Character(letter))
    text.unicodeScalars.append(voicing)
    let composed = text.composed.unicodeScalars
    return composed.count == 1 ? composed.first : nil
  }

  /// The wide forms of U+FF66 to U+FF9D, https://www.unicode.org/charts/PDF/UFF00.pdf.
  private static let narrowKana = Array(
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
      .unicodeScalars)
}

extension FoldedText.Kind {
  /// The kind of an ASCII character.
  static func ofASCII(_ byte: UInt8) -> Self {
    switch byte {
    case 0x61...0x7A: .letter
    case 0x41...0x5A: .capital
    case 0x30...0x39: .digit
    case 0x26, 0x27, 0x2D, 0x2E, 0x2F, 0x5F: .joiner  // & ' - . / _
    default: .separator
    }
  }

  /// The kind of a folded scalar; `source` is the scalar it was made from.
  fileprivate init(_ folded: Unicode.Scalar, of source: Unicode.Scalar) {
    let isCapital = source.properties.isUppercase
    if folded.isASCII {
      let kind = Self.ofASCII(UInt8(folded.value))
      self = kind == .letter && isCapital ? .capital : kind
    } else if SearchText.isUnspaced(folded) {
      self = .single
    } else {
      self =
        switch folded.properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter: .capital
        case .lowercaseLetter, .modifierLetter, .otherLetter, .privateUse:
          isCapital ? .capital : .letter
        case .decimalNumber, .letterNumber, .otherNumber: .digit
        case .nonspacingMark, .spacingMark, .enclosingMark: .mark
        default: .separator
        }
    }
  }
}
