/// Counts valid and invalid UTF-8 in a text, to tell damaged UTF-8 from another encoding.
struct TextSoundness {
  /// The number of valid characters beyond ASCII, up to a limit.
  private(set) var right = 0
  private(set) var wrong = 0
  /// The number of invalid bytes followed by another: these are rare in Western languages.
  private var neighbours = 0
  /// The position of the first invalid byte.
  private(set) var firstLocation: Location?

  /// The limit of counting, beyond which more gives no new information.
  private static let enough = 100_000

  /// Counts valid characters in a piece.
  mutating func take(right bytes: ArraySlice<UInt8>) {
    guard right < Self.enough else { return }
    for byte in bytes where byte >= 0xC2 { right += 1 }
  }

  /// Counts a repaired piece; the position is that of its first flaw.
  mutating func take(_ piece: TextDecoder.Piece, firstAt location: Location?) {
    firstLocation = firstLocation ?? location
    wrong += piece.flaws.count
    for (flaw, next) in zip(piece.flaws, piece.flaws.dropFirst()) where next - flaw == 3 {
      neighbours += 1
    }
    take(right: piece.text[...])
    right = max(0, right - piece.flaws.count)
  }

  /// Why the text is not UTF-8; nil if it is, apart from a few errors.
  ///
  /// Text in another encoding is hardly ever valid by chance. A file that declares UTF-8 gets the
  /// benefit of the doubt.
  func refusal(isDeclared: Bool) -> String? {
    guard wrong > right + (isDeclared ? 2 : 0) || wrong > Self.enough else { return nil }
    let what = "not valid UTF-8, and no encoding is declared"
    guard right == 0 else { return what }
    // Never recommends a conversion that would corrupt the text: here nothing beyond ASCII is
    // UTF-8.
    return neighbours * 2 > wrong
      ? "\(what); it may be Shift_JIS, GBK, windows-1251 or another: "
        + "iconv -f NAME -t UTF-8 converts it"
      : "\(what); if it is windows-1252, iconv -f WINDOWS-1252 -t UTF-8 converts it"
  }
}
