import Favourites
import TestSupport

/// Favourites that try a format: random, and the same in every run.
struct HostileFavourites {
  private var random: SplitMix
  private var number = 0

  init(seed: UInt64) {
    random = SplitMix(seed: seed)
  }

  private static let pieces = [
    "a", "Zoë", "\"", "\"\"", ",", ";", "\t", "'", " ", "  ", "=1+1", "+", "-", "@x", "\u{1}",
    "\u{7F}",
    "\u{85}", "\u{FEFF}", "👩‍👩‍👧", "e\u{301}", "\u{202E}", "[", "]", "(", ")", "<", ">", "&amp;",
    "&#10;", "*",
    "_", "`", "\\", "#", "|", "{", "}", "-->", "<!--", "]]", "[[", ":a:", ": ", "::", "$", "%", "/",
    "!", "~",
    "https://x.org/", "- ", "* ", "1. ", "# ", "END:", ":END:", "TODO ", "\u{2028}",
  ]
  private static let lineEnds = ["\n", "\r", "\r\n", "\n\n", "\n ", " \n", "\n- ", "\n* ", "\n# "]

  private mutating func text(_ count: Int, lines: Bool = false) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...count, using: &random) {
      let isLineEnd = lines && Int.random(in: 0..<6, using: &random) == 0
      text += (isLineEnd ? Self.lineEnds : Self.pieces).randomElement(using: &random) ?? ""
    }
    return text
  }

  private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

  private mutating func time() -> Timestamp {
    Timestamp(
      milliseconds: Int64.random(in: -1_000_000_000_000...4_000_000_000_000, using: &random))
  }

  /// The next one. Each has a title of its own, and a URL of its own if it has one.
  mutating func next() throws -> Draft {
    number += 1
    var draft = Draft()
    draft.uid = UID(high: random.next(), low: random.next())
    draft.title = text(6, lines: chance(8)) + "\(number)" + text(3)
    if !chance(4) { draft.url = "https://example.org/\(number)?" + plain(text(5)) }
    if chance(2) { draft.note = text(12, lines: true) }
    if chance(1_000) { draft.note = String(repeating: text(20, lines: true) + "x", count: 5_000) }
    let name = "c\(Int.random(in: 0..<20, using: &random))"
    draft.category = try CategoryPath.parse(
      ["\(name)", "\(name)/= \"x\", y;z", "\(name)/😀/[b] *c* _d_"].randomElement(using: &random)
        ?? name)
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let tag = plain(text(3)).split(separator: ",").joined() + "t\(random.next() % 50)"
      draft.tags.append(try TagName.parse(String(tag)))
    }
    try setMetadata(of: &draft)
    draft.createdAt = time()
    draft.modifiedAt = time()
    if chance(3) {
      draft.openedAt = time()
      draft.opened = Int64.random(in: 1...1_000_000, using: &random)
    }
    return draft
  }

  private mutating func setMetadata(of draft: inout Draft) throws {
    guard chance(2) else { return }
    let values: [MetadataValue] = [
      .text(text(5, lines: true).composed), .number(1e300), .number(-0.5), .number(1965),
      .text("1965"),
      .choice("a,b\n"), .text(""), .text(" x "), .text("true"), .text("2024-01-31"),
    ]
    for value in values where chance(3) { draft.values["k\(random.next() % 30)\"é,|#*"] = value }
    draft.values["day"] = CalendarDate(text: "2024-02-29").map { .date($0) }
    if chance(3) { draft.values["ID"] = .text("id") }
  }

  /// Without control characters, as URLs and tags have to be.
  private func plain(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar.properties.generalCategory != .control {
      scalars.append(scalar)
    }
    return String(scalars)
  }
}
