/// The characters around an invisible one, and whether they need it.
struct Neighbours {
  private let scalars: [Unicode.Scalar]
  private let index: Int

  init(_ scalars: [Unicode.Scalar], _ index: Int) {
    self.scalars = scalars
    self.index = index
  }

  /// Whether the character has a function in its context.
  func need(_ surroundings: Visibility.Surroundings) -> Bool {
    switch surroundings {
    case .nowhere: false
    case .betweenMarks: Self.isMark(before) && Self.isMark(after)
    case .hangul: needHangulFiller
    case .behindMongolian: isBehind(Self.mongolian) || isBehind(Self.phagsPa)
    case .withinMongolian:
      // The character before it may be followed by a variation selector.
      Self.isIn(
        Self.mongolian,
        previous { value in Self.mongolianSelectors.contains { $0.contains(value) } })
        && Self.isIn(Self.mongolian, after)
    case .nonJoiner: Self.isJoined(before) && Self.isJoined(after)
    case .joiner: isAmongEmoji || Self.isJoined(before) || Self.isJoined(after)
    case .braille:
      Self.isIn(Self.braille, previous { $0 == 0x2800 })
        || Self.isIn(Self.braille, following { $0 == 0x2800 })
    case .behindVariant:
      isBehindIdeograph || before.map(Self.hasVariants) ?? false
    case .behindEmoji: needEmojiSelector
    case .behindIdeograph: isBehindIdeograph
    case .flag: isInFlag
    case .hieroglyphs: isBeside(Self.hieroglyphs) { (0x13430...0x13455).contains($0) }
    case .khitan: isBehind(Self.khitan)
    case .shorthand: isBeside(Self.shorthand) { (0x1BCA0...0x1BCA3).contains($0) }
    case .music: isBeside(Self.music) { $0 == 0x1D159 || (0x1D173...0x1D17A).contains($0) }
    }
  }

  // MARK: - Where to look

  private var before: Unicode.Scalar? { index > 0 ? scalars[index - 1] : nil }
  private var after: Unicode.Scalar? { index + 1 < scalars.count ? scalars[index + 1] : nil }

  /// How many characters of the same kind to skip: a longer run of them has no function.
  private static let reach = 64

  /// The first character before it that is not skipped.
  private func previous(past isPassed: (UInt32) -> Bool) -> Unicode.Scalar? {
    scalars[..<index].suffix(Self.reach).last { !isPassed($0.value) }
  }

  /// The first character after it that is not skipped.
  private func following(past isPassed: (UInt32) -> Bool) -> Unicode.Scalar? {
    scalars[(index + 1)...].prefix(Self.reach).first { !isPassed($0.value) }
  }

  private func isBehind(_ ranges: [ClosedRange<UInt32>]) -> Bool { Self.isIn(ranges, before) }

  private func isBeside(
    _ ranges: [ClosedRange<UInt32>], past isPassed: (UInt32) -> Bool
  ) -> Bool {
    Self.isIn(ranges, previous(past: isPassed)) || Self.isIn(ranges, following(past: isPassed))
  }

  // MARK: - Scripts

  private static let mongolian: [ClosedRange<UInt32>] = [0x1820...0x1884, 0x1887...0x18AA]
  private static let mongolianSelectors: [ClosedRange<UInt32>] = [0x180B...0x180D, 0x180F...0x180F]
  private static let phagsPa: [ClosedRange<UInt32>] = [0xA840...0xA873]
  private static let braille: [ClosedRange<UInt32>] = [0x2801...0x28FF]
  private static let hieroglyphs: [ClosedRange<UInt32>] = [0x13000...0x1342F, 0x13460...0x143FF]
  private static let khitan: [ClosedRange<UInt32>] = [0x18B00...0x18CFF]
  private static let shorthand: [ClosedRange<UInt32>] = [0x1BC00...0x1BC9F]
  private static let music: [ClosedRange<UInt32>] = [
    0x1D100...0x1D158, 0x1D15A...0x1D172, 0x1D17B...0x1D1FF,
  ]

