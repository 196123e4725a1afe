/// The scheme of a URL: the part before its first colon.
///
/// Source: RFC 3986, 3.1.
package struct URLScheme: Hashable, Sendable {
  /// In lower case: "schemes are case-insensitive".
  package let name: String

  /// The schemes of links that programs open by only showing a page, a mail draft, a map or a
  /// number: none of them reads a local file or runs what the URL contains.
  package static let harmless: Set<String> = [
    "http", "https", "mailto", "ftp", "gemini", "geo", "tel",
  ]

  /// The schemes of pages, which a browser shows.
  package static let pages: Set<String> = ["http", "https", "ftp"]

  /// Nil if a URL does not begin with one: "scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )".
  ///
  /// Nothing is skipped before or within it, so something that only a browser takes for a scheme is
  /// not one here.
  package init?(of url: String) {
    guard let colon = url.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let letters = url.utf8[..<colon]
    guard let first = letters.first, first.isASCIILetter, letters.allSatisfy(Self.isPart) else {
      return nil
    }
    name = String(Substring(letters)).lowercased()
  }

  /// Whether a byte may be part of a scheme.
  package static func isPart(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }
}
