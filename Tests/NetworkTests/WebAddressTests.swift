import Testing

@testable import Network

struct WebAddressTests {
  @Test(arguments: [
    ("https://example.org", "https://example.org/"),
    ("  HTTP://Example.ORG:80/a b?q=ü#x  ", "http://example.org/a%20b?q=%C3%BC#x"),
    ("https://example.org:443/", "https://example.org/"),
    ("https://example.org:8443", "https://example.org:8443/"),
    ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ("https://example.org/a/./b/../c/..", "https://example.org/a/"),
    ("https://example.org\\@127.0.0.1/", "https://example.org/@127.0.0.1/"),
    ("https://a@b@example.org/", "https://a%40b@example.org/"),
    ("http://0x7f.1/", "http://127.0.0.1/"), ("http://2130706433/", "http://127.0.0.1/"),
    ("http://0177.0.0.1/", "http://127.0.0.1/"),
    ("http://[::1]:8080/a", "http://[0:0:0:0:0:0:0:1]:8080/a"),
    ("https:/example.org/a", "https://example.org/a"),
    ("ht\ntps://exam\tple.org/", "https://example.org/"),
    ("https://example.org/{a,b}[1-3]\"\\", "https://example.org/%7Ba,b%7D[1-3]%22/"),
  ])
  func `a link is read as programs that open links read it`(link: String, read: String) {
    #expect(WebAddress(link)?.text == read)
  }

  @Test(arguments: [
    "", "example.org", "ftp://example.org/", "mailto:a@example.org", "https://", "https:///",
    "http://256.1.1.1/", "http://1.2.3.4.5/", "http://example.org:0/", "http://example.org:99999/",
    "http://[::1", "http://[1:2]/", "http://exa mple.org/", "http://a%00b/", "javascript:alert(1)",
    "http://example.org:80a/",
  ])
  func `what is no page is none`(link: String) {
    #expect(WebAddress(link)?.text == nil)
  }

  @Test(arguments: [
    ("b", "https://example.org/a/b"), ("../b?x", "https://example.org/b?x"),
    ("/b", "https://example.org/b"), ("?y=1", "https://example.org/a/index?y=1"),
    ("//other.org/x", "https://other.org/x"), ("http://other.org", "http://other.org/"),
    ("\\\\other.org\\x", "https://other.org/x"), ("", "https://example.org/a/index?q"),
    ("../../../b", "https://example.org/b"), (" /b\r\n", "https://example.org/b"),
    ("/caf\u{E9}", "https://example.org/caf%C3%A9"),
  ])
  func `a reference is resolved`(reference: String, target: String) throws {
    let base = try #require(WebAddress("https://example.org/a/index?q"))
    #expect(base.resolving(Array(reference.utf8)) == WebAddress(target).map { .page($0) })
  }

  @Test func `the fragment of a link goes along, unless the target has one`() throws {
    let base = try #require(WebAddress("https://example.org/a#part"))
    guard case .page(let kept) = base.resolving(Array("/b".utf8)),
      case .page(let own) = base.resolving(Array("/b#own".utf8))
    else { throw Missing() }
    #expect(kept.text == "https://example.org/b#part")
    #expect(kept.requested == "https://example.org/b")
    #expect(own.text == "https://example.org/b#own")
  }

  private struct Missing: Error {}

  @Test(arguments: [
    "file:///etc/passwd", "ftp://example.org/", "javascript:1", "https://", "data:,x",
  ])
  func `a reference to no page leads nowhere`(reference: String) throws {
    let base = try #require(WebAddress("https://example.org/"))
    #expect(base.resolving(Array(reference.utf8)) == .other)
  }

  @Test(arguments: [
    "http://127.0.0.1/", "http://localhost/", "http://a.localhost/", "http://10.1.2.3/",
    "http://192.168.0.1/", "http://172.31.0.1/", "http://169.254.169.254/", "http://100.64.0.1/",
    "http://0.0.0.0/", "http://[::1]/", "http://[fe80::1]/", "http://[fd00::1]/", "http://[::]/",
    "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
    "http://router/", "http://printer.local/", "http://nas.home.arpa/", "http://0x7f000001/",
    "http://[::127.0.0.1]/", "http://224.0.0.1/", "http://[ff02::1]/", "http://198.18.0.1/",
  ])
  func `private addresses are known by sight`(link: String) throws {
    #expect(try #require(WebAddress(link)).isPrivate)
  }

  @Test(arguments: [
    "http://example.org/", "http://172.32.0.1/", "http://8.8.8.8/", "http://[2606:4700::1]/",
    "http://100.128.0.1/", "http://localhost.example.org/", "http://[2002:0808:0808::1]/",
    "http://192.0.1.1/", "http://203.0.113.7/",
  ])
  func `public addresses are too`(link: String) throws {
    #expect(try !#require(WebAddress(link)).isPrivate)
  }
}
