/// Removes the parameters of a link that identify visitors.
package enum LinkCleaning {
  /// Names of such parameters; one that ends with `*` stands for all names beginning with it.
  ///
  /// Source: the documentation of the services that set them (Google Analytics and Ads, Meta,
  /// Microsoft Advertising, Mailchimp, HubSpot, Matomo, Yandex, Instagram, Marketo, Vero, Olytics).
  private static let parameters: [StaticString] = [
    "utm_*", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "_ga", "_gl", "fbclid", "igshid",
    "igsh", "msclkid", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp",
    "hsctatracking", "mtm_*", "pk_*", "piwik_*", "yclid", "ysclid", "_openstat", "mkt_tok",
    "vero_id", "vero_conv", "oly_anon_id", "oly_enc_id", "twclid", "ttclid", "li_fat_id", "s_cid",
    "wickedid",
  ]

  /// The link without these parameters; everything else stays as written.
  package static func cleaned(_ url: String) -> String {
    let bytes = Array(url.utf8)
    let end = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.count
    guard let mark = bytes[..<end].firstIndex(of: UInt8(ascii: "?")) else { return url }
    let pieces = bytes[(mark + 1)..<end].split(
      separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
    let kept = pieces.filter { !isTracking($0.prefix { $0 != UInt8(ascii: "=") }) }
    guard kept.count < pieces.count else { return url }
    let query = Array(kept.joined(separator: [UInt8(ascii: "&")]))
    let start = query.isEmpty ? mark : mark + 1
    return String(decoding: bytes[..<start] + query + bytes[end...], as: UTF8.self)
  }

  /// Whether a parameter of this name only identifies visitors.
  static func isTracking(_ name: ArraySlice<UInt8>) -> Bool {
    let name = name.map(\.loweredASCII)
    return parameters.contains { parameter in
      parameter.withUTF8Buffer { wanted in
        let isPrefix = unsafe wanted.last == UInt8(ascii: "*")
        return isPrefix
          ? unsafe name.starts(with: wanted.dropLast()) : unsafe name.elementsEqual(wanted)
      }
    }
  }
}
