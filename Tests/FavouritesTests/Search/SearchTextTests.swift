import TestSupport
import Testing

@testable import Favourites

@Suite struct SearchTextTests {
  @Test(arguments: [
    ("plain text, as it is", "plain text, as it is"), ("Łódź", "lodz"), ("Straße", "Strasse"),
    ("Ærø", "aero"), ("東京 x", " 東  京  x"), ("서울", " 서  울 "), ("日本語a", " 日  本  語 a"),
    ("C++", "C+ Cplusplus +"), ("C#", "C# Csharp "), ("a+b", "a+b"), ("#tag", "#tag"), ("", ""),
  ])
  func `a text is made ready for the tokenizer`(text: String, wanted: String) {
    #expect(SearchText.prepared(text) == wanted)
  }

  @Test func `each variant of a letter or digit is found in the table`() {
    #expect(CompatibilityForms.forms.count > 900)
    for (form, plain) in CompatibilityForms.forms {
      #expect(CompatibilityForms.plain(form) == plain, "\(form)")
    }
  }

  @Test(arguments: [
    ("https://www.example.org/a%20b/caf%C3%A9", "example.org/a b/café"),
    ("mailto:a@b", "mailto:a@b"), ("http://x/%zz%4", "x/%zz%4"), ("x://%FF", "\u{FFFD}"),
  ])
  func `a link is cut into its words`(url: String, wanted: String) {
    #expect(SearchText.words(ofURL: url) == wanted)
  }

