import Testing

@testable import favs

/// How a line of bash is cut into words, and how a word is put into it.
struct BashLineTests {
  private static let breaks = " \t\n\"'@><=;|&(:"

  private func line(_ text: String) -> BashLine { BashLine(text, breaks: Self.breaks) }

  @Test func `a line is cut as bash cuts it, and nothing in it is expanded`() {
    for (text, words, current) in [
      ("favs list -c mus", ["favs", "list", "-c"], "mus"),
      ("favs list ", ["favs", "list"], ""),
      (
        #"favs 'a b' "c $x \" \n" d\ e $'f\'g' "#, ["favs", "a b", #"c $x " \n"#, "d e", "f'g"], ""
      ),
      (#"favs a'b c'"d e"f\"#, ["favs"], "ab cd ef"),
      ("favs '' $(touch x", ["touch"], "x"),
      ("echo a; favs l", ["favs"], "l"),
      ("favs list 2>/dev/null >out b", ["favs", "list"], "b"),
      ("favs '$(touch x) `y` ~ $HOME", ["favs"], "$(touch x) `y` ~ $HOME"),
      ("", [], ""),
    ] as [(String, [String], String)] {
      #expect(line(text).words == words, "\(text)")
      #expect(line(text).current == current, "\(text)")
    }
    #expect(line("favs list > fi").isRedirected)
    #expect(!line("favs list > file x").isRedirected)
  }

  @Test func `what is put in fits the quotes that are open`() {
    let hostile = #"it's $x `y` "z" \ ! é"#
    for (text, wanted) in [
      ("favs it", #"it\'s\ \$x\ \`y\`\ \"z\"\ \\\ \!\ é"#),
      ("favs 'it", #"it'\''s $x `y` "z" \ ! é"#),
      (#"favs "it"#, #"it's \$x \`y\` \"z\" \\ "\!" é"#),
      ("favs $'it", #"it\'s $x `y` "z" \\ ! é"#),
    ] {
      #expect(line(text).insertion(of: hostile, isWhole: true) == wanted, "\(text)")
    }
  }

  @Test func `a quote that readline takes for the closing one is closed`() {
    #expect(line("favs 'a").insertion(of: "a'", isWhole: true) == #"a'\'''"#)
    #expect(line(#"favs "a"#).insertion(of: #"a""#, isWhole: true) == #"a\"""#)
    #expect(line(#"favs "a"#).insertion(of: "a!", isWhole: true) == #"a"\!"""#)
    #expect(line("favs 'a").insertion(of: "a'", isWhole: false) == #"a'\''"#)
  }

  @Test func `only what readline replaces is put in`() {
    for (text, wanted) in [
      ("favs sci:f", "fi"), ("favs sci\\:f", "sci:fi"), ("favs 'sci:f", "sci:fi"),
      ("favs sci:'f", "fi"),
      ("favs 'sci:'f", "sci:fi"), ("favs s'ci:f", "ci:fi"), ("favs other:f", nil),
    ] {
      #expect(line(text).insertion(of: "sci:fi", isWhole: true) == wanted, "\(text)")
    }
    #expect(line("favs a=b@c").insertion(of: "a=b@cd", isWhole: true) == "@cd")
  }

  @Test func `no line is too odd to be read`() {
    var state: UInt64 = 7
    let signs = Array("ab '\"\\$`=:@<>|;&()~!#\n\u{301}é".unicodeScalars)
    for _ in 0..<20_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(signs[Int(state >> 33) % signs.count])
      }
      let line = line(String(text))
      #expect(line.stays <= line.current.unicodeScalars.count)
      #expect(line.insertion(of: line.current + "x", isWhole: true) != nil)
      _ = FishWord.text(String(text))
    }
  }

  @Test func `a word of fish is read without its quotes`() {
    for (word, wanted) in [
      (#"a\ b"#, "a b"), ("'a b", "a b"), (#"'it\'s' "x\$y""#, "it's x$y"), (#"'a\b'"#, #"a\b"#),
      ("$(touch x)", "$(touch x)"), ("~/x", "~/x"),
    ] {
      #expect(FishWord.text(word) == wanted)
    }
  }
}
