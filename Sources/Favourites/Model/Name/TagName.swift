/// The name of a tag: any characters but commas and control characters, 255 bytes at most.
///
/// Two names are the same tag when their keys are equal; `==` also tells `SciFi` from `scifi`.
package struct TagName: Hashable, Sendable {
  /// The name as it was written, composed, without the white space around it.
  package let text: String
  /// By which tags are told apart and sorted: see `NameKey`.
  package let key: String

  private init(checked text: String) {
    self.text = text
    key = text.nameKey
  }

  /// Names that were checked before, in the order in which a favourite holds its tags.
  static func sorted(_ names: [String]) -> [String] {
    names.sorted { key(of: $0).utf8.lexicographicallyPrecedes(key(of: $1).utf8) }
  }

  /// The key of a name that was checked before.
  package static func key(of name: String) -> String { name.nameKey }

  /// Reads a name; white space around it is dropped.
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
