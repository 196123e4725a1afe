import Testing

@testable import favs

/// The line of a picker that is typed into, and the clipboard.
struct InputLineTests {
  private func edited(_ text: String, _ edit: (inout InputLine) -> Void) -> String {
    var line = InputLine(text)
    edit(&line)
    return String(line.characters[..<line.cursor]) + "|" + String(line.characters[line.cursor...])
  }

  @Test func `what is typed stands before the cursor`() {
    #expect(edited("") { $0.insert("dune") } == "dune|")
    #expect(
      edited("dne") {
        $0.move(by: -2); $0.insert("u")
      } == "du|ne")
    #expect(edited("a") { $0.insert("b\tc\nd\u{1B}\u{9B}\u{7F}e\u{3000}f") } == "ab c de f|")
    #expect(edited("\r\n") { _ in } == "  |")
  }

  @Test func `an accent belongs to the letter before it`() {
    #expect(edited("cafe") { $0.insert("\u{301}") } == "cafe\u{301}|")
    #expect(edited("cafe\u{301}") { $0.deleteBackwards() } == "caf|")
    #expect(edited("👩‍👩‍👧") { $0.deleteBackwards() } == "|")
    // Without a letter it stands by itself.
    #expect(InputLine("\u{301}").characters.count == 1)
    #expect(InputLine("a" + String(repeating: "\u{301}", count: 40)).characters.count > 1)
  }

  @Test func `the cursor stops at both ends`() {
    #expect(edited("ab") { $0.move(by: 5) } == "ab|")
    #expect(edited("ab") { $0.move(by: -5) } == "|ab")
    #expect(
      edited("ab") {
        $0.moveToStart(); $0.deleteBackwards()
      } == "|ab")
    #expect(edited("ab") { $0.deleteForwards() } == "ab|")
    #expect(
      edited("ab") {
        $0.moveToStart(); $0.deleteForwards()
      } == "|b")
  }

  @Test func `words are deleted and passed with the spaces beside them`() {
    #expect(edited("one two  ") { $0.deleteWord() } == "one |")
    #expect(edited("one") { $0.deleteWord() } == "|")
    #expect(edited("  ") { $0.deleteWord() } == "|")
    #expect(edited("") { $0.deleteWord() } == "|")
    #expect(
      edited("one two") {
        $0.move(by: -1); $0.deleteWord()
      } == "one |o")
    #expect(edited("one two") { $0.moveWordBackwards() } == "one |two")
    #expect(
      edited("one two") {
        $0.moveToStart(); $0.moveWordForwards()
      } == "one| two")
    #expect(
      edited("one  two") {
        $0.move(by: -5); $0.moveWordForwards()
      } == "one  two|")
  }

  @Test func `a part is deleted up to either end`() {
    #expect(
      edited("one two") {
        $0.move(by: -3); $0.deleteToStart()
      } == "|two")
    #expect(
      edited("one two") {
        $0.move(by: -3); $0.deleteToEnd()
      } == "one |")
    #expect(edited("x") { $0.deleteToEnd() } == "x|")
  }

  @Test func `a line that is full takes no more`() {
    var line = InputLine(String(repeating: "x", count: 2_000))
    #expect(line.characters.count == 1_000)
    line.insert("y")
    #expect(line.characters.count == 1_000 && line.cursor == 1_000)
    line.deleteBackwards()
    line.insert("y")
    #expect(line.text.hasSuffix("xy"))
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("\u{FF}é", "w7/DqQ=="),
  ])
  func `the clipboard gets a text in Base64`(text: String, base64: String) {
    #expect(Clipboard.sequence(for: text) == "\u{1B}]52;c;\(base64)\u{7}")
  }

  @Test func `what no terminal takes is not sent to it`() {
    #expect(Clipboard.sequence(for: String(repeating: "x", count: 74_994)) != nil)
    #expect(Clipboard.sequence(for: String(repeating: "x", count: 74_995)) == nil)
  }

  @Test(arguments: [
    (true, "七人の侍 é\u{1B}", 6, "七人…"), (false, "七人の侍 é\u{1B}", 6, "?????~"),
    (false, "plain", 5, "plain"), (true, "plain", 0, ""), (false, "plain", 0, ""),
    (false, "plain", 1, "~"),
  ])
  func `text is shown by what the terminal has, and cut to its room`(
    isUnicode: Bool, text: String, width: Int, shown: String
  ) {
    let palette = PickPalette(isUnicode: isUnicode)
    #expect(palette.cut(palette.text(text), to: width) == shown)
  }
}
