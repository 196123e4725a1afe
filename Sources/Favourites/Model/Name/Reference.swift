/// The user's reference to a favourite: `12`, `books@1`, a uid or its beginning, a URL, a title.
package enum Reference: Equatable, Sendable {
  /// A range of ids.
  case ids(ClosedRange<Int64>)
  /// A rank in a category.
  case rank(CategoryPath, Int64)
  /// Anything else: a uid, the beginning of one, a URL or an exact title.
  case name(String)

  /// Parses a word; anything but ids and ranks is a name.
  package init(_ word: String) {
    if let ids = Reference.range(word) {
      self = .ids(ids)
    } else if let (path, rank) = Reference.ranked(word) {
      self = .rank(path, rank)
    } else {
      self = .name(word)
    }
  }

  private static func range(_ word: String) -> ClosedRange<Int64>? {
    let parts = word.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = number(parts[0]), first > 0 else { return nil }
    guard parts.count == 2 else { return first...first }
    guard let last = number(parts[1]), last >= first else { return nil }
    return first...last
  }

  private static func number(_ digits: Substring.UTF8View) -> Int64? {
    guard !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return Int64(Substring(digits))
  }

  private static func ranked(_ word: String) -> (CategoryPath, Int64)? {
    // No shell treats an @ specially; in some, a # begins a comment or is a pattern.
    let sign = word.utf8.lastIndex { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "#") }
    guard let sign else { return nil }
    let rank = number(word.utf8[word.utf8.index(after: sign)...])
    guard let rank, rank > 0, let path = try? CategoryPath.parse(String(word[..<sign])) else {
      return nil
    }
    return (path, rank)
  }
}
