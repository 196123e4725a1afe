internal import Favourites

/// A headline of Org: `** TODO [#A] words :tag:tag:`.
///
/// Source: Org's manual, "Headlines", "TODO Basics", "Priorities" and "Tags".
struct OrgHeadline: Equatable, Sendable {
  /// The number of stars.
  let level: Int
  /// The text without keyword, priority and tags.
  let text: ArraySlice<UInt8>
  /// The tags at the end.
  private(set) var tags: [String] = []
  /// Whether its keyword is `DONE`.
  private(set) var isDone = false

  /// Returns nil if the line is not a headline.
  init?(_ line: [UInt8]) {
    level = line.prefix { $0 == 0x2A }.count
    guard level > 0, level < line.count, line[level] == 0x20 else { return nil }
    var text = line[level...].drop { $0 == 0x20 || $0 == 0x09 }
    for word in ["TODO ", "DONE "] where text.starts(with: word.utf8) {
      isDone = word == "DONE "
      text = text.dropFirst(word.utf8.count)
      break
    }
    if text.starts(with: "[#".utf8), text.count > 4, text[text.startIndex + 3] == 0x5D,
      text[text.startIndex + 4] == 0x20
    {
      text = text.dropFirst(5)
    }
    while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
    if text.last == 0x3A, let space = text.lastIndex(where: { $0 == 0x20 || $0 == 0x09 }) {
      let word = text[(space + 1)...]
      let names = word.dropFirst().dropLast().split(
        separator: 0x3A, omittingEmptySubsequences: false
      ).map { String(decoding: $0, as: UTF8.self) }
      if word.first == 0x3A, word.count > 2, names.allSatisfy(Self.isTag) {
        tags = names
        text = text[..<space]
        while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
      }
    }
    self.text = text
  }

  /// Whether a name is a valid tag in Org: letters, digits, and `_@#%`.
  static func isTag(_ name: String) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy { scalar in
        scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
          || "_@#%".unicodeScalars.contains(scalar)
      }
  }
}
