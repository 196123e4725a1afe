/// What makes two URLs the same link: scheme and host without case, no default port, and an empty path
/// that is as good as `/`. Paths, queries and fragments are kept as they are.
///
/// Source: RFC 3986, 6.2.2.1 and 6.2.3.
package enum LinkKey {
  /// The URL in its comparable form, as bytes.
  static func normalised(_ url: String) -> [UInt8] {
    let bytes = Array(url.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      bytes[..<colon].allSatisfy(URLScheme.isPart)
    else { return bytes }
    var result = bytes[..<colon].map(lowered)
    let scheme = result
    result.append(UInt8(ascii: ":"))
    guard bytes[(colon + 1)...].starts(with: "//".utf8) else {
      return result + bytes[(colon + 1)...]
    }
    result += Array("//".utf8)
    let authorityStart = colon + 3
    let authorityEnd =
      bytes[authorityStart...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.count
    var host = bytes[authorityStart..<authorityEnd]
    if let at = host.lastIndex(of: UInt8(ascii: "@")) {
      result += host[...at]
      host = host[(at + 1)...]
    }
    var lowerHost = host.map(lowered)
    if let port = defaultPort(of: scheme), lowerHost.count > port.count,
      lowerHost.suffix(port.count).elementsEqual(port)
    {
      lowerHost.removeLast(port.count)
    }
    result += lowerHost
    let rest = bytes[authorityEnd...]
    if rest.first != UInt8(ascii: "/") { result.append(UInt8(ascii: "/")) }
    return result + rest
  }

  /// A 64-bit hash of the comparable form: FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/.
  /// Equal links have equal hashes; the reverse has to be checked.
  static func hash(_ url: String) -> Int64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in normalised(url) {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    return Int64(bitPattern: hash)
  }

  /// Whether two URLs are the same link.
  static func areEqual(_ first: String, _ second: String) -> Bool {
    first.utf8.elementsEqual(second.utf8) || normalised(first) == normalised(second)
  }

  /// The ways in which a link is written that nearly always mean the same page: as it is, and with or without a
  /// slash at the end of its path.
  static func spellings(_ url: String) -> [String] {
    guard let colon = url.utf8.firstIndex(of: UInt8(ascii: ":")),
      url.utf8[url.utf8.index(after: colon)...].starts(with: "//".utf8)
    else { return [url] }
    let end = url.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
    let path = url[..<(end ?? url.endIndex)]
    let rest = url[(end ?? url.endIndex)...]
    // No more than the host is normalised with a slash anyway.
    guard path.utf8.count(where: { $0 == UInt8(ascii: "/") }) > 2 else { return [url] }
    let isClosed = path.utf8.last == UInt8(ascii: "/")
    let other = isClosed ? path[..<path.utf8.index(before: path.utf8.endIndex)] : path + "/"
    return [url, String(other + rest)]
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  private static func defaultPort(of scheme: [UInt8]) -> String.UTF8View? {
    switch String(decoding: scheme, as: UTF8.self) {
    case "http": ":80".utf8
    case "https": ":443".utf8
    case "ftp": ":21".utf8
    case "gemini": ":1965".utf8
    default: nil
    }
  }
}
