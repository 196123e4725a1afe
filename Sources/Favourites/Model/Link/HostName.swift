/// The name of a host in the form used to look it up: lower case, in ASCII.
///
/// Sources: RFC 3986, 3.2.2; Unicode Technical Standard 46, 4 and 5, as browsers take it (letters
/// such as `ß` stay what they are).
package enum HostName {
  /// The ASCII form of a host in a URL; a label that has none keeps its letters, percent-encoded.
  package static func ascii(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    if bytes.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "%") }) {
      return bytes.map(\.loweredASCII)
    }
    let decoded = PercentEncoding.decoded(bytes)
    // Bytes that are not text are compared as they are.
    let text = String(decoding: decoded, as: UTF8.self)
    guard text.utf8.elementsEqual(decoded) else { return LinkKey.escaped(decoded[...]) }
    var name = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard let mapped = mapped(scalar) else { continue }
      name += mapped.properties.lowercaseMapping.unicodeScalars
    }
    let labels = String(name).composed.unicodeScalars
      .split(separator: ".", omittingEmptySubsequences: false)
    return Array(labels.map { label(Array($0)) }.joined(separator: [UInt8(ascii: ".")]))
  }

  /// The mapping of a character in a host name; nil if it is ignored.
  private static func mapped(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x3002, 0xFF0E, 0xFF61: "."
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
    case 0xAD, 0x200B, 0x2060, 0xFEFF: nil
    default: scalar
    }
  }

  private static func label(_ scalars: [Unicode.Scalar]) -> [UInt8] {
    let letters = Array(String(String.UnicodeScalarView(scalars)).utf8)
    guard scalars.contains(where: { !$0.isASCII }) else { return LinkKey.escaped(letters[...]) }
    guard let code = Punycode.encoded(scalars) else { return LinkKey.escaped(letters[...]) }
    return Punycode.mark + code
  }
}
