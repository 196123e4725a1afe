import Testing

@testable import favs

/// Characters that nobody sees: shown escaped where they stand alone, kept where a script or an
/// emoji needs them.
struct VisibilityTests {
  /// Every character that can make two texts look the same that are not.
  static let invisible: [ClosedRange<UInt32>] = [
    0xAD...0xAD, 0x034F...0x034F, 0x061C...0x061C, 0x115F...0x1160, 0x17B4...0x17B5,
    0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x2800...0x2800,
    0x3164...0x3164, 0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF0...0xFFFB,
    0x13430...0x13442, 0x13447...0x13455, 0x16FE4...0x16FE4, 0x1BCA0...0x1BCA3,
    0x1D159...0x1D159, 0x1D173...0x1D17A, 0xE0000...0xE0FFF,
  ]

  @Test(arguments: invisible)
  func `what stands alone or among plain letters is shown as an escape`(
    range: ClosedRange<UInt32>
  ) throws {
    for value in range {
      let scalar = try #require(Unicode.Scalar(value))
      let escape = "\\u{\(String(value, radix: 16))}"
      for (before, after) in [("", ""), ("a", "b"), ("7", ""), ("", "é"), (" ", " "), ("漢", "x")]
      where before != "漢" || !scalar.properties.isVariationSelector {
        let shown = before + escape + after
        #expect(Escaping.forTerminal("\(before)\(scalar)\(after)") == shown)
        #expect(Escaping.forTSV("\(before)\(scalar)\(after)") == shown)
        #expect(Escaping.forParagraph("\(before)\(scalar)\(after)") == shown)
      }
      // Not by one of its own kind either.
      #expect(Escaping.forTerminal("\(scalar)\(scalar)") == escape + escape)
      #expect(Escaping.forScreen("a\(scalar)b").utf8.allSatisfy { $0 < 0x80 })
    }
  }

  @Test(arguments: [
    "❤️", "❤︎", "1️⃣", "#️⃣", "👨‍👩‍👧", "👩🏽‍❤️‍💋‍👩🏿", "🏳️‍🌈", "🏳️‍⚧️", "⛹🏽‍♀️", "🧑‍🚀", "🏴‍☠️",
    "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
    "\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}!", "🇩🇪",
    // Mongolian: a selector behind its letter, the separator before the last vowel.
    "\u{1820}\u{180B}", "\u{182D}\u{180F}\u{1820}", "\u{182D}\u{180E}\u{1820}",
    "\u{182D}\u{180B}\u{180E}\u{1820}", "\u{A856}\u{FE00}",
    // Han with its variants, and signs with theirs.
    "葛\u{E0100}", "辻\u{E0101}", "㐂\u{FE00}", "≨\u{FE00}", "。\u{FE01}", "\u{1004}\u{FE00}",
    // Persian, Arabic, Urdu; Hindi, Sinhala, Bengali, Malayalam.
    "می‌خواهم", "کتاب‌ها", "ه‍.ق", "क्‍ष", "क्‌ष", "ශ්‍රී", "র‌্যাব", "ന്‍",
    // Hangul of which a part is missing.
    "\u{1100}\u{1160}", "\u{115F}\u{1161}", "\u{115F}\u{1160}\u{11A8}",
    // Hebrew: two points in their order.
    "\u{5DC}\u{5B7}\u{34F}\u{5B4}\u{5DD}",
    "⠓⠑⠇⠇⠕⠀⠺⠕⠗⠇⠙", "⠀⠀⢀⣀⠀\n⠀⢰⠀⠀",
    "\u{13171}\u{13430}\u{130A3}", "\u{18B00}\u{16FE4}\u{18B01}", "\u{1BC00}\u{1BCA0}\u{1BC01}",
    "\u{1D15E}\u{1D173}\u{1D15F}\u{1D174}",
  ])
  func `what a script or an emoji needs stays`(text: String) {
    #expect(Escaping.forParagraph(text).unicodeScalars.elementsEqual(text.unicodeScalars))
    #expect(Escaping.forScreen(text).unicodeScalars.elementsEqual(text.unicodeScalars))
  }

  @Test(arguments: [
    // Text hidden behind a flag, in a flag without an end, and without a flag.
    ("🏴\u{E0068}\u{E0069}\u{E0074}\u{E0068}\u{E0065}\u{E0072}\u{E0065}\u{E007F}", 8),
    ("🏴\u{E0067}\u{E0062}\u{E0065}", 3), ("x\u{E0067}\u{E0062}\u{E0065}\u{E007F}", 4),
    ("🏴\u{E0067}\u{E0062}\u{E0020}\u{E0065}\u{E007F}", 5),
    // More selectors than one; joiners that join nothing.
    ("❤\u{FE0F}\u{FE0F}", 1), ("漢\u{E0100}\u{E0101}", 1), ("pay\u{200D}pal", 1),
    ("👩\u{200D}", 1), ("👩\u{200D}x", 1), ("1\u{FE0F}", 1), ("\u{645}\u{200C}", 1),
    ("\u{645}\u{200C}\u{200C}\u{645}", 2), ("\u{1820}\u{180E}", 1), ("\u{2800}\u{2800}", 2),
    ("\u{115F}\u{1160}", 2),
  ])
  func `what only looks like a use of them is shown`(text: String, escapes: Int) {
    let shown = Escaping.forTerminal(text)
    #expect(shown.utf8.count { $0 == UInt8(ascii: "\\") } == escapes, "\(shown)")
  }

  @Test func `the table is in order, so that it can be searched by halves`() {
    for (first, second) in zip(Visibility.table, Visibility.table.dropFirst()) {
      #expect(first.first <= first.last && first.last < second.first)
    }
    for range in Self.invisible {
      for value in range { #expect(Visibility.isSuspect(Unicode.Scalar(value)!)) }
    }
  }
}
