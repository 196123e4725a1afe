extension URLScheme {
  /// Whether a URL does no more than show a page, a letter, a map or a number: by its scheme, and, for a letter, by
  /// what stands in it.
  package static func isHarmless(_ url: String) -> Bool {
    guard let scheme = URLScheme(of: url), harmless.contains(scheme.name) else { return false }
    return unwantedField(ofMail: url) == nil
  }

  /// The fields of a letter that a link may fill in: who gets it, and what it says.
  private static let mailFields: Set<String> = ["to", "cc", "bcc", "subject", "body"]

  /// What a `mailto:` URL asks for that is more than a letter to be written: its name, `attach` say, which some
  /// programs take for a file to send along. Nil where there is none, and for other URLs.
  ///
  /// Source: RFC 6068, 2 and 7: "only a few header fields are safe".
  package static func unwantedField(ofMail url: String) -> String? {
    guard URLScheme(of: url)?.name == "mailto" else { return nil }
    let bytes = Array(url.utf8)
    guard let question = bytes.firstIndex(of: UInt8(ascii: "?")) else {
      return hasLineEnd(bytes[...]) ? "a line end" : nil
    }
    if hasLineEnd(bytes[..<question]) { return "a line end" }
    // `;` and a second `?` end a field for some programs, and `&amp;` is `&` to others.
    for part in bytes[(question + 1)...].split(whereSeparator: { "&;?#".utf8.contains($0) }) {
      let sign = part.firstIndex(of: UInt8(ascii: "="))
      let name = String(
        decoding: PercentEncoding.decoded(part[..<(sign ?? part.endIndex)]), as: UTF8.self
      )
      .trimmed.lowercased()
      if sign == nil, name == "amp" { continue }
      // A piece without a value is the rest of the one before, cut at a `;`.
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
