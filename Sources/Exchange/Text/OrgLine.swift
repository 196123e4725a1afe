internal import Favourites

/// A line of Org: the links in it, and the text around them.
///
/// Source: Org's manual, "Link Format"; `org-link-escape` and `org-link-bracket-re` in `ol.el`.
struct OrgLine: Equatable, Sendable {
  /// A link and its text.
  struct Link: Equatable, Sendable {
    let title: String?
    let url: String
  }

  /// The links that leave the file.
  private(set) var links: [Link] = []
  /// The text before the first link.
  private(set) var before = ""
  /// The text after the first link, without other links.
  private(set) var after = ""
  /// Whether a link is in double brackets, which only Org uses.
  private(set) var hasBrackets = false

  /// - Parameter isCertain: whether a target in brackets is always a URL, whatever it looks like.
  init(_ bytes: ArraySlice<UInt8>, isCertain: Bool = false) {
    var text: [UInt8] = []
    var index = bytes.startIndex
    let lastEnd = Self.lastEnd(bytes)
    while index < bytes.endIndex {
      let isStart = index == bytes.startIndex || !Self.isWordByte(bytes[index - 1])
      var found: (link: Link, end: Int)?
      if bytes[index] == 0x5B, index < lastEnd {
        found = Self.bracketLink(bytes[index...], isCertain: isCertain)
        if found != nil { hasBrackets = true }
      } else if bytes[index] == 0x3C {
        found = Self.angleLink(bytes[index...])
      } else if isStart, bytes[index] | 0x20 == 0x68 {
        found = Self.bareLink(bytes[index...])
      }
      guard let (link, end) = found else {
        text.append(bytes[index])
        index += 1
        continue
      }
      if links.isEmpty {
        before = String(decoding: text, as: UTF8.self)
        text = []
      }
      links.append(link)
      index = end
    }
    let rest = String(decoding: text, as: UTF8.self)
    if links.isEmpty { before = rest } else { after = rest }
  }

  /// A URL escaped for use in brackets.
  static func escaped(_ url: String) -> [UInt8] {
    var escaped: [UInt8] = []
    var backslashes = 0
    for byte in url.utf8 {
      if byte == 0x5B || byte == 0x5D {
        // Backslashes before a bracket are doubled, and one more escapes the bracket.
        escaped += Array(repeating: 0x5C, count: backslashes + 1)
      }
      backslashes = byte == 0x5C ? backslashes + 1 : 0
      escaped.append(byte)
    }
    return escaped + Array(repeating: 0x5C, count: backslashes)
  }

  /// `[[url][title]]` or `[[url]]`
  private static func bracketLink(
    _ bytes: ArraySlice<UInt8>, isCertain: Bool
  ) -> (link: Link, end: Int)? {
    guard bytes.count > 4, bytes[bytes.startIndex + 1] == 0x5B else { return nil }
    var index = bytes.startIndex + 2
    var url: [UInt8] = []
    var backslashes = 0
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == 0x5C {
        backslashes += 1
      } else if byte == 0x5B || byte == 0x5D {
        url += Array(repeating: 0x5C, count: backslashes / 2)
        guard backslashes % 2 == 1 else { break }
        url.append(byte)
        backslashes = 0
      } else {
        url += Array(repeating: 0x5C, count: backslashes)
        backslashes = 0
        url.append(byte)
      }
      index += 1
    }
    guard index + 1 < bytes.endIndex, bytes[index] == 0x5D, !url.isEmpty else { return nil }
    let text = String(decoding: url, as: UTF8.self)
    guard isCertain || WrittenLink.isLink(text) else { return nil }
    if bytes[index + 1] == 0x5D { return (Link(title: nil, url: text), index + 2) }
    guard bytes[index + 1] == 0x5B else { return nil }
    let start = index + 2
    var end = start + 1
    while end + 1 < bytes.endIndex, bytes[end] != 0x5D || bytes[end + 1] != 0x5D { end += 1 }
    guard end + 1 < bytes.endIndex else { return nil }
    // A bracket at the end of the text belongs to it.
    while end + 2 < bytes.endIndex, bytes[end + 2] == 0x5D { end += 1 }
    return (Link(title: String(decoding: bytes[start..<end], as: UTF8.self), url: text), end + 2)
  }

  /// `<https://example.org>`
  private static func angleLink(_ bytes: ArraySlice<UInt8>) -> (link: Link, end: Int)? {
    let url = bytes.dropFirst().prefix { $0 > 0x20 && $0 != 0x3E && $0 != 0x3C }
    let text = String(decoding: url, as: UTF8.self)
    guard url.endIndex < bytes.endIndex, bytes[url.endIndex] == 0x3E, Draft.looksLikeURL(text)
    else { return nil }
    return (Link(title: nil, url: text), url.endIndex + 1)
  }

  /// `https://example.org`, without a full stop at its end.
  private static func bareLink(_ bytes: ArraySlice<UInt8>) -> (link: Link, end: Int)? {
    let head = bytes.prefix(8).map { $0 | 0x20 }
    guard head.starts(with: "https://".utf8) || head.starts(with: "http://".utf8) else {
      return nil
    }
    var url = bytes.prefix { $0 > 0x20 && !"<>[]|".utf8.contains($0) }
    while let last = url.last, ".,;:!?'\")*_~/=".utf8.contains(last), last != 0x2F {
      url = url.dropLast()
    }
    let text = String(decoding: url, as: UTF8.self)
    guard Draft.looksLikeURL(text) else { return nil }
    return (Link(title: nil, url: text), url.endIndex)
  }

  /// The position of the last `]]`, after which no brackets are links.
  private static func lastEnd(_ bytes: ArraySlice<UInt8>) -> Int {
    var index = bytes.endIndex - 2
    while index >= bytes.startIndex {
      if bytes[index] == 0x5D, bytes[index + 1] == 0x5D { return index }
      index -= 1
    }
    return bytes.startIndex
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80
  }
}
