internal import Favourites

/// The parsed URL of a page. Requests are made from its parts, so that no other program can
/// interpret the URL differently.
///
/// Sources: RFC 3986; URL Living Standard, where programs that open links differ: `\` counts as
/// `/`, white space around and line breaks within are ignored, and a host may be a number.
package struct WebAddress: Hashable, Sendable {
  /// Whether the scheme is `https` rather than `http`.
  package let isSecure: Bool
  /// User name and password, with their `@`; empty if there are none.
  let userinfo: String
  /// The host, in ASCII and lower case; an IPv6 address in brackets.
  package let host: String
  /// The port; nil for the default one.
  let port: UInt16?
  /// The path, which begins with `/`.
  package private(set) var path: String
  /// The query, with its `?`; empty if there is none.
  package private(set) var query: String
  /// The fragment, with its `#`; empty if there is none.
  private(set) var fragment: String

  /// The whole URL.
  package var text: String { requested + fragment }

  /// The URL to request: without the fragment.
  package var requested: String { origin + path + query }

  /// Scheme, host and port.
  package var origin: String {
    (isSecure ? "https://" : "http://") + userinfo + host + (port.map { ":\($0)" } ?? "")
  }

  /// Parses a URL; nil if it is invalid, or not that of a web page.
  package init?(_ text: String) { self.init(bytes: Self.trimmed(Array(text.utf8))) }

  private init?(bytes: [UInt8]) {
    guard let (scheme, rest) = Self.scheme(of: bytes[...]), scheme == "http" || scheme == "https"
    else { return nil }
    self.init(isSecure: scheme == "https", behindScheme: rest)
  }

  private init?(isSecure: Bool, behindScheme bytes: ArraySlice<UInt8>) {
    let rest = bytes.drop(while: Self.isSlash)
    let end = rest.firstIndex { Self.isSlash($0) || $0 == 0x3F || $0 == 0x23 } ?? rest.endIndex
    var authority = rest[..<end]
    var userinfo = ""
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
      if at > authority.startIndex { userinfo = Self.encoded(authority[..<at], also: "@/\\") + "@" }
      authority = authority[(at + 1)...]
    }
    guard let (host, port) = Self.hostAndPort(authority, isSecure: isSecure) else { return nil }
    self.isSecure = isSecure
    self.userinfo = userinfo
    self.host = host
    self.port = port
    (path, query, fragment) = ("/", "", "")
    setPath(Self.split(rest[end...]))
  }

  /// Whether the URL itself shows that it leads to this machine or a private network: by an
  /// address, or by a name that no public host has.
  package var isPrivate: Bool {
    if let address = InternetAddress(host) { return address.isPrivate }
    let labels = host.utf8.split(separator: UInt8(ascii: "."))
    guard labels.count > 1, let last = labels.last else { return true }
    return Self.privateDomains.contains { last.elementsEqual($0.utf8) }
      || host.hasSuffix(".home.arpa")
  }

  /// Sources: RFC 6761, 6762 and 8375; ICANN's resolution on `.internal`.
  private static let privateDomains = [
    "localhost", "local", "internal", "intranet", "lan", "home", "corp", "private",
  ]

  /// Whether it is the front page of its site, without a query.
  package var isFrontPage: Bool { query.isEmpty && Self.frontPages.contains(path.lowercased()) }

  private static let frontPages: Set<String> = [
    "/", "/index.html", "/index.htm", "/index.php", "/home", "/home/", "/default.aspx",
  ]

  /// The last component of the path, percent-decoded.
  package var lastName: String {
    let bytes = Array(path.utf8)
    let start = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    return String(decoding: PercentEncoding.decoded(bytes[start...]), as: UTF8.self)
  }

  /// This URL with another path and no query.
  package func with(path: String) -> WebAddress {
    var other = self
    (other.path, other.query, other.fragment) = (path, "", "")
    return other
  }
}

extension WebAddress {
  /// The target of a reference.
  package enum Target: Equatable, Sendable {
    case page(WebAddress)
    /// Something other than a page: another scheme, or an invalid URL.
    case other
  }

  /// Resolves a reference against this URL. Without a fragment of its own, it keeps this URL's.
  package func resolving(_ reference: [UInt8]) -> Target {
    let bytes = Self.trimmed(reference)
    if let (scheme, rest) = Self.scheme(of: bytes[...]) {
      guard scheme == "http" || scheme == "https",
        let page = WebAddress(isSecure: scheme == "https", behindScheme: rest)
      else { return .other }
      return .page(page.keeping(fragment))
    }
    if bytes.count >= 2, Self.isSlash(bytes[0]), Self.isSlash(bytes[1]) {
      guard let page = WebAddress(isSecure: isSecure, behindScheme: bytes[...]) else {
        return .other
      }
      return .page(page.keeping(fragment))
    }
    var page = self
    let parts = Self.split(bytes[...])
    if let first = parts.path.first {
      if Self.isSlash(first) {
        page.setPath(parts)
      } else {
        let folder = Array(path.utf8.reversed().drop { $0 != 0x2F }.reversed())
        page.setPath((folder[...] + parts.path, parts.query, parts.fragment))
      }
    } else {
      if let first = parts.query.first, first == 0x3F { page.query = Self.encoded(parts.query) }
      page.fragment = Self.encoded(parts.fragment)
    }
    return .page(page.keeping(fragment))
  }

