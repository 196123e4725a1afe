/// The name of a tag: any characters but commas and control characters, at most 255 bytes.
///
/// Two names are the same tag if their keys are equal; `==` also distinguishes `SciFi` from
/// `scifi`.
package struct TagName: Hashable, Sendable {
  /// The name as written, composed (NFC), without white space around it.
  package let text: String
  /// The key for comparing and sorting tags: see `NameKey`.
  package let key: String

  private init(checked text: String) {
    self.text = text
    key = text.nameKey
  }

  /// Checked names in the order in which a favourite stores its tags.
  static func sorted(_ names: [String]) -> [String] {
    names.sorted { key(of: $0).utf8.lexicographicallyPrecedes(key(of: $1).utf8) }
  }

  /// The key of a checked name.
  package static func key(of name: String) -> String { name.nameKey }

  /// Parses a name, dropping white space around it.
  package static func parse(_ text: String) throws(TagNameError) -> TagName {
    let name = text.trimmed.composed
    guard !name.isEmpty else { throw .empty }
    let size = name.utf8.count
    guard size <= Limits.tagBytes else { throw .tooLong(bytes: size) }
    guard !name.utf8.contains(0x2C) else { throw .comma(name) }
    guard !name.hasControlCharacter else { throw .controlCharacter(name) }
    return TagName(checked: name)
  }
}

extension TagName: CustomStringConvertible {
  /// The same as `text`.
  package var description: String { text }
}
