/// The full name of a category, such as `books/sci-fi`: components separated by slashes.
///
/// Each component has at least one character, no white space around it, no control character and no
/// `#`; the whole path has at most 255 bytes. A new one also does not end in `@` and digits. Two
/// paths name the same category if their keys are equal; `==` also distinguishes `Books` from
/// `books`.
package struct CategoryPath: Hashable, Sendable {
  /// The path as written, composed (NFC).
  package let text: String
  /// The path for comparing, byte by byte: see `foldedName`.
  package let key: String

  /// The category of favourites that are added without one.
  package static let inbox = CategoryPath(checked: "inbox")

  private init(checked text: String) {
    self.text = text
    key = text.foldedName
  }

  /// Parses a path.
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

  /// Parses a path as people type it: with or without a slash at its end.
  package init(typed text: String) throws(CategoryPathError) {
    let isClosed = text.utf8.count > 1 && text.utf8.last == UInt8(ascii: "/")
    self = try Self.parse(
      isClosed ? String(decoding: text.utf8.dropLast(), as: UTF8.self) : text)
  }

  /// Whether one of its names ends like a rank: `films@2`. New names do not; existing ones are
  /// still read.
  package var endsLikeRank: Bool {
    components.contains { !Self.unranked($0).utf8.elementsEqual($0.utf8) }
  }

  /// The name that a file's category gets: `team＠24` for `team@24`, which ends like a rank.
  package static func unranked(_ name: String) -> String {
    let digits = name.utf8.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }
    let rest = name.utf8.dropLast(digits.count)
    guard !digits.isEmpty, rest.last == UInt8(ascii: "@") else { return name }
    return "\(Substring(rest.dropLast()))\u{FF20}\(Substring(name.utf8.suffix(digits.count)))"
  }

  /// The names from the outermost category to this one; at least one.
  package var components: [String] { Self.split(text) }

  /// The parent category; nil if there is none.
  package var parent: CategoryPath? {
    guard let slash = text.utf8.lastIndex(of: 0x2F) else { return nil }
    return CategoryPath(checked: String(text[..<slash]))
  }

  /// Whether this is the category or one of its subcategories, compared as names.
  package func isWithin(_ other: CategoryPath) -> Bool {
    key.utf8.elementsEqual(other.key.utf8) || key.utf8.starts(with: (other.key + "/").utf8)
  }

  /// Splits at every slash byte: a slash with a combining mark is a different Character.
  private static func split(_ text: String) -> [String] {
    text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
  }
}

extension CategoryPath: CustomStringConvertible {
  /// The same as `text`.
  package var description: String { text }
}
