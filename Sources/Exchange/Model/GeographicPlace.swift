internal import Favourites

/// A geographic position in a file.
enum GeographicPlace {
  /// The link `geo:LATITUDE,LONGITUDE`, with the digits of the file; nil if it is not a position.
  ///
  /// Source: RFC 5870.
  static func link(latitude: String?, longitude: String?) -> String? {
    guard let latitude = number(latitude, to: 90), let longitude = number(longitude, to: 180) else {
      return nil
    }
    return "geo:\(latitude),\(longitude)"
  }

  /// A decimal number within bounds, as written.
  private static func number(_ text: String?, to limit: Double) -> String? {
    guard let text = text?.trimmed, !text.isEmpty, text.utf8.count <= 40 else { return nil }
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    let isDecimal = digits.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    guard isDecimal, let value = Double(text), abs(value) <= limit else { return nil }
    return text
  }
}

extension String {
  /// The name of an element or attribute, without its namespace prefix.
  var localName: String {
    guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")) else { return self }
    return String(self[utf8.index(after: colon)...])
  }
}
