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
      if let label = Self.label(source, index) {
        width = label.length
        for scalar in label.letters { appendFolded(scalar, offset..<(offset + width)) }
        index += label.length - 1
      } else if scalar.isASCII {
        let kind: Kind = Self.isGershayim(source, index) ? .joiner : .ofASCII(UInt8(scalar.value))
        append(scalar, kind, offset..<(offset + width))
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
    if scalar.isASCII { return append(scalar, .ofASCII(UInt8(scalar.value)), origin) }
    if let repeated = repeated(by: scalar) { return append(repeated, .single, origin) }
    if let joiner = Self.joiner(scalar) { return append(joiner, .joiner, origin) }
    for folded in LetterFolding.folded(scalar) {
      append(folded, Kind(folded, of: scalar), origin)
    }
  }

  /// The ASCII form of a hyphen or apostrophe outside ASCII.
  ///
  /// Among apostrophes are what is typed for them, and the letters that are left out where no key
  /// has them: the ʻokina of Hawaiian, the half rings and the prime of other scripts in Latin
  /// letters, the geresh and gershayim of Hebrew.
  private static func joiner(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x58A, 0x5BE, 0x2010, 0x2011, 0xFF0D: "-"
    case 0xB4, 0x2B9...0x2BF, 0x5F3, 0x5F4, 0x2018, 0x2019, 0x201B, 0xA78B, 0xA78C, 0xFF07: "'"
    default: nil
    }
  }

  /// Whether a quotation mark is a gershayim, as it is typed: between the last two letters of a
  /// Hebrew abbreviation.
  private static func isGershayim(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    let hebrew: ClosedRange<UInt32> = 0x5D0...0x5EA
    return scalars[index] == "\"" && index > 0 && index + 1 < scalars.count
      && hebrew.contains(scalars[index - 1].value) && hebrew.contains(scalars[index + 1].value)
  }

  /// The letters of a label of a host name that is written in ASCII, and its length there; nil for
  /// anything else.
  private static func label(
    _ scalars: [Unicode.Scalar], _ index: Int
  ) -> (letters: [Unicode.Scalar], length: Int)? {
    guard scalars[index] == "x" || scalars[index] == "X",
      index == 0 || labelByte(scalars[index - 1]) == nil
    else { return nil }
    let mark = Punycode.mark
    var label: [UInt8] = []
    for scalar in scalars[index...] {
      guard let byte = labelByte(scalar), label.count >= mark.count || byte == mark[label.count]
      else { break }
      label.append(byte)
    }
    guard let letters = Punycode.decoded(label.dropFirst(mark.count)) else { return nil }
    return (letters, label.count)
  }

  /// A letter in lower case, a digit or a hyphen, all in ASCII; nil for anything else.
  private static func labelByte(_ scalar: Unicode.Scalar) -> UInt8? {
    guard scalar.isASCII else { return nil }
    let byte = UInt8(truncatingIfNeeded: scalar.value).loweredASCII
    return byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") ? byte : nil
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
        case let category: category.isMark ? .mark : .separator
        }
    }
  }
}

extension Unicode.GeneralCategory {
  /// Whether it is that of marks, which belong to the letter before them.
  var isMark: Bool { self == .nonspacingMark || self == .spacingMark || self == .enclosingMark }
}
