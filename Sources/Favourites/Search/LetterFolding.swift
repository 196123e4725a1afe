@_spi(_Unicode) import Swift

/// The part of a letter that matters when words are compared: not its case, its accents and marks,
/// or its variant form.
///
/// Accents are those of Latin, Greek and Cyrillic; marks are the points of Hebrew and the vowel
/// marks of Arabic. The vowels of Indic scripts and of Thai are letters of their own, and stay.
/// Decomposition: https://www.unicode.org/reports/tr15/#Canon_Compat_Equivalence
enum LetterFolding {
  /// A letter without its accents; nil if it has none, or if its script is not affected.
  static func base(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard isTakenApart(scalar) else { return nil }
    let parts = String(Character(scalar))._nfd
    var base: Unicode.Scalar?
    for part in parts where !isMark(part) {
      guard base == nil else { return nil }
      base = part
    }
    return base == scalar ? nil : base
  }

  /// The lower-case form of a character outside ASCII for comparison: nothing for a mark, several
  /// letters for a ligature.
  static func folded(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    var view = String.UnicodeScalarView()
    for small in scalar.properties.lowercaseMapping.unicodeScalars { append(small, to: &view) }
    return view
  }

  /// Lower-case letters without a decomposition, as they are spelled without them.
  static func spelledOut(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "ł": "l"
    case "ø": "o"
    case "đ", "ð": "d"
    case "æ": "ae"
    case "œ": "oe"
    case "ß": "ss"
    case "þ": "th"
    case "ı": "i"
    case "ħ": "h"
    case "ŧ": "t"
    default: nil
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to view: inout String.UnicodeScalarView) {
    if (0xFF01...0xFF5E).contains(scalar.value) {
      // The wide forms of ASCII.
      view.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
    } else if let styled = mathematical(scalar) {
      view.append(styled)
    } else if let plain = CompatibilityForms.plain(scalar) {
      for scalar in plain.unicodeScalars { append(scalar, to: &view) }
    } else if !isMark(scalar), !isNothing(scalar) {
      let base = base(of: scalar) ?? scalar
      let plain = sameLetters[base] ?? base
      if let letters = spelledOut(plain) {
        view.append(contentsOf: letters.unicodeScalars)
      } else {
        view.append(plain)
      }
    }
  }

  /// The ASCII form of a letter or digit in a mathematical style (U+1D400 ff.).
  private static func mathematical(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x1D400...0x1D6A3:
      // Alphabets of 26 capitals and 26 small letters each.
      Unicode.Scalar(0x61 + UInt8((scalar.value - 0x1D400) % 26))
    case 0x1D7CE...0x1D7FF: Unicode.Scalar(0x30 + UInt8((scalar.value - 0x1D7CE) % 10))
    default: nil
    }
  }

  /// Letters that are written in several ways within one script.
  private static let sameLetters: [Unicode.Scalar: Unicode.Scalar] = [
    // Greek sigma at the end of a word.
    "\u{3C2}": "\u{3C3}",
    // Arabic: alef wasla, alef maksura, teh marbuta; Persian and Urdu kaf, yeh and heh.
    "\u{671}": "\u{627}", "\u{649}": "\u{64A}", "\u{629}": "\u{647}", "\u{6A9}": "\u{643}",
    "\u{6CC}": "\u{64A}", "\u{6C1}": "\u{647}", "\u{6BE}": "\u{647}", "\u{6D5}": "\u{647}",
    // Arabic and Persian digits.
    "\u{660}": "0", "\u{661}": "1", "\u{662}": "2", "\u{663}": "3", "\u{664}": "4",
    "\u{665}": "5", "\u{666}": "6", "\u{667}": "7", "\u{668}": "8", "\u{669}": "9",
    "\u{6F0}": "0", "\u{6F1}": "1", "\u{6F2}": "2", "\u{6F3}": "3", "\u{6F4}": "4",
    "\u{6F5}": "5", "\u{6F6}": "6", "\u{6F7}": "7", "\u{6F8}": "8", "\u{6F9}": "9",
  ]

  /// Whether a scalar is in a script whose accents and marks are ignored.
  private static func isTakenApart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xC0...0x6FF, 0x1E00...0x1FFF, 0xFB1D...0xFB4F: true
    default: false
    }
  }

  /// Whether a scalar is an accent, a point or a vowel mark that is ignored.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
    case 0x483...0x6ED: scalar.properties.generalCategory == .nonspacingMark
    default: false
    }
  }

  /// Whether a scalar is invisible within a word: soft hyphens, zero-width characters, variation
  /// selectors, the stroke that stretches Arabic words.
  private static func isNothing(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x34F, 0x61C, 0x640, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E,
      0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xE0100...0xE01EF:
      true
    default: false
    }
  }
}