  /// Scripts with joined or stacked letters: Arabic, Syriac, N'Ko and Mandaic; those of India and
  /// related ones; Myanmar, Khmer, Mongolian; Balinese to Batak, Javanese and others; those beyond
  /// the first plane; Adlam.
  private static let joined: [ClosedRange<UInt32>] = [
    0x0620...0x0669, 0x066E...0x06D3, 0x06D5...0x077F, 0x07CA...0x07F5, 0x0840...0x085B,
    0x0860...0x08FF, 0x0900...0x0DFF, 0x0F40...0x0FBC, 0x1000...0x109F, 0x1780...0x17B3,
    0x17B6...0x17D3, 0x1820...0x18AA, 0x1A20...0x1AAD, 0x1B00...0x1BFF, 0xA806...0xA82C,
    0xA840...0xA873, 0xA880...0xA8C5, 0xA8E0...0xA8FF, 0xA930...0xA953, 0xA980...0xA9E5,
    0xAA00...0xAA4D, 0xAAE0...0xAAF6, 0xABC0...0xABED, 0xFB50...0xFDFF, 0xFE70...0xFEFC,
    0x10AC0...0x10AE6, 0x10B80...0x10BAF, 0x10D00...0x10D27, 0x10F30...0x10F54,
    0x11000...0x114FF, 0x11580...0x117FF, 0x11900...0x11AFF, 0x11C00...0x11DFF, 0x1E900...0x1E94B,
  ]

  private static func isJoined(_ scalar: Unicode.Scalar?) -> Bool { isIn(joined, scalar) }

  private static func isIn(
    _ ranges: [ClosedRange<UInt32>], _ scalar: Unicode.Scalar?
  ) -> Bool {
    guard let scalar else { return false }
    return ranges.contains { $0.contains(scalar.value) }
  }

  private static func isMark(_ scalar: Unicode.Scalar?) -> Bool {
    switch scalar?.properties.generalCategory {
    case .nonspacingMark?, .spacingMark?, .enclosingMark?: scalar.map { $0 != "\u{34F}" } ?? false
    default: false
    }
  }

  /// A syllable without its initial consonant, its vowel or both: the Core Specification, 18.6.
  private var needHangulFiller: Bool {
    let vowels: [ClosedRange<UInt32>] = [0x1161...0x11A7, 0xD7B0...0xD7C6]
    let finals: [ClosedRange<UInt32>] = [0x11A8...0x11FF, 0xD7CB...0xD7FB]
    let firsts: [ClosedRange<UInt32>] = [0x1100...0x115E, 0xA960...0xA97C]
    if scalars[index] == "\u{115F}" {
      let next = index + 2 < scalars.count ? scalars[index + 2] : nil
      return Self.isIn(vowels, after) || after == "\u{1160}" && Self.isIn(finals, next)
    }
    return isBehind(firsts) || before == "\u{115F}" && Self.isIn(finals, after)
  }

  /// Characters with variants selected by U+FE00 and following: mathematical symbols, Myanmar,
  /// Phags-pa, hieroglyphs, and East Asian punctuation.
  private static func hasVariants(_ scalar: Unicode.Scalar) -> Bool {
    if !scalar.isASCII, scalar.properties.generalCategory == .mathSymbol { return true }
    return isIn(
      [
        0x1000...0x109F, 0xAA60...0xAA7F, 0xA840...0xA873, 0x3001...0x3002, 0xFF01...0xFF1F,
        0x13000...0x1342F, 0x13460...0x143FF,
      ], scalar)
  }

  private var isBehindIdeograph: Bool { before?.properties.isIdeographic ?? false }

  // MARK: - Emoji

  /// A digit is an emoji only if U+20E3 follows.
  private var needEmojiSelector: Bool {
    guard let before, before.properties.isEmoji else { return false }
    return !before.isASCII || after == "\u{20E3}"
  }

  private var isAmongEmoji: Bool {
    let owner = previous {
      $0 == 0xFE0F || (0x1F3FB...0x1F3FF).contains($0) || (0xE0020...0xE007F).contains($0)
    }
    return Self.isEmoji(owner) && Self.isEmoji(after)
  }

  private static func isEmoji(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar, !scalar.isASCII else { return false }
    return scalar.properties.isEmoji
  }

  /// Whether it is one of the tag characters in `🏴` with a subdivision such as `gbsct`, or the
  /// final one.
  private var isInFlag: Bool {
    let letters: ClosedRange<UInt32> = 0xE0061...0xE007A
    let digits: ClosedRange<UInt32> = 0xE0030...0xE0039
    var start = index
    while start > 0, index - start < 8, (0xE0020...0xE007E).contains(scalars[start - 1].value) {
      start -= 1
    }
    guard start > 0, scalars[start - 1] == "\u{1F3F4}" else { return false }
    let name = scalars[start...].prefix(8).prefix { $0 != "\u{E007F}" }.map(\.value)
    let end = start + name.count
    return (3...6).contains(name.count) && end < scalars.count && scalars[end] == "\u{E007F}"
      && index <= end && name.prefix(2).allSatisfy(letters.contains)
      && name.allSatisfy { letters.contains($0) || digits.contains($0) }
  }
}
