import Favourites
import TestSupport

/// Favourites that hold whatever may come in the way of HTML and XML; the same ones for the same
/// seed.
struct MarkupFavourites {
  private var random: SplitMix

  init(seed: UInt64) {
    random = SplitMix(seed: seed)
  }

  /// Pieces of text that mean something somewhere, or that some files cannot hold.
  private static let pieces = [
    "<", ">", "&", "\"", "'", "]]>", "<![CDATA[", "<!--", "-->", "</A>", "</DL>", "</script>",
    "<br>",
    "&amp;", "&#39;", "&lt", "&copy=1", "?>", "{\"uid\":\"x\"}", "\\", "%", "=", "HREF=\"", "/",
    "#",
    "\u{1}", "\u{7}", "\u{B}", "\u{C}", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{9F}", "\t", "\n",
    "\r\n",
    "\r", "\n\r", "\u{2028}", "\u{FEFF}", "\u{A0}", "\u{2003}", "\u{FFFE}", "\u{FFFF}", "\u{FFFD}",
    "\u{202E}", "שלום", "مرحبا", "e\u{301}", "\u{301}", "é", "Å", "\u{212B}", "👩‍👩‍👧‍👦", "🇩🇪", "日本語",
    " ", "  ", "a", "Dune", "two words", "[linkding-notes]x[/linkding-notes]", ",", ";", "null",
    "0",
    "<DT><A HREF=\"x\">", "<outline/>", "\u{10FFFF}", "\u{E000}", "ß", "ſ",
  ]

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

  /// Text of several pieces, those that are not allowed left out.
  private mutating func text(_ most: Int, without isForbidden: (Unicode.Scalar) -> Bool) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0...below(most) {
      let piece = Self.pieces[below(Self.pieces.count)]
      scalars.append(contentsOf: piece.unicodeScalars.filter { !isForbidden($0) })
    }
    return String(scalars)
  }

  private mutating func anyText(_ most: Int) -> String { text(most) { _ in false } }

  private mutating func name(without more: String) -> String {
    text(3) { scalar in
      more.unicodeScalars.contains(scalar) || scalar.properties.generalCategory == .control
    }.trimmed
  }

  /// One of a few categories, nested up to three deep.
  mutating func category() -> CategoryPath? {
    let names = [
      "books", "Books & films", "a  b", "toolbar", "mobile", "\"quoted\"", "<i>", "x\u{2003}y",
      "e\u{301}",
      "\u{FFFE}z", "unnamed", "l'été", "שלום", "inbox", "a.b", "]]>", "&amp;",
    ]
    guard below(10) > 0 else { return nil }
    let path = (0...below(3)).map { _ in names[below(names.count)] }.joined(separator: "/")
    return try? CategoryPath.parse(path)
  }

  private mutating func date() -> Timestamp {
    let seconds =
      switch below(8) {
      case 0: -62_167_219_200 + Int64(below(1 << 30))
      case 1: 253_402_300_799 - Int64(below(1 << 30))
      case 2: Int64(below(1 << 30)) - (1 << 29)
      case 3: Int64(0)
      case 4: 100_000_000_000 - 5 + Int64(below(10))
      default: 1_600_000_000 + Int64(below(1 << 27))
      }
    let isWhole = below(3) == 0
    return Timestamp(milliseconds: seconds * 1_000 + (isWhole ? 0 : Int64(below(1_000))))
  }

  private mutating func value() -> MetadataValue {
    switch below(5) {
    case 0:
      .number(
        Number(["0.10", "-1e300", "2.5e-308", "1965", "-3", "-0", "8.0", "12E5"][below(8)])!)
    case 1: .date(CalendarDate(year: below(10_000), month: 1 + below(12), day: 1 + below(28))!)
    case 2: .choice(("c" + anyText(3)).composed)
    default: .text(anyText(4).composed)
    }
  }

  private mutating func url(_ number: Int, _ uid: UID) -> String? {
    switch below(12) {
    case 0, 1: return nil
    case 2: return "javascript:alert('<\(number)>\"')"
    case 3: return "urn:uuid:\(uid.text)"
    case 4: return "place:sort=\(number)"
    case 5: return "data:text/html,<b>\(number)"
    default:
      let rest = text(4) { $0.value < 0x20 || $0.value == 0x7F }
      return "https://example.org/\(number)?a=1&b=2" + rest
    }
  }

  /// The favourite of a number.
  mutating func draft(_ number: Int) -> Draft {
    var draft = Draft()
    let uid = UID(high: random.next(), low: random.next())
    draft.uid = uid
    let title = anyText(6).trimmed
    draft.title = title.isEmpty ? "untitled \(number)" : title
    draft.url = url(number, uid)
    draft.category = category()
    switch below(300) {
    case 0 where below(8) == 0: draft.note = String(repeating: anyText(20) + "long ", count: 1_000)
    case 1..<120: draft.note = anyText(12)
    case 120..<140: draft.note = "\n  \(anyText(3))\n\n"
    default: break
    }
    if draft.note?.isEmpty == true { draft.note = nil }
    for _ in 0..<[0, 0, 1, 3][below(4)] {
      if let tag = try? TagName.parse(name(without: ",")) { draft.tags.append(tag) }
    }
    if below(20) == 0, let tag = try? TagName.parse("linkding:bookmarks.archived") {
      draft.tags.append(tag)
    }
    for _ in 0..<[0, 0, 2][below(3)] {
      let key = "k\(below(9))" + ["", "é", "\"", "&"][below(4)]
      draft.values[key] = value()
    }
    draft.createdAt = date()
    draft.modifiedAt = date()
    if below(3) == 0 {
      draft.openedAt = date()
      draft.opened = Int64(below(1 << 20))
    }
    return draft
  }
}
