/// What makes two URLs the same link: scheme and host without case, no default port, and an empty path
/// that is as good as `/`. Paths, queries and fragments are kept as they are.
///
/// Source: RFC 3986, 6.2.2.1 and 6.2.3.
package enum LinkKey {
  /// The URL in its comparable form, as bytes.
  static func normalised(_ url: String) -> [UInt8] {
    let bytes = Array(url.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      bytes[..<colon].allSatisfy(isSchemeByte)
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

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
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
