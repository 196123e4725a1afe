package import Exchange
internal import Favourites

// Information from the final page of a visit.

extension PageHead {
  /// Reads the final page of a visit; nil if it is not a page, or an interstitial one.
  package init?(_ visit: Visit) {
    guard let answer = visit.answer else { return nil }
    let type = answer.head.contentType
    guard type.isEmpty || type.contains(ascii: "html") || type.contains(ascii: "xml") else {
      return nil
    }
    guard !answer.body.starts(with: "%PDF-".utf8) else { return nil }
    let target = visit.address
    self.init(answer.body, charset: answer.head.charset, isFront: target.isFrontPage)
    let isAtDoor =
      !visit.hops.isEmpty && PageMarks.isDoor(host: target.host, path: target.path)
      && !PageMarks.isDoor(host: visit.start.host, path: visit.start.path)
    if isAtDoor { self = PageHead() }
  }
}

extension Visit {
  /// The file name of a document, which has no title. Nil for anything else.
  package var fileName: String? {
    guard let answer,
      answer.head.contentType == "application/pdf"
        || answer.body.starts(with: "%PDF-".utf8)
    else { return nil }
    let given = answer.head["content-disposition"].flatMap(Self.fileName)
    let name = given ?? address.lastName
    let last = name.utf8.split(whereSeparator: { $0 == 0x2F || $0 == 0x5C }).last
    return last.flatMap { PageHead.tidy(String(decoding: Array($0), as: UTF8.self)) }
  }

  /// The name in `attachment; filename="…"` or `filename*=UTF-8''…`: RFC 6266, RFC 8187.
  private static func fileName(_ disposition: String) -> String? {
    var plain: String?
    for piece in disposition.utf8.split(separator: UInt8(ascii: ";")).dropFirst() {
      let sides = Array(piece).split(separator: UInt8(ascii: "="), maxSplits: 1)
      guard sides.count == 2 else { continue }
      let name = String(decoding: sides[0].filter { $0 > 0x20 }, as: UTF8.self).lowercased()
      let value = String(decoding: sides[1], as: UTF8.self).trimmed
      if name == "filename*", value.lowercased().hasPrefix("utf-8''") {
        let bytes = PercentEncoding.decoded(Array(value.utf8.dropFirst(7))[...])
        return String(decoding: bytes, as: UTF8.self)
      }
      if name == "filename" {
        plain = String(decoding: value.utf8.filter { $0 != 0x22 && $0 != 0x5C }, as: UTF8.self)
      }
    }
    return plain
  }

  /// The address of a page's JSON description: as the page declares it, or by the known rule of its
  /// site.
  package func embedding(_ head: PageHead) -> WebAddress? {
    if let reference = head.embedding {
      guard case .page(let target) = address.resolving(Array(reference.utf8)) else { return nil }
      return target.isPrivate && !start.isPrivate ? nil : target
    }
    guard let site = Embeddings.site(of: start.host) else { return nil }
    var link: [UInt8] = []
    for byte in start.requested.utf8 {
      if PercentEncoding.isUnreserved(byte) {
        link.append(byte)
      } else {
        PercentEncoding.append(byte, to: &link)
      }
    }
    return WebAddress(site + String(decoding: link, as: UTF8.self))
  }
}

/// Sites with JSON descriptions of their pages, and the address to put before the page's URL:
/// https://oembed.com/providers.json.
///
/// Pure data: a new site is a new line.
enum Embeddings {
  private static let sites: [(host: String, endpoint: String)] = [
    ("youtube.com", "https://www.youtube.com/oembed?format=json&url="),
    ("youtu.be", "https://www.youtube.com/oembed?format=json&url="),
    ("vimeo.com", "https://vimeo.com/api/oembed.json?url="),
    ("soundcloud.com", "https://soundcloud.com/oembed?format=json&url="),
    ("spotify.com", "https://open.spotify.com/oembed?url="),
    ("tiktok.com", "https://www.tiktok.com/oembed?url="),
    ("reddit.com", "https://www.reddit.com/oembed?url="),
    ("flickr.com", "https://www.flickr.com/services/oembed?format=json&url="),
  ]

  static func site(of host: String) -> String? {
    sites.first { host == $0.host || host.hasSuffix("." + $0.host) }?.endpoint
  }
}
