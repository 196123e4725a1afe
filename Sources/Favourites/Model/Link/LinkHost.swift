/// The host of a link in the form people read.
package enum LinkHost {
  /// `postgresql.org` of `https://www.postgresql.org:443/docs/`; nil for a link without a host.
  ///
  /// Source: RFC 3986, 3.2: what stands between `//` and the next of `/?#`, without what is in
  /// front of `@` and the port.
  package static func shown(_ url: String) -> String? {
    let bytes = Array(url.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      bytes[(colon + 1)...].starts(with: "//".utf8)
    else { return nil }
    var host = bytes[(colon + 3)...].prefix { !"/?#\\".utf8.contains($0) }
    if let sign = host.lastIndex(of: UInt8(ascii: "@")) { host = host[(sign + 1)...] }
    if let port = host.lastIndex(of: UInt8(ascii: ":")),
      host[(port + 1)...].allSatisfy(\.isASCIIDigit)
    {
      host = host[..<port]
    }
    if host.last == UInt8(ascii: ".") { host = host.dropLast() }
    let text = String(decoding: host, as: UTF8.self).lowercased()
    guard !text.isEmpty else { return nil }
    let short =
      text.utf8.starts(with: "www.".utf8) ? String(text.unicodeScalars.dropFirst(4)) : text
    return short.isEmpty ? text : short
  }
}