  @Test(arguments: [
    "Łódź C++ 東京", "a", "", "ß+#é👩‍👩‍👧", "C#C++ 서울x", "PostgreSQL wi-fi .NET",
    "https://xn--mnchen-3ya.de/C++20",
  ])
  func `each byte knows where it comes from`(text: String) {
    var prepared = PreparedText(text)
    let words = prepared.origins.count
    prepared.appendParts()
    #expect(prepared.origins.count == prepared.text.utf8.count)
    let size = text.utf8.count
    var last = 0
    for (index, origin) in prepared.origins.enumerated() {
      #expect(!origin.isEmpty && origin.lowerBound >= 0 && origin.upperBound <= size)
      if index < words { #expect(origin.lowerBound >= last) }
      last = origin.lowerBound
    }
  }

  @Test(arguments: [
    "", "dune", "The Left Hand of Darkness", "node.js", "don't -- 100%", "a\tb\nc",
    "мастер и маргарита", "👩👧", "a+b", "+", "++", "#tag", "# #", "2+2", "हिन्दी",
  ])
  func `what the tokenizer can deal with is left as it is`(text: String) {
    #expect(SearchText.prepared(text).utf8.elementsEqual(text.utf8))
  }

  @Test(arguments: [
    ("C++", ["C+", "Cplusplus", "+"]), ("C#", ["C#", "Csharp"]),
    ("C++ and F#!", ["C+", "Cplusplus", "+", "and", "F#", "Fsharp", "!"]),
    ("g++-12", ["g+", "gplusplus", "+-12"]), ("Q#\n", ["Q#", "Qsharp", "\n"]),
    ("C++20", ["C+", "Cplusplus", "+20"]), ("c++2a", ["c+", "cplusplus", "+2a"]),
    ("C#12", ["C#", "Csharp", "12"]), ("C++x", ["C++x"]), ("issue#12", ["issue#12"]),
    ("#12", ["#12"]), ("a+", ["a+"]),
  ])
  func `names that end in signs are words of their own`(text: String, found: [String]) {
    let words = SearchText.prepared(text).split(separator: " ").map(String.init)
    #expect(words == found)
  }

  @Test(arguments: [
    ("Łódź", "lodz"), ("Bjørn", "Bjorn"), ("Straße", "Strasse"), ("GROẞ", "GROss"),
    ("Æsir", "aesir"), ("œuvre", "oeuvre"), ("Þór", "thor"), ("Đorđe", "dorde"),
    ("Iğdır", "Igdir"), ("Ħaż", "haz"), ("Guðrún", "Gudrun"), ("Ǽther", "aether"),
  ])
  func `letters without an accent to lose are spelled out`(text: String, spelled: String) {
    #expect(SearchText.prepared(text).utf8.elementsEqual(spelled.utf8))
  }

  @Test(arguments: [
    ("xn--mnchen-3ya.de", "munchen.de"), ("XN--MNCHEN-3YA.DE/xn--mnchen-3ya", "munchen.DE/munchen"),
    ("https://xn--r8jz45g.xn--zckzah/", "https:// 例  え . テ  ス  ト /"),
    ("mail@xn--e1afmkfd.xn--p1ai", "mail@пример.рф"),
    // Not at the beginning of a label, or no host's label at all.
    ("axn--mnchen-3ya.de", "axn--mnchen-3ya.de"), ("a-xn--mnchen-3ya", "a-xn--mnchen-3ya"),
    ("xn--", "xn--"), ("xn--mnchen-3y_", "xn--mnchen-3y_"), ("xn--abc-", "xn--abc-"),
  ])
  func `a host in ASCII is read in its own letters`(text: String, wanted: String) {
    #expect(SearchText.prepared(text) == wanted)
    #expect(SearchText.indexed(text, inLink: true).hasPrefix(wanted))
  }

  @Test(arguments: [
    ("Hawaiʻi", "^Hawaii"), ("Hawai‘i", "^Hawaii"), ("Hawai’i", "^Hawaii"), ("it´s", "^its"),
    ("Qurʼan", "^Quran"), ("Qurʾān", "^Quran"), ("Gogolʹs", "^Gogols"), ("צה״ל", "^צהל"),
    ("צה\"ל", "^צהל"), ("ז׳בוטינסקי", "^זבוטינסקי"), ("תל־אביב", "^תלאביב"),
    ("\"ל", ""), ("צ\"", ""), ("say \"x\"y", ""), ("ʿAbd", ""), ("‘quoted’", ""),
  ])
  func `whatever is typed for an apostrophe is one`(text: String, parts: String) {
    let indexed = SearchText.indexed(text).split(separator: " ").filter { $0.hasPrefix("^") }
    #expect(indexed.joined(separator: " ") == parts)
  }

  @Test func `of a URL that holds data only the beginning is words`() {
    let url = "data:text/plain," + String(repeating: "x", count: 5_000)
    #expect(SearchText.words(ofURL: url) == String(url.prefix(2_048)))
    // One that is cut within a character, or within its percent signs, does not lose what stands
    // before.
    let letters = SearchText.words(ofURL: "ab:" + String(repeating: "é", count: 3_000))
    #expect(letters.hasPrefix("ab:" + String(repeating: "é", count: 1_022)))
  }

  @Test func `each byte is known by the characters that it comes from`() {
    let prepared = PreparedText("aß千C++")
    #expect(prepared.text == "ass 千 C+ Cplusplus +")
    #expect(
      prepared.origins == [
        0..<1, 1..<3, 1..<3, 3..<6, 3..<6, 3..<6, 3..<6, 3..<6, 6..<7, 7..<8,
      ] + Array(repeating: 7..<9, count: 11) + [8..<9])
    // A part is known by its own letters, what is joined by all of them.
    var parts = PreparedText("é MySQL wi-fi")
    parts.appendParts()
    #expect(parts.text == "e MySQL wi-fi ^My ^SQL ^wifi")
    #expect(
      Array(parts.origins.suffix(15))
        == Array(repeating: 3..<5, count: 4) + Array(repeating: 5..<8, count: 5)
        + Array(repeating: 9..<14, count: 6))
  }

  @Test func `what is prepared is traced to its text, from left to right`() {
    let pieces = [
      "a", "B", "ß", "ł", "+", "++", "#", " ", "千", "기", "é", "e\u{301}", "👩‍👩‍👧", "\u{10FFFF}", "C++",
      "1", ".", "\u{301}", "ไ", "ｶﾞ", "々", "ﬁ", "^", "-", "'", "xn--", "mnchen-3ya", "\"", "ל", "ʻ",
    ]
    var random = SplitMix(seed: 5)
    for _ in 0..<3_000 {
      let count = Int.random(in: 0...12, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let prepared = PreparedText(text)
      #expect(SearchText.prepared(text).utf8.elementsEqual(prepared.text.utf8))
      #expect(prepared.origins.count == prepared.text.utf8.count)
      var last = 0
      for origin in prepared.origins {
        #expect(origin.lowerBound >= last && !origin.isEmpty)
        last = origin.lowerBound
      }
      #expect(last <= text.utf8.count)
    }
  }

  @Test(arguments: [
    ("PostgreSQL", "^Postgre ^SQL"), ("TypeScript", "^Type ^Script"), ("GitHub", "^Git ^Hub"),
    ("HTMLParser", "^HTML ^Parser"), ("iPhone", "^i ^Phone"), ("PDFs", ""), ("URLs of", ""),
    ("wi-fi", "^wifi"), ("Wi-Fi6", "^Wi ^Fi ^6 ^WiFi6 ^WiFi"), ("e-mail", "^email"),
    ("node.js", "^nodejs"), ("covid-19", "^covid19"), ("covid19", "^covid ^19"),
    ("v1.2.3", "^v ^1 ^2 ^3 ^v123"), ("1.2.3", ""), ("2024-03-31", ""), ("2FA", "^2 ^FA"),
    ("don't", "^dont"), ("don’t", "^dont"), ("AC/DC", "^ACDC"), ("and/or", "^andor"),
    ("src/lib/main", ""), ("books/wi-fi", "^wifi"), ("O'Reilly", "^OReilly"), (".NET", "^dotNET"),
    ("U.S.A.", "^USA"),
    ("AT&T", "^ATT"), ("my_file.tar.gz", "^myfiletargz"), ("dQw4w9WgXcQ", ""),
    ("3f2a9c81", ""), ("The End.", ""), ("-flag", ""), ("a - b", ""),
    ("MixedМойСайт", "^Mixed ^мои ^саит"),
    ("МойСайт", "^мои ^саит"), ("PostgreSQL12", "^Postgre ^SQL ^12 ^PostgreSQL"),
    ("state-of-the-art", "^stateoftheart"), ("one-two-three-four-five", ""),
    ("Wait...what", ""), ("well-known, GitHub", "^wellknown ^Git ^Hub"),
  ])
  func `parts of words, and words joined, stand behind a text`(text: String, parts: String) {
    let words = SearchText.prepared(text)
    let wanted = parts.isEmpty ? words : words + " " + parts
    #expect(SearchText.indexed(text) == wanted)
  }

  @Test func `what may have no parts is what has none`() {
    let pieces = ["a", "B", "1", "-", ".", " ", "'", "/", "s", "CD", "ef", ",", "_", "&"]
    var random = SplitMix(seed: 6)
    for _ in 0..<5_000 {
      let count = Int.random(in: 0...8, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      var prepared = PreparedText(text)
      prepared.appendParts()
      #expect(SearchText.indexed(text) == prepared.text, "\(text)")
    }
  }

  @Test(arguments: [
    ("Ωμέγα", "ωμεγα"), ("ΩΜΈΓΑ", "ωμεγα"), ("ὀδός", "οδοσ"), ("Ёлка", "елка"), ("Йод", "иод"),
    ("שָׁלוֹם", "שלום"), ("\u{FB2A}לום", "שלום"), ("مُحَمَّد", "محمد"), ("الــكتاب", "الكتاب"),
    ("أحمد إلى آخر", "احمد الي اخر"), ("مدرسة", "مدرسه"), ("یک کتاب", "يك كتاب"), ("۱۹۸۴", "1984"),
    ("ﬁne", "fine"), ("soft\u{AD}ware", "software"), ("zero\u{200B}width", "zerowidth"),
    ("ＦＵＬＬ　ｗｉｄｔｈ", "full　width"), ("Ⅷ", "viii"), ("m²", "m2"), ("①", "1"), ("𝔘𝔫𝔦", "uni"),
    ("ﻣﺤﻤﺪ", "محمد"), ("Crème brûlée", "Creme brulee"), ("İstanbul", "istanbul"),
    ("Việt Nam", "Viet Nam"), ("e\u{301}tude", "etude"), ("हिन्दी", "हिन्दी"),
  ])
  func `only what counts is left of letters`(text: String, wanted: String) {
    #expect(
      SearchText.prepared(text).utf8.elementsEqual(wanted.utf8), "\(SearchText.prepared(text))")
  }

  @Test(arguments: [
    ("ｶﾞﾗｽ", "ガラス"), ("佐々木", "佐佐木"), ("みすゞ", "みすず"), ("がき", "がき"), ("ﾊﾟﾝ", "パン"),
    ("学問のすゝめ", "学問のすすめ"),
  ])
  func `Japanese is found in narrow letters and by iteration marks`(text: String, wanted: String) {
    #expect(SearchText.prepared(text) == SearchText.prepared(wanted))
    #expect(SearchText.prepared("かき") != SearchText.prepared("がき"))
  }

  @Test func `a favourite is indexed column by column`() {
    var record = FavouriteRecord(
      id: 1, uid: UID(high: 0, low: 0), category: 12, title: "Straße", at: 0, change: 1)
    var text = SearchText(record)
    #expect(
      [text.title, text.tags, text.url, text.note, text.other] == ["Strasse", "", "", "", ""])
    #expect(text.categoryWord == "k12")
    record.tags = #"["to read","ł\"q"]"#
    record.url = "https://www.x.org/%C3%A9"
    record.note = "C#"
    record.metadata = #"{"author":"Bjørn","rating":8.50,"year":{"type":"number","value":1965}}"#
    text = SearchText(record)
    #expect(text.tags == "to read l\"q")
    #expect(text.url == "x.org/e")
    #expect(text.note == "C# Csharp ")
    #expect(text.other == "Bjorn 8.50 1965")
  }
}