  private func keeping(_ other: String) -> WebAddress {
    guard fragment.isEmpty else { return self }
    var page = self
    page.fragment = other
    return page
  }

  private mutating func setPath(
    _ parts: (path: ArraySlice<UInt8>, query: ArraySlice<UInt8>, fragment: ArraySlice<UInt8>)
  ) {
    path = Self.withoutDots(parts.path)
    query = Self.encoded(parts.query)
    fragment = Self.encoded(parts.fragment)
  }

  /// Splits into path, query with its `?`, and fragment with its `#`.
  private static func split(
    _ bytes: ArraySlice<UInt8>
  ) -> (path: ArraySlice<UInt8>, query: ArraySlice<UInt8>, fragment: ArraySlice<UInt8>) {
    let fragment = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex
    let query = bytes[..<fragment].firstIndex(of: UInt8(ascii: "?")) ?? fragment
    return (bytes[..<query], bytes[query..<fragment], bytes[fragment...])
  }

  /// A path with `.` and `..` resolved: RFC 3986, 5.2.4.
  private static func withoutDots(_ bytes: ArraySlice<UInt8>) -> String {
    var names: [ArraySlice<UInt8>] = []
    let parts = bytes.split(omittingEmptySubsequences: false, whereSeparator: isSlash).dropFirst()
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      switch dots(part) {
      case 1: if isLast { names.append([]) }
      case 2:
        if !names.isEmpty { names.removeLast() }
        if isLast { names.append([]) }
      default: names.append(part)
      }
    }
    return "/" + names.map { encoded($0) }.joined(separator: "/")
  }

  /// The number of dots if a path component consists only of dots; otherwise 0.
  private static func dots(_ part: ArraySlice<UInt8>) -> Int {
    guard part.count <= 6 else { return 0 }
    switch String(decoding: part, as: UTF8.self).lowercased() {
    case ".", "%2e": return 1
    case "..", ".%2e", "%2e.", "%2e%2e": return 2
    default: return 0
    }
  }

  private static func isSlash(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x5C }

  /// The text without white space and control characters around it, and without line breaks and
  /// tabs in it.
  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes.drop { $0 <= 0x20 }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return bytes.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
  }

  private static func scheme(
    of bytes: ArraySlice<UInt8>
  ) -> (scheme: String, rest: ArraySlice<UInt8>)? {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let first = bytes.first,
      first.isASCIILetter
    else { return nil }
    let name = bytes[..<colon]
    guard name.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "+-.".utf8.contains($0) })
    else { return nil }
    return (String(decoding: name, as: UTF8.self).lowercased(), bytes[(colon + 1)...])
  }

  private static func hostAndPort(
    _ authority: ArraySlice<UInt8>, isSecure: Bool
  ) -> (String, UInt16?)? {
    var host = authority
    var port: UInt16?
    let bracket = authority.lastIndex(of: UInt8(ascii: "]")) ?? authority.startIndex
    if let colon = authority[bracket...].lastIndex(of: UInt8(ascii: ":")) {
      host = authority[..<colon]
      let digits = authority[(colon + 1)...]
      if !digits.isEmpty {
        guard digits.allSatisfy(\.isASCIIDigit),
          let number = UInt16(String(decoding: digits, as: UTF8.self)), number > 0
        else { return nil }
        port = number == (isSecure ? 443 : 80) ? nil : number
      }
    }
    guard let name = name(host) else { return nil }
    return (name, port)
  }

  /// The normal form of a host; nil if it is invalid.
  private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
    if bytes.first == UInt8(ascii: "[") {
      guard bytes.last == UInt8(ascii: "]"),
        let address = InternetAddress(String(decoding: bytes, as: UTF8.self))
      else { return nil }
      return "[\(address.text)]"
    }
    let name = String(decoding: HostName.ascii(bytes), as: UTF8.self)
    guard !name.isEmpty, name.utf8.count <= 255,
      name.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "-._".utf8.contains($0) }
      )
    else { return nil }
    switch InternetAddress.number(inHost: name) {
    case .none: return name
    case .some(nil): return nil
    case .some(let number?): return InternetAddress.four(number).text
    }
  }

  /// The text with invalid characters percent-encoded.
  private static func encoded(_ bytes: ArraySlice<UInt8>, also others: String = "") -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      let isOdd = byte <= 0x20 || byte >= 0x7F || "\"<>\\^`{|}".utf8.contains(byte)
      if isOdd || others.utf8.contains(byte) {
        PercentEncoding.append(byte, to: &result)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
