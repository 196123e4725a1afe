internal import Favourites

/// A fingerprint of a page by its words, to tell whether two pages are the same.
///
/// A page that a site returns for every address varies only slightly, such as in the address itself
/// or the time.
package struct Likeness: Equatable, Sendable {
  /// The most words to compare.
  private static let mostWords = 4_000
  /// The share of words that must be in both pages.
  private static let least = 0.9

  /// The hashes of the words, sorted, without duplicates.
  private let words: [UInt32]

  /// Creates the fingerprint of a page.
  package init(_ body: [UInt8]) {
    var words: [UInt32] = []
    var hash: UInt32 = 0x811C_9DC5
    var isInWord = false
    for byte in body {
      if byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 {
        hash = (hash ^ UInt32(byte | 0x20)) &* 0x0100_0193
        isInWord = true
      } else if isInWord {
        words.append(hash)
        (hash, isInWord) = (0x811C_9DC5, false)
        guard words.count < Self.mostWords else { break }
      }
    }
    if isInWord { words.append(hash) }
    words.sort()
    var distinct: [UInt32] = []
    for word in words where word != distinct.last { distinct.append(word) }
    self.words = distinct
  }

  /// Whether two pages are nearly the same.
  package func isLike(_ other: Likeness) -> Bool {
    if words == other.words { return true }
    let common = Self.common(words, other.words)
    return Double(common) >= Self.least * Double(max(words.count, other.words.count))
  }

  /// The number of elements that two sorted lists have in common.
  private static func common(_ some: [UInt32], _ others: [UInt32]) -> Int {
    var (index, count) = (0, 0)
    for word in some {
      while index < others.count, others[index] < word { index += 1 }
      if index < others.count, others[index] == word { count += 1 }
    }
    return count
  }
}
