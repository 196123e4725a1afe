/// How much of a text was UTF-8, and how much was not: whether it is UTF-8 that something broke, or no UTF-8 at all.
struct TextSoundness {
  /// Characters beyond ASCII that were right, as far as they were counted.
  private(set) var right = 0
  private(set) var wrong = 0
  /// Of what was wrong, how often the next letter was so too: in Western languages it hardly ever is.
  private var neighbours = 0
  /// Where the first wrong one stands.
  private(set) var firstPlace: Place?

  /// Beyond this, more tells nothing new.
  private static let enough = 100_000

  /// Counts what is right in a piece.
  mutating func take(right bytes: ArraySlice<UInt8>) {
    guard right < Self.enough else { return }
    for byte in bytes where byte >= 0xC2 { right += 1 }
  }

  /// Counts a piece that was repaired, the first flaw of which stands at a place.
  mutating func take(_ piece: TextDecoder.Piece, firstAt place: Place?) {
    firstPlace = firstPlace ?? place
    wrong += piece.flaws.count
    for (flaw, next) in zip(piece.flaws, piece.flaws.dropFirst()) where next - flaw == 3 {
      neighbours += 1
    }
    take(right: piece.text[...])
    right = max(0, right - piece.flaws.count)
  }

  /// Why it is no UTF-8; nil where it is but for a little.
  ///
  /// Text of another encoding is hardly ever right by chance. A file that says of itself that it is UTF-8 is
  /// given the benefit of the doubt.
  func refusal(isDeclared: Bool) -> String? {
    guard wrong > right + (isDeclared ? 2 : 0) || wrong > Self.enough else { return nil }
    let what = "not valid UTF-8, and no encoding is declared"
    guard right == 0 else { return what }
    // What would spoil a text is not advised: here nothing beyond ASCII is UTF-8.
    return neighbours * 2 > wrong
      ? "\(what); it may be Shift_JIS, GBK, windows-1251 or another: iconv -f NAME -t UTF-8 converts it"
      : "\(what); if it is windows-1252, iconv -f WINDOWS-1252 -t UTF-8 converts it"
  }
}
