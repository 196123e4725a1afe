// Links that lead to the same page though they differ.

extension LinkKey {
  /// A key that links to the same page share: their ordinary key without what makes no difference.
  ///
  /// It ignores `http` versus `https`, `www.` and `m.` before the host, `/amp` after the path,
  /// `?amp`, parameters that only identify visitors (see `LinkCleaning`), and the fragment, unless
  /// that begins with `!` or `/`: such a fragment names a page. A link with another scheme has its
  /// ordinary key.
  static func loose(_ url: String) -> [UInt8] {
    let key = normalised(url)
    guard let parts = parts(ofPage: key) else { return key }
    var result = Array("http://".utf8)
    result.reserveCapacity(key.count)
    result += host(parts.authority)
    result += path(parts.path)
    appendQuery(parts.query, to: &result)
    let fragment = parts.fragment.dropFirst()
    if fragment.first == UInt8(ascii: "!") || fragment.first == UInt8(ascii: "/") {
      result += parts.fragment
    }
    return result
  }

  /// The parts of the key of a page, query and fragment with the signs before them; nil for a link
  /// to anything else.
  static func parts(
    ofPage key: [UInt8]
  ) -> (
    authority: ArraySlice<UInt8>, path: ArraySlice<UInt8>, query: ArraySlice<UInt8>,
    fragment: ArraySlice<UInt8>
  )? {
    guard let start = authorityStart(in: key) else { return nil }
    let authorityEnd = key[start...].firstIndex { "/?#".utf8.contains($0) } ?? key.count
    let pathEnd = key[authorityEnd...].firstIndex { "?#".utf8.contains($0) } ?? key.count
    let queryEnd = key[pathEnd...].firstIndex(of: UInt8(ascii: "#")) ?? key.count
    return (
      key[start..<authorityEnd], key[authorityEnd..<pathEnd], key[pathEnd..<queryEnd],
      key[queryEnd...]
    )
  }

  /// The parameters of a query that do not identify visitors.
  static func parameters(of query: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    query.dropFirst().split(separator: UInt8(ascii: "&"))
      .filter { !LinkCleaning.isTracking($0.prefix { $0 != UInt8(ascii: "=") }) }
  }

  /// The start of the authority in a page's key; nil for a link to anything else.
  private static func authorityStart(in key: [UInt8]) -> Int? {
    for scheme in ["https://", "http://"] where key.starts(with: scheme.utf8) {
      return scheme.utf8.count
    }
    return nil
  }

  /// The host without leading `www.` and `m.`, if a name of two parts remains.
  private static func host(_ authority: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var host = authority
    for prefix in ["www.", "m."] where host.starts(with: prefix.utf8) {
      let rest = host.dropFirst(prefix.utf8.count)
      if rest.dropFirst().contains(UInt8(ascii: ".")) { host = rest }
    }
    return host
  }

  private static func path(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let suffix = "/amp".utf8
    return path.suffix(suffix.count).elementsEqual(suffix) ? path.dropLast(suffix.count) : path
  }

  private static func appendQuery(_ query: ArraySlice<UInt8>, to result: inout [UInt8]) {
    var sign = UInt8(ascii: "?")
    for piece in parameters(of: query) where !isAMP(piece) {
      result.append(sign)
      result += piece
      sign = UInt8(ascii: "&")
    }
  }

  private static func isAMP(_ piece: ArraySlice<UInt8>) -> Bool {
    guard piece.starts(with: "amp".utf8) else { return false }
    return ["amp", "amp=", "amp=1", "amp=true"].contains { piece.elementsEqual($0.utf8) }
  }
}
