/// The full name of a category, such as `books/sci-fi`: components between slashes.
///
/// Each component has a character at least, no white space around it, no control character and
/// no `#`; all together 255 bytes at most. A new one does not end in `@` and digits either. Two paths name the same category when their keys are
/// equal; `==` also tells `Books` from `books`.
package struct CategoryPath: Hashable, Sendable {
  /// The path as it was written, composed.
  package let text: String
  /// The path for comparing, byte by byte: see `foldedName`.
  package let key: String

  /// Where a favourite goes when no category is given.
  package static let inbox = CategoryPath(checked: "inbox")

  private init(checked text: String) {
    self.text = text
    key = text.foldedName
  }

  /// Reads a path.
  package static func parse(_ given: String) throws(CategoryPathError) -> CategoryPath {
    let text = given.composed
    guard !text.isEmpty else { throw .empty }
    let size = text.utf8.count
    guard size <= Limits.categoryBytes else { throw .tooLong(bytes: size) }
    guard !text.hasControlCharacter else { throw .controlCharacter(text) }
    guard !text.utf8.contains(0x23) else { throw .numberSign(text) }
    for component in split(text) {
      guard !component.isEmpty else { throw .emptyComponent(text) }
      guard !component.isPadded else { throw .padded(text) }
    }
    return CategoryPath(checked: text)
  }

  /// Whether one of its names ends as the name of a rank does: `films@2`. New ones do not; one that is there already
  /// is read as before.
  package var endsLikeRank: Bool {
    components.contains { name in
      let digits = name.utf8.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count
      return digits > 0 && name.utf8.dropLast(digits).last == UInt8(ascii: "@")
    }
  }

  /// The names from the outermost category to this one; one at least.
  package var components: [String] { Self.split(text) }

  /// The category that this one stands in; nil for one that stands in none.
  package var parent: CategoryPath? {
    guard let slash = text.utf8.lastIndex(of: 0x2F) else { return nil }
    return CategoryPath(checked: String(text[..<slash]))
  }

  /// Whether this is the category or one of its subcategories, compared as names are.
  package func isWithin(_ other: CategoryPath) -> Bool {
    key.utf8.elementsEqual(other.key.utf8) || key.utf8.starts(with: (other.key + "/").utf8)
  }

  /// Cuts at every slash by bytes: as a Character, a slash with a combining mark is none.
  private static func split(_ text: String) -> [String] {
    text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
  }
}

extension CategoryPath: CustomStringConvertible {
  /// The same as `text`.
  package var description: String { text }
}
