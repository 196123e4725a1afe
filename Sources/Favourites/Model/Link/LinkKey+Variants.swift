// The forms in which a link that somebody pasted may be stored.

extension LinkKey {
  /// Links to the same page, or to the page that a link leads into: without its fragment, with
  /// fewer parameters, with another scheme, `www.`, `m.` or `.git`. Those with more of the
  /// parameters come first.
  static func variants(of url: String) -> [String] {
    guard let written = WrittenLink.url(in: url) else { return [] }
    let key = normalised(written)
    let slashes = Array("://".utf8)
    let schemes = ["https", "http"]
    guard let scheme = schemes.first(where: { key.starts(with: $0.utf8 + slashes) }) else {
      return []
    }
    let start = scheme.utf8.count + slashes.count
    let hostEnd = key[start...].firstIndex { "/?#".utf8.contains($0) } ?? key.count
    let pathEnd = key[hostEnd...].firstIndex { "?#".utf8.contains($0) } ?? key.count
    let queryEnd = key[pathEnd...].firstIndex(of: UInt8(ascii: "#")) ?? key.count
    var found: [String] = []
    for query in queries(key[pathEnd..<queryEnd].dropFirst()) {
      for path in paths(key[hostEnd..<pathEnd]) {
        for host in hosts(String(decoding: key[start..<hostEnd], as: UTF8.self)) {
          for scheme in ["https://", "http://"] {
            found.append(scheme + host + String(decoding: path + query, as: UTF8.self))
          }
        }
      }
    }
    return found
  }

  /// All parameters but those that identify visitors, each by itself, and none; with the `?`.
  private static func queries(_ query: ArraySlice<UInt8>) -> [[UInt8]] {
    let pieces = query.split(separator: UInt8(ascii: "&"))
      .filter { !LinkCleaning.isTracking($0.prefix { $0 != UInt8(ascii: "=") }) }.prefix(6)
    let mark = [UInt8(ascii: "?")]
    let all = pieces.isEmpty ? [] : [mark + Array(pieces.joined(separator: [UInt8(ascii: "&")]))]
    return all + (pieces.count > 1 ? pieces.map { mark + $0 } : []) + [[]]
  }

  private static func paths(_ path: ArraySlice<UInt8>) -> [[UInt8]] {
    let suffix = Array(".git".utf8)
    let isRepository = path.suffix(suffix.count).elementsEqual(suffix)
    return [Array(path), isRepository ? Array(path.dropLast(suffix.count)) : path + suffix]
  }

  private static func hosts(_ host: String) -> [String] {
    var labels = host.utf8.split(separator: UInt8(ascii: ".")).map {
      String(decoding: $0, as: UTF8.self)
    }
    func drop(_ label: String, at index: Int) {
      if labels.count > index + 2, labels[index] == label { labels.remove(at: index) }
    }
    for label in ["www", "m", "mobile"] { drop(label, at: 0) }
    drop("m", at: 1)
    let bare = labels.joined(separator: ".")
    let inner = labels.count > 2 ? [labels[0] + ".m." + labels[1...].joined(separator: ".")] : []
    return [bare, "www." + bare, "m." + bare] + inner
  }
}
