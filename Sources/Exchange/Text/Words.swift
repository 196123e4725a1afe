internal import Favourites

/// Cleans up the text beside a link.
enum Words {
  /// The texts before and after a link, without emphasis around it.
  static func withoutEmphasis(_ before: String, _ after: String) -> (before: String, after: String)
  {
    var before = before.unicodeScalars[...]
    var after = after.unicodeScalars[...]
    while let last = before.last, last == "*" || last == "_", after.first == last {
      before.removeLast()
      after.removeFirst()
    }
    return (String(before), String(after))
  }

  /// A text without the dashes and colons that separate it from a link; empty if it has no letter.
  static func withoutDashes(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard
      scalars.contains(where: {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || $0.value > 0x2FFF
      })
    else { return "" }
    guard let first = scalars.firstIndex(where: { !isDash($0) }),
      let last = scalars.lastIndex(where: { !isDash($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  /// A text without `#tags` at its beginning and end, and the tags.
  static func withoutTags(_ text: String) -> (text: String, tags: [String]) {
    var words = text.trimmed.unicodeScalars.split { $0.isWhitespace }
    guard words.contains(where: { $0.first == "#" }) else { return (text, []) }
    var first: [String] = []
    while let word = words.first, let tag = tag(word) {
      first.append(tag)
      words.removeFirst()
    }
    var last: [String] = []
    while let word = words.last, let tag = tag(word) {
      last.insert(tag, at: 0)
      words.removeLast()
    }
    guard !first.isEmpty || !last.isEmpty else { return (text, []) }
    return (words.map { String($0) }.joined(separator: " "), first + last)
  }

  /// The name in `#name`: letters, digits, `_`, `-` and `/`, but not only digits.
  private static func tag(_ word: Substring.UnicodeScalarView) -> String? {
    let name = word.dropFirst()
    guard word.first == "#", name.contains(where: { $0.properties.isAlphabetic }),
      name.allSatisfy({
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || "_-/".unicodeScalars.contains($0)
      })
    else { return nil }
    return String(name)
  }

  private static func isDash(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isWhitespace || "-–—:|·→".unicodeScalars.contains(scalar)
  }
}
