import Exchange

@testable import Favourites
@testable import Network

extension FuzzTarget {
  /// The beginning of a page: what it says of itself is one line, not too long, and has no control
  /// character in it.
  static let page = FuzzTarget(name: "page", longest: 65_536) { bytes in
    // iconv is not asked: a program for each input would be all that is tried.
    let charsets: [String?] = [nil, "utf-8", "windows-1251", "utf-16le"]
    let charset = charsets[Int(bytes.first ?? 0) % charsets.count]
    let page = Array(bytes.dropFirst())
    let label = page.prefix(1_024).map { $0 | 0x20 }
    guard charset != nil || !label.hasPiece("charset") else { return }
    let head = PageHead(page, charset: charset)
    for text in [head.title, head.description, PageHead.title(ofEmbedding: page)] {
      guard let text else { continue }
      try BrokenLaw.unless(
        !text.isEmpty && text.utf8.count <= 4_096, "a title of no or too many bytes")
      try BrokenLaw.unless(
        text.unicodeScalars.allSatisfy { !$0.isControl }, "a control character in a title")
    }
    _ = Likeness(page).isLike(Likeness(bytes))
  }

  /// What curl writes, links on their way to it, and the redirects of sites.
  static let web = FuzzTarget(name: "web", longest: 8_192) { bytes in
    let start = ResponseHead.read(bytes)
    try BrokenLaw.unless(start.bodyStart <= bytes.count, "a body behind the end")
    _ = (start.head.charset, start.head.contentType)
    if let line = TransferLine(bytes) {
      try BrokenLaw.unless(line.number >= 0 && line.status >= 0, "a line of less than nothing")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    _ = HTTPDate.read(text)
    guard let base = WebAddress("https://example.org/a/b?c#d") else { return }
    var addresses = [WebAddress(text)].compactMap { $0 }
    if case .page(let target) = base.resolving(bytes) { addresses.append(target) }
    for address in addresses { try check(address) }
    var transfer = Transfer(status: 302, exit: 0)
    (transfer.head, transfer.hasHead) = (start.head, start.isWhole)
    var visit = Visit(base, allowsPrivate: false)
    _ = visit.take(transfer, isDirect: true, now: Timestamp(milliseconds: 0))
    try BrokenLaw.unless(!visit.address.isPrivate, "a redirect to a private address was followed")
  }

  private static func check(_ address: WebAddress) throws {
    try BrokenLaw.unless(
      WebAddress(address.text) == address, "\(address.text) is read as another address")
    try BrokenLaw.unless(
      address.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C },
      "\(address.text) is not plain")
    let configuration = CurlConfiguration(jobs: 1, timeout: 1, agent: "favs", folder: "/tmp")
    func lines(_ address: WebAddress, _ etag: String?) -> Int {
      configuration.text([CurlRequest(address, etag: etag)]).count { $0 == 0x0A }
    }
    guard let plain = WebAddress("https://example.org/") else { return }
    try BrokenLaw.unless(
      lines(address, nil) == lines(plain, nil), "a link that is more than one line")
    // A tag that is too long is left out.
    try BrokenLaw.unless(
      lines(address, address.text) <= lines(plain, "x"), "a tag that is more than one line")
  }
}

extension [UInt8] {
  fileprivate func hasPiece(_ piece: String) -> Bool {
    let wanted = piece.utf8.map { $0 | 0x20 }
    return indices.contains { self[$0...].starts(with: wanted) }
  }
}
