/// A word or a line that the user typed, read as a link, with its title if one is beside it.
package struct TypedLink: Equatable, Sendable {
  /// The link, with a scheme and without spaces.
  package let url: String
  /// The text beside it.
  package let title: String?

  /// How much of a text belongs to the link.
  package enum Extent: Sendable {
    /// All of it: a command-line argument. Since a host contains no spaces, the link in
    /// `https://a.org Title` still ends before the title.
    case word
    /// Up to the first space: a line from a list of links, with or without a bullet.
    case line
  }

  /// Nil for text that is not a link: links are `https://…`, `mailto:…` and the like, and `www.…`.
  package init?(_ text: String, _ extent: Extent) {
    var text = text.trimmed
    var (first, rest) = Self.parted(text)
    if extent == .line, Self.isBullet(first),
      WrittenLink.isLink(Self.unwrapped(Self.parted(rest).first))
    {
      text = rest
      (first, rest) = Self.parted(rest)
    }
    first = Self.unwrapped(first)
    if WrittenLink.isWorldWide(first) {
      url = "https://" + first
      title = rest.isEmpty ? nil : rest
    } else if Draft.looksLikeURL(first) {
      guard !rest.isEmpty else {
        (url, title) = (first, nil)
        return
      }
      // `file:///My Documents` continues after a space, and so may any link with a path.
      let isWhole = extent == .word && Self.hasPath(first)
      url = isWhole ? Self.withoutSpaces(text) : first
      title = isWhole ? nil : rest
    } else if extent == .line, let (before, link) = Self.last(of: text) {
      (url, title) = (link, before)
    } else {
      return nil
    }
  }

  /// The `file:` link of an absolute path.
  ///
  /// Source: RFC 8089, 2; characters that are not unreserved are escaped: RFC 3986, 2.3.
  package init(path: String) {
    var bytes: [UInt8] = Array("file://".utf8)
    for byte in path.utf8 {
      if byte == UInt8(ascii: "/") || PercentEncoding.isUnreserved(byte) {
        bytes.append(byte)
      } else {
        PercentEncoding.append(byte, to: &bytes)
      }
    }
    url = String(decoding: bytes, as: UTF8.self)
    title = nil
  }

  /// The text before and after the first space.
  private static func parted(_ text: String) -> (first: String, rest: String) {
    let space = text.unicodeScalars.firstIndex { $0.isWhitespace } ?? text.endIndex
    return (String(text[..<space]), String(text[space...]).trimmed)
  }

  /// A title followed by a link: `Title https://a.org`. Only links with a host count, since a title
  /// may end with a word such as `isbn:…`.
  private static func last(of text: String) -> (title: String, link: String)? {
    guard let space = text.unicodeScalars.lastIndex(where: { $0.isWhitespace }) else {
      return nil
    }
    let title = String(text[..<space]).trimmed
    let word = String(text[text.unicodeScalars.index(after: space)...])
    let link = unwrapped(word)
    let scheme = link.prefix { $0 != ":" }.lowercased()
    let hasHost = (scheme == "https" || scheme == "http") && link.contains(ascii: "://")
    // If there are two links, neither is the title of the other.
    guard hasHost, Draft.looksLikeURL(link), title[...].firstRange(ofASCII: "://") == nil else {
      return nil
    }
    return (title, link)
  }

  /// Whether a word begins a list item: `-`, `*`, `+`, `•`, `1.`, `1)`.
  private static func isBullet(_ word: String) -> Bool {
    if ["-", "*", "+", "•", "–"].contains(word) { return true }
    let digits = word.utf8.prefix { $0.isASCIIDigit }
    let rest = word.utf8[digits.endIndex...]
    return !digits.isEmpty && rest.count == 1 && (rest.first == 0x2E || rest.first == 0x29)
  }

  /// A link without the brackets that separate it from a text (RFC 3986, C).
  private static func unwrapped(_ word: String) -> String {
    guard word.utf8.count > 2, word.utf8.first == UInt8(ascii: "<"),
      word.utf8.last == UInt8(ascii: ">")
    else { return word }
    return String(word.dropFirst().dropLast())
  }

  /// Whether anything follows the host, or there is no host.
  private static func hasPath(_ url: String) -> Bool {
    guard let host = url[...].firstRange(ofASCII: "://") else { return true }
    return url[host.upperBound...].utf8.contains { "/?#".utf8.contains($0) }
  }

  /// A URL with its white space percent-encoded.
  package static func withoutSpaces(_ url: String) -> String {
    var bytes: [UInt8] = []
    for scalar in url.unicodeScalars {
      for byte in String(scalar).utf8 {
        if scalar.isWhitespace {
          PercentEncoding.append(byte, to: &bytes)
        } else {
          bytes.append(byte)
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
