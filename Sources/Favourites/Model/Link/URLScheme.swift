/// The scheme of a URL: what stands before its first colon.
///
/// Source: RFC 3986, 3.1.
package struct URLScheme: Hashable, Sendable {
  /// In lower case: "schemes are case-insensitive".
  package let name: String

  /// Those of links that programs open with no more than showing a page, a letter, a map or a number: none of
  /// them reads a file here or runs what the URL holds.
  package static let harmless: Set<String> = [
    "http", "https", "mailto", "ftp", "gemini", "geo", "tel",
  ]

  /// Those of pages, which a browser shows.
  package static let pages: Set<String> = ["http", "https", "ftp"]

  /// Nil where a URL does not begin with one: "scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )".
  ///
  /// Nothing is passed over before it or in it, so that what some browser takes for one and this does not has
  /// none here.
  package init?(of url: String) {
    guard let colon = url.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let letters = url.utf8[..<colon]
    guard let first = letters.first, first.isASCIILetter, letters.allSatisfy(Self.isPart) else {
      return nil
    }
    name = String(Substring(letters)).lowercased()
  }

  /// Whether a byte may stand in a scheme.
  package static func isPart(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }
}
