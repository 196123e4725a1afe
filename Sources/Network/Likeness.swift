internal import Favourites

/// By what two pages are told to be the same page: the words that are in them.
///
/// A page that a site gives for every address differs in little, such as the address itself or the time.
package struct Likeness: Equatable, Sendable {
  /// How many words are looked at.
  private static let mostWords = 4_000
  /// Which part of the words of both has to be in both.
  private static let least = 0.9

  /// Hashes of the words, in ascending order, each once.
  private let words: [UInt32]

  /// Takes the text of a page.
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

  /// Whether it is the same page as another but for a little.
  package func isLike(_ other: Likeness) -> Bool {
    if words == other.words { return true }
    let common = Self.common(words, other.words)
    return Double(common) >= Self.least * Double(max(words.count, other.words.count))
  }

  /// How many two ascending lists have in common.
  private static func common(_ some: [UInt32], _ others: [UInt32]) -> Int {
    var (place, count) = (0, 0)
    for word in some {
      while place < others.count, others[place] < word { place += 1 }
      if place < others.count, others[place] == word { count += 1 }
    }
    return count
  }
}
