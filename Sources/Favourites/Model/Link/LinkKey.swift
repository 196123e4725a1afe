internal import SQLite

/// Decides which URLs are the same link.
///
/// Scheme and host ignore case, and the host is in its ASCII form; a default port, an empty path
/// and one trailing slash of the path are ignored; percent-encoding is used only where needed, with
/// upper-case digits. Query and fragment matter. A URL without `//`, such as `mailto:`, is compared
/// as it is except for its scheme and its percent-encoding. The text that was entered is what is
/// stored.
///
/// Source: RFC 3986, 6.2.2 and 6.2.3; for hosts see `HostName`.
package enum LinkKey {
  /// The URL in its comparable form, as bytes.
  package static func normalised(_ url: String) -> [UInt8] {
    let bytes = Array(url.utf8)
    guard URLScheme(of: url) != nil, let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
      return escaped(bytes[...])
    }
    let scheme = bytes[..<colon].map(\.loweredASCII)
    var result = scheme + [UInt8(ascii: ":")]
    guard bytes[(colon + 1)...].starts(with: "//".utf8) else {
      return result + escaped(bytes[(colon + 1)...])
    }
    result += Array("//".utf8)
    let authorityStart = colon + 3
    let authorityEnd =
      bytes[authorityStart...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.count
    var host = bytes[authorityStart..<authorityEnd]
    if let at = host.lastIndex(of: UInt8(ascii: "@")) {
      result += escaped(host[...at])
      host = host[(at + 1)...]
    }
    result += authority(host, scheme)
    let pathEnd =
      bytes[authorityEnd...].firstIndex { "?#".utf8.contains($0) } ?? bytes.count
    var path = bytes[authorityEnd..<pathEnd]
    if path.last == UInt8(ascii: "/") { path.removeLast() }
    return result + escaped(path) + escaped(bytes[pathEnd...])
  }

  /// A 64-bit hash of the comparable form. Equal links have equal hashes, but not vice versa.
  static func hash(_ url: String) -> UInt64 { FNV1a(normalised(url)).value }

  /// What the index of links keeps of a hash: 32 bits of it, signed. Among a million links, some
  /// hundred share them with another.
  static func indexKey(_ hash: UInt64) -> Int64 {
    Int64(Int32(truncatingIfNeeded: hash ^ hash >> 32))
  }

  /// The same of a link.
  static func indexKey(of url: String) -> Int64 { indexKey(hash(url)) }

  /// Whether two URLs are the same link.
  package static func areEqual(_ first: String, _ second: String) -> Bool {
    first.utf8.elementsEqual(second.utf8) || normalised(first) == normalised(second)
  }

  /// Host and port, without a default port.
  private static func authority(_ bytes: ArraySlice<UInt8>, _ scheme: [UInt8]) -> [UInt8] {
    var host = bytes
    var port: ArraySlice<UInt8> = []
    if let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
      bytes[(colon + 1)...].allSatisfy(\.isASCIIDigit)
    {
      host = bytes[..<colon]
      port = bytes[(colon + 1)...].drop { $0 == 0x30 }
    }
    let name = HostName.ascii(host)
    guard !port.isEmpty, !port.elementsEqual(defaultPort(of: scheme)) else { return name }
    return name + [UInt8(ascii: ":")] + port
  }

  private static func defaultPort(of scheme: [UInt8]) -> String.UTF8View {
    switch String(decoding: scheme, as: UTF8.self) {
    case "http", "ws": "80".utf8
    case "https", "wss": "443".utf8
    case "ftp": "21".utf8
    case "gemini": "1965".utf8
    default: "".utf8
    }
  }

  /// Percent-encodes bytes where necessary, and only there: RFC 3986, 2.1 to 2.3.
  static func escaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.contains(where: { !PercentEncoding.isUnreserved($0) && !isReserved($0) }) else {
      return Array(bytes)
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    PercentEncoding.forEachDecoded(bytes) { byte, origin in
      let isEncoded = origin.count > 1
      if PercentEncoding.isUnreserved(byte) || !isEncoded && isReserved(byte) {
        result.append(byte)
      } else {
        PercentEncoding.append(byte, to: &result)
      }
    }
    return result
  }

  private static func isReserved(_ byte: UInt8) -> Bool { ":/?#[]@!$&'()*+,;=".utf8.contains(byte) }
}
