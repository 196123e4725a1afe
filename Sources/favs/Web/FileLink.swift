internal import Favourites

/// URLs of local files.
enum FileLink {
  /// The path that a file URL names; nil for any other URL. Source: RFC 8089.
  static func path(of url: String) -> String? {
    guard URLScheme(of: url)?.name == "file" else { return nil }
    var rest = url.utf8.dropFirst("file:".utf8.count)
    if rest.starts(with: "//".utf8) {
      rest = rest.dropFirst(2)
      let host = rest.prefix { $0 != UInt8(ascii: "/") }
      guard host.isEmpty || host.elementsEqual("localhost".utf8) else { return nil }
      rest = rest.dropFirst(host.count)
    }
    let path = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let bytes = PercentEncoding.decoded(Array(path)[...])
    guard bytes.first == UInt8(ascii: "/"), !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}
