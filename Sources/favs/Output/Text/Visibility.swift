internal import Favourites

/// The characters that are invisible or control a terminal, and the contexts in which scripts or
/// emoji need them.
///
/// Used for everything that is printed. These characters are invisible everywhere, and can make
/// different texts look the same; so they are escaped, except where they have a function: a joiner
/// within a Persian word or an emoji of a family, a selector after the character whose variant it
/// selects.
///
/// Sources: Unicode 17.0.0, DerivedCoreProperties.txt (Default_Ignorable_Code_Point),
/// StandardizedVariants.txt, emoji-variation-sequences.txt, and the chapters of the Core
/// Specification on the scripts named below; UTS #51 for emoji.
enum Visibility {
  /// The context in which an invisible character is allowed.
  enum Surroundings: Sendable {
    /// Nowhere: it controls the terminal, or has no function.
    case nowhere
    /// U+034F, which keeps two accents in their order.
    case betweenMarks
    /// U+115F and U+1160, in an incomplete syllable.
    case hangul
    /// The variation selectors of Mongolian and Phags-pa.
    case behindMongolian
    /// U+180E, before the last vowel of a word.
    case withinMongolian
    /// U+200C and U+200D.
    case nonJoiner, joiner
    /// U+2800, a space among Braille patterns.
    case braille
    /// U+FE00 to U+FE0D; U+FE0E and U+FE0F; U+E0100 to U+E01EF.
    case behindVariant, behindEmoji, behindIdeograph
    /// The tag characters in a flag such as Scotland's.
    case flag
    /// Format characters of hieroglyphs, Khitan, shorthand and music.
    case hieroglyphs, khitan, shorthand, music
  }

  /// First and last code points, ascending.
  static let table: [(first: UInt32, last: UInt32, surroundings: Surroundings)] = [
    // C0, DEL and C1; the soft hyphen.
    (0x00, 0x1F, .nowhere), (0x7F, 0x9F, .nowhere), (0xAD, 0xAD, .nowhere),
    (0x034F, 0x034F, .betweenMarks), (0x061C, 0x061C, .nowhere), (0x115F, 0x1160, .hangul),
    // Khmer vowels that are "not to be used".
    (0x17B4, 0x17B5, .nowhere), (0x180B, 0x180D, .behindMongolian),
    (0x180E, 0x180E, .withinMongolian), (0x180F, 0x180F, .behindMongolian),
    // Zero width space, joiners, directional marks.
    (0x200B, 0x200B, .nowhere), (0x200C, 0x200C, .nonJoiner), (0x200D, 0x200D, .joiner),
    (0x200E, 0x200F, .nowhere),
    // Line and paragraph separators, overrides, embeddings; word joiner, operators, isolates.
    (0x2028, 0x202E, .nowhere), (0x2060, 0x206F, .nowhere), (0x2800, 0x2800, .braille),
    (0x3164, 0x3164, .nowhere), (0xFE00, 0xFE0D, .behindVariant), (0xFE0E, 0xFE0F, .behindEmoji),
    (0xFEFF, 0xFEFF, .nowhere), (0xFFA0, 0xFFA0, .nowhere), (0xFFF0, 0xFFFB, .nowhere),
    (0x13430, 0x13440, .hieroglyphs), (0x13441, 0x13442, .hieroglyphs),
    (0x13447, 0x13455, .hieroglyphs), (0x16FE4, 0x16FE4, .khitan), (0x1BCA0, 0x1BCA3, .shorthand),
    (0x1D159, 0x1D159, .music), (0x1D173, 0x1D17A, .music), (0xE0000, 0xE001F, .nowhere),
    (0xE0020, 0xE007F, .flag), (0xE0080, 0xE00FF, .nowhere), (0xE0100, 0xE01EF, .behindIdeograph),
    (0xE01F0, 0xE0FFF, .nowhere),
  ]

  /// Whether a character may be hidden: all others are kept in any context.
  static func isSuspect(_ scalar: Unicode.Scalar) -> Bool { surroundings(of: scalar) != nil }

  /// Whether a character is hidden or controls the terminal in its context.
  static func isHidden(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    guard let surroundings = surroundings(of: scalars[index]) else { return false }
    return !Neighbours(scalars, index).need(surroundings)
  }

  /// Whether a text contains a character that is hidden or controls the terminal.
  static func isAnyHidden(in text: String) -> Bool {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return false }
    let scalars = Array(text.unicodeScalars)
    return scalars.indices.contains { isHidden(scalars, at: $0) }
  }

  private static func surroundings(of scalar: Unicode.Scalar) -> Surroundings? {
    let value = scalar.value
    if value >= 0x20, value < 0x7F { return nil }
    let index = table.partitionPoint { $0.last >= value }
    guard index < table.count, table[index].first <= value else { return nil }
    return table[index].surroundings
  }
}
