/// Escapes text for HTML and XML.
extension [UInt8] {
  /// Appends a text for use between tags or in double quotes; in XML, a line break in quotes would
  /// become a space.
  ///
  /// A colon that would make an editor obey the text is written as a character reference.
  mutating func append(escaping text: String, keepingLines: Bool = false) {
    let colons = text.utf8.contains(0x3A) ? Set(Obeyed.colons(in: Array(text.utf8))) : []
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "&"): self += "&amp;".utf8
      case UInt8(ascii: "<"): self += "&lt;".utf8
      case UInt8(ascii: ">"): self += "&gt;".utf8
      case UInt8(ascii: "\""): self += "&quot;".utf8
      case UInt8(ascii: "'"): self += "&#39;".utf8
      case 0x09 where keepingLines: self += "&#9;".utf8
      case 0x0A where keepingLines: self += "&#10;".utf8
      case 0x3A where colons.contains(index): self += "&#58;".utf8
      default: append(byte)
      }
    }
  }

  /// Appends an attribute, preceded by a space; nothing if it has no value.
  mutating func append(attribute name: String, _ value: String?) {
    guard let value else { return }
    append(0x20)
    self += name.utf8
    self += "=\"".utf8
    append(escaping: value, keepingLines: true)
    append(0x22)
  }

  /// Appends an indentation of two spaces per level.
  mutating func append(indentation depth: Int, width: Int = 2) {
    self += repeatElement(0x20, count: depth * width)
  }
}
