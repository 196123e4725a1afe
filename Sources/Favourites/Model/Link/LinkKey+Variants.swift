// The forms in which a link that somebody pasted may be stored.

extension LinkKey {
  /// Links to the same page, or to the page that a link leads into: without its fragment, with
  /// fewer parameters, with another scheme, `www.`, `m.` or `.git`. Those with more of the
  /// parameters come first.
  static func variants(of url: String) -> [String] {
    guard let written = WrittenLink.url(in: url), let parts = parts(ofPage: normalised(written))
    else { return [] }
    var found: [String] = []
    for query in queries(parts.query) {
      for path in paths(parts.path) {
        for host in hosts(String(decoding: parts.authority, as: UTF8.self)) {
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
    let pieces = parameters(of: query).prefix(6)
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
