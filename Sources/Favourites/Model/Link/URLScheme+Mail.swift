extension URLScheme {
  /// Whether opening a URL only shows a page, a mail draft, a map or a number: judged by its scheme
  /// and, for mail, by its contents.
  package static func isHarmless(_ url: String) -> Bool {
    guard let scheme = URLScheme(of: url), harmless.contains(scheme.name) else { return false }
    return unwantedField(ofMail: url) == nil
  }

  /// The fields of a mail that a link may fill in: its recipients and its text.
  private static let mailFields: Set<String> = ["to", "cc", "bcc", "subject", "body"]

  /// The field of a `mailto:` URL that does more than draft a mail: its name, such as `attach`,
  /// which some programs take for a file to send along. Nil if there is none, and for other URLs.
  ///
  /// Source: RFC 6068, 2 and 7: "only a few header fields are safe".
  package static func unwantedField(ofMail url: String) -> String? {
    guard URLScheme(of: url)?.name == "mailto" else { return nil }
    let bytes = Array(url.utf8)
    guard let question = bytes.firstIndex(of: UInt8(ascii: "?")) else {
      return hasLineEnd(bytes[...]) ? "a line end" : nil
    }
    if hasLineEnd(bytes[..<question]) { return "a line end" }
    // Some programs end a field at `;` or a second `?`, and others read `&amp;` as `&`.
    for part in bytes[(question + 1)...].split(whereSeparator: { "&;?#".utf8.contains($0) }) {
      let sign = part.firstIndex(of: UInt8(ascii: "="))
      let name = String(
        decoding: PercentEncoding.decoded(part[..<(sign ?? part.endIndex)]), as: UTF8.self
      )
      .trimmed.lowercased()
      if sign == nil, name == "amp" { continue }
      // A piece without a value is the rest of the previous one, split at a `;`.
      guard let sign else { continue }
      guard mailFields.contains(name) else { return name.isEmpty ? "a field without a name" : name }
      if name != "body", hasLineEnd(part[sign...]) { return "a line end" }
    }
    return nil
  }

  private static func hasLineEnd(_ bytes: ArraySlice<UInt8>) -> Bool {
    PercentEncoding.decoded(bytes).contains { $0 < 0x20 }
  }
}
