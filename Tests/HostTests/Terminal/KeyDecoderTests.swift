import Testing

@testable import Host

@Suite struct KeyDecoderTests {
  private func keys(_ text: String) -> [Key] { keys(Array(text.utf8)) }

  /// The keys of bytes that come at once, and then no more.
  private func keys(_ bytes: [UInt8]) -> [Key] {
    var decoder = KeyDecoder()
    let keys = decoder.keys(from: bytes)
    return decoder.patience == nil ? keys : keys + decoder.keysAfterPause()
  }

  @Test func `characters of any script are typed as they are`() {
    #expect(
      keys("aé漢😀") == [
        .character("a"), .character("é"), .character("漢"), .character("😀"),
      ])
    #expect(keys("e\u{301}") == [.character("e"), .character("\u{301}")])
  }

  @Test func `control characters are keys`() {
    #expect(
      keys([0x0D, 0x09, 0x7F, 0x08, 0x03, 0x1A, 0x0A, 0x1C, 0x00]) == [
        .named(.enter), .named(.tab), .named(.backspace), .named(.backspace), .control("c"),
        .control("z"), .control("j"), .control("\\"), .control("@"),
      ])
  }

  @Test func `an Escape is one once nothing follows it`() {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: [0x1B]) == [])
    #expect(decoder.patience != nil)
    #expect(decoder.keysAfterPause() == [.named(.escape)])
    #expect(decoder.patience == nil)
    #expect(decoder.keys(from: [0x1B]) == [])
    #expect(decoder.keys(from: Array("[A".utf8)) == [.named(.up)])
  }

  @Test(
    arguments: [
      ("\u{1B}[A", Key.named(.up)), ("\u{1B}OB", .named(.down)), ("\u{1B}[1;3A", .named(.up, .alt)),
      ("\u{1B}\u{1B}[B", .named(.down, .alt)), ("\u{1B}[5~", .named(.pageUp)),
      ("\u{1B}[3;5~", .named(.delete, .control)), ("\u{1B}[Z", .named(.tab, .shift)),
      ("\u{1B}[H", .named(.home)), ("\u{1B}[4~", .named(.end)), ("\u{1B}OP", .named(.function(1))),
      ("\u{1B}[[B", .named(.function(2))), ("\u{1B}[24~", .named(.function(12))),
      ("\u{1B}b", .alt("b")), ("\u{1B}é", .alt("é")), ("\u{1B}\u{7F}", .named(.backspace, .alt)),
      ("\u{1B}\r", .named(.enter, .alt)), ("\u{1B}[122;5u", .control("z")),
      ("\u{1B}[27;3;98~", .alt("b")), ("\u{1B}[27u", .named(.escape)),
      ("\u{1B}[12;40R", .position(row: 12, column: 40)),
    ])
  func `sequences are keys with what was held`(bytes: String, key: Key) {
    #expect(keys(bytes) == [key])
    // However they are cut.
    var decoder = KeyDecoder()
    #expect(Array(bytes.utf8).flatMap { decoder.keys(from: [$0]) } == [key])
  }

  @Test(
    arguments: [
      "\u{1B}[99;1X", "\u{1B}[?1;2c", "\u{1B}[>0q", "\u{1B}]11;rgb:00/00/00\u{07}",
      "\u{1B}P1$r0m\u{1B}\\", "\u{1B}_G\u{1B}\\", "\u{1B}[999~", "\u{1B}[57399u", "\u{1B}[I",
      "\u{1B}[155u",
    ])
  func `what is not known types nothing, and swallows nothing behind it`(bytes: String) {
    #expect(keys(bytes + "x") == [.character("x")])
  }

  @Test func `bytes that are no UTF-8 are passed over`() {
    #expect(
      keys([0xFF, 0x61, 0xC3, 0x62, 0xE2, 0x82, 0x63, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x9B, 0x64])
        == [.character("a"), .character("b"), .character("c"), .character("d")])
    // C1 controls, as characters.
    #expect(keys("\u{9B}A\u{85}") == [.character("A")])
    #expect(keys([0xE2, 0x82]) == [])
  }

  @Test func `a paste is one text, whatever is in it and however it comes`() {
    let pasted = "\u{1B}[200~rm -rf\r\u{1B}[A\u{03}\u{1B}[201~x"
    let wanted: [Key] = [.paste("rm -rf\r\u{1B}[A\u{03}"), .character("x")]
    #expect(keys(pasted) == wanted)
    var decoder = KeyDecoder()
    #expect(Array(pasted.utf8).flatMap { decoder.keys(from: [$0]) } == wanted)
  }

  @Test func `a paste without an end ends with a pause, and one without end is cut`() {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: Array("\u{1B}[200~left open".utf8)) == [])
    #expect(decoder.keysAfterPause() == [.paste("left open")])
    #expect(decoder.keys(from: [0x03]) == [.control("c")])
    let long = String(repeating: "a", count: 3 * KeyDecoder.longestPaste)
    #expect(
      keys("\u{1B}[200~\(long)\u{1B}[201~b") == [
        .paste(String(repeating: "a", count: KeyDecoder.longestPaste)), .character("b"),
      ])
  }

  @Test func `a sequence without end is not kept`() {
    var decoder = KeyDecoder()
    let digits = [UInt8](repeating: 0x31, count: 10_000)
    #expect(decoder.keys(from: [0x1B, 0x5B] + digits) == [])
    #expect(decoder.keys(from: digits) == [])
    #expect(decoder.keys(from: Array("Ax".utf8)) == [.character("x")])
    #expect(decoder.keys(from: [0x1B, 0x5D] + digits) == [])
    #expect(decoder.keys(from: [0x31, 0x07, 0x79]) == [.character("y")])
  }

  @Test func `an Escape that was typed before an answer of the terminal is a key`() {
    #expect(
      keys("\u{1B}\u{1B}[1;1R\u{1B}") == [
        .named(.escape), .position(row: 1, column: 1), .named(.escape),
      ])
  }

  @Test func `an unfinished sequence is dropped with a pause`() {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: Array("\u{1B}[1;".utf8)) == [])
    #expect(decoder.keysAfterPause() == [])
    #expect(decoder.keys(from: Array("3A".utf8)) == [.character("3"), .character("A")])
  }

  @Test func `any bytes, cut anywhere, give the same keys`() {
    var random = SystemRandomNumberGenerator()
    let parts = [
      "\u{1B}", "[", "200~", "201~", ";", "5", "A", "~", "u", "é", "\u{1B}]", "\u{07}", "O", "x",
    ]
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 1...30, using: &random)).flatMap { _ in
        Array((parts.randomElement(using: &random) ?? "").utf8)
      }
      var decoder = KeyDecoder()
      var pieces = KeyDecoder()
      let whole = decoder.keys(from: bytes) + decoder.keysAfterPause()
      let single = bytes.flatMap { pieces.keys(from: [$0]) } + pieces.keysAfterPause()
      #expect(whole == single, "\(bytes)")
    }
  }
}
