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
    let rest = word.unicodeScalars.drop { opening.contains($0) }
    // What opens before the link closes behind it.
    let isInBrackets = word.unicodeScalars.prefix(word.unicodeScalars.count - rest.count).contains(
      "[")
    var link = rest.prefix { !closing.contains($0) && !(isInBrackets && $0 == "]") }
    while let last = link.last, trailing.contains(last) { link.removeLast() }
    let bytes = Array(String(link).utf8)
    return String(decoding: bytes[..<end(of: bytes[...])], as: UTF8.self)
  }

  private static let opening: Set<Unicode.Scalar> = [
    "<", "(", "[", "\"", "'", "„", "“", "”", "‚", "‘", "«", "»", "‹", "›", "「", "『", "（", "《",
  ]
  /// Characters that no link has.
  private static let closing: Set<Unicode.Scalar> = [
    ">", "\"", "„", "“", "”", "«", "»", "‹", "›", "」", "』", "）", "》", "，", "、", "。",
  ]
  private static let trailing: Set<Unicode.Scalar> = ["…", "’", "‘", "！", "？", "：", "；"]
}
