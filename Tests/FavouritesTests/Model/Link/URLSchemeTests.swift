import Testing

@testable import Favourites

struct URLSchemeTests {
  @Test(arguments: [
    ("https://example.org", "https"), ("HTTPS://EXAMPLE.ORG", "https"), ("mailto:a@b", "mailto"),
    ("geo:48.86,2.32", "geo"), ("x-man-page://ls", "x-man-page"), ("a:", "a"),
    ("coap+tcp://h", "coap+tcp"), ("z39.50r://h", "z39.50r"), ("javascript:alert(1)", "javascript"),
  ])
  func `it is what stands before the first colon`(url: String, name: String) {
    #expect(URLScheme(of: url)?.name == name)
  }

  /// Some of these are taken for javascript: by one browser or another, which pass over what they
  /// do not like.
  @Test(arguments: [
    "", ":", "://x", "-opt", "--help", "-a:b", "/etc/passwd", "example.org", "1http://x", "+x:y",
    ".x:y",
    " javascript:alert(1)", "\u{1}javascript:alert(1)", "java\tscript:alert(1)",
    "java\nscript:alert(1)", "javascript\t:alert(1)", "\u{FEFF}javascript:alert(1)",
    "java\u{AD}script:alert(1)", "ｊavascript:alert(1)", "javaſcript:alert(1)", "%6Aavascript:x",
    "ht tp://x", "http//x", "#http://x", "\"http://x", "'http://x", "$(id):x", "`id`:x",
  ])
  func `anything else is no scheme`(url: String) {
    #expect(URLScheme(of: url) == nil)
  }

  @Test func `what may read files or run something is not harmless`() {
    let dangerous = [
      "javascript", "data", "file", "vbscript", "about", "view-source", "jar", "blob", "filesystem",
      "smb", "ssh", "sftp", "nfs", "chrome", "resource", "ms-msdt", "search-ms", "steam", "vscode",
      "x-apple.systempreferences", "intent", "content", "magnet", "telnet", "ldap", "gopher",
      "javascripT",
    ]
    for name in dangerous { #expect(!URLScheme.harmless.contains(name)) }
    #expect(URLScheme.pages.isSubset(of: URLScheme.harmless))
  }
}
