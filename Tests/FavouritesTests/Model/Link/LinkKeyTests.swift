import Testing

@testable import Favourites

struct LinkKeyTests {
  @Test(arguments: [
    ("HTTP://EXAMPLE.com", "http://example.com/"),
    ("https://example.com:443/a", "https://example.com/a"),
    ("http://example.com:80", "http://example.com"),
    ("http://example.com:/a", "http://example.com/a"),
    ("ftp://example.com:021/a", "ftp://example.com/a"),
    ("https://example.com/a/", "https://example.com/a"),
    ("https://example.com/a/?q", "https://example.com/a?q"),
    ("https://example.com/a/#f", "https://example.com/a#f"),
    ("https://example.com?q", "https://example.com/?q"),
    ("https://example.com/%7Euser", "https://example.com/~user"),
    ("https://example.com/%e4%bd%a0", "https://example.com/\u{4F60}"),
    ("https://de.wikipedia.org/wiki/K\u{F6}ln", "https://de.wikipedia.org/wiki/K%C3%B6ln"),
    ("https://example.com/a b", "https://example.com/a%20b"),
    ("https://example.com/100%", "https://example.com/100%25"),
    ("https://example.com/?q=%61", "https://example.com/?q=a"),
    ("https://m\u{FC}nchen.de/", "https://xn--mnchen-3ya.de/"),
    ("https://M\u{DC}NCHEN.de", "https://XN--MNCHEN-3YA.DE"),
    ("https://mu\u{308}nchen.de", "https://m%C3%BCnchen.de"),
    ("https://\u{4F8B}\u{3048}\u{3002}\u{30C6}\u{30B9}\u{30C8}", "https://xn--r8jz45g.xn--zckzah"),
    ("https://\u{FF45}xample.com", "https://example.com"),
    ("https://u@EXAMPLE.com/", "https://u@example.com"),
    ("https://[2001:DB8::1]:443/", "https://[2001:db8::1]"),
    ("MAILTO:a@b.org", "mailto:a@b.org"),
    ("mailto:%61@b.org", "mailto:a@b.org"),
    ("GEO:52.5,13.4", "geo:52.5,13.4"),
  ])
  func `two ways to write it are one link`(first: String, second: String) {
    #expect(LinkKey.normalised(first) == LinkKey.normalised(second))
    #expect(LinkKey.hash(first) == LinkKey.hash(second))
    #expect(LinkKey.areEqual(first, second))
  }

  @Test(arguments: [
    ("http://example.com/", "https://example.com/"),
    ("https://example.com/a", "https://example.com/A"),
    ("https://example.com/a%2Fb", "https://example.com/a/b"),
    ("https://example.com/a//", "https://example.com/a"),
    ("https://example.com/?a=1&b=2", "https://example.com/?b=2&a=1"),
    ("https://example.com/#a", "https://example.com/"),
    ("https://example.com/?a/", "https://example.com/?a"),
    ("https://example.com:8443/", "https://example.com/"),
    ("https://www.example.com/", "https://example.com/"),
    ("https://U@example.com", "https://u@example.com"),
    ("https://stra\u{DF}e.de", "https://strasse.de"),
    ("https://example.com/?q=a+b", "https://example.com/?q=a%20b"),
    ("geo:52.50,13.4", "geo:52.5,13.4"),
    ("mailto:A@b.org", "mailto:a@b.org"),
    ("tel:1/", "tel:1"),
  ])
  func `two links are two`(first: String, second: String) {
    #expect(LinkKey.normalised(first) != LinkKey.normalised(second))
    #expect(!LinkKey.areEqual(first, second))
  }

  /// RFC 3492, 7.1, in lower case.
  @Test(arguments: [
    (
      "\u{644}\u{64A}\u{647}\u{645}\u{627}\u{628}\u{62A}\u{643}\u{644}\u{645}\u{648}\u{634}\u{639}\u{631}"
        + "\u{628}\u{64A}\u{61F}", "egbpdaj6bu4bxfgehfvwxn"
    ),
    (
      "\u{4ED6}\u{4EEC}\u{4E3A}\u{4EC0}\u{4E48}\u{4E0D}\u{8BF4}\u{4E2D}\u{6587}",
      "ihqwcrb4cv8a8dqg056pqjye"
    ),
    ("pro\u{10D}prost\u{11B}nemluv\u{ED}\u{10D}esky", "proprostnemluvesky-uyb24dma41a"),
    ("3\u{5E74}b\u{7D44}\u{91D1}\u{516B}\u{5148}\u{751F}", "3b-ww4c5e180e575a65lsy2b"),
    ("\u{305D}\u{306E}\u{30B9}\u{30D4}\u{30FC}\u{30C9}\u{3067}", "d9juau41awczczp"),
  ])
  func `punycode is that of its RFC`(label: String, code: String) {
    let made = Punycode.encoded(Array(label.unicodeScalars))
    #expect(made.map { String(decoding: $0, as: UTF8.self) } == code)
    for code in [code, code.uppercased()] {
      #expect(Punycode.decoded(Array(code.utf8)[...]) == Array(label.unicodeScalars))
    }
  }

  /// Plain letters, digits that end too early, no digits, what no encoder makes, no characters, too
  /// long.
  @Test(arguments: [
    "", "-", "abc-", "mnchen-3y", "mnchen-3y_", "mnchen-3yé", "a-999999999999", "9999999999",
    "b\u{FC}cher-kva", String(repeating: "a", count: 60),
    String(repeating: "9", count: 59), "-mnchen-3ya-",
  ])
  func `what is no punycode stands for nothing`(label: String) {
    #expect(Punycode.decoded(Array(label.utf8)[...]) == nil)
  }

  @Test func `a host that is too long for a label is taken at once`() {
    let long = "https://" + String(repeating: "\u{FC}", count: 30_000) + ".de/"
    #expect(LinkKey.areEqual(long, long.uppercased()))
    #expect(!LinkKey.areEqual(long, "https://x.de/"))
  }
}
