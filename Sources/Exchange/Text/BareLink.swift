/// Links that stand in a text without any mark around them.
///
/// Source: GitHub Flavored Markdown, 6.9 "Autolinks (extension)".
enum BareLink {
  /// Where a link ends in a word that begins with it: before punctuation, and before a closing
  /// bracket that none in the link opens.
  static func end(of word: ArraySlice<UInt8>) -> Int {
    let opened = word.count { $0 == 0x28 }
    var closed = word.count { $0 == 0x29 }
    var end = word.endIndex
    while end > word.startIndex {
      let last = word[end - 1]
      if last == 0x29, closed > opened {
        closed -= 1
      } else if !".,;:!?'\"*_~".utf8.contains(last) {
        break
      }
      end -= 1
    }
    return end
  }

  /// The link in a word of a text: without the brackets and quotes before it, and without what
  /// follows it.
  static func link(in word: String) -> String {
    let bytes = Array(word.utf8)
    let rest = bytes.drop { "<([\"'".utf8.contains($0) }
    // What opens before the link closes behind it.
    let inner = rest.prefix { $0 != 0x3E && $0 != 0x22 }
    let isInBrackets = rest.count < bytes.count && bytes[rest.startIndex - 1] == 0x5B
    let word = isInBrackets ? inner.prefix { $0 != 0x5D } : inner
    return String(decoding: word[..<end(of: word)], as: UTF8.self)
  }
}
