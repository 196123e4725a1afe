internal import Favourites

/// Detects text that editors obey when they open a file.
///
/// A title or note from a stranger must not set options, run code or open files just because
/// somebody looks at an export. Writers encode whatever is found here in an equivalent way that
/// editors do not obey.
enum Obeyed {
  /// Whether a text contains something that Vim or Emacs obey in any kind of file.
  ///
  /// Source: Vim's help, `modeline`; Emacs's manual, "Specifying File Variables".
  static func byEditors(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return !colons(in: bytes).isEmpty || contains(bytes, "-*-")
  }

  /// The positions of colons that make Vim or Emacs obey a line: ` vim:`, ` ex:`,
  /// `Local Variables:`.
  static func colons(in bytes: [UInt8]) -> [Int] {
    guard bytes.contains(0x3A) else { return [] }
    return bytes.indices.filter { bytes[$0] == 0x3A && isModeline(bytes, endingAt: $0) }
  }

  /// Whether Org or the editor obeys something in a text: keywords, code, macros, links that run
  /// code or open a file.
  ///
  /// Source: Org's manual, "Hyperlinks", "Working with Source Code", "Macro Replacement", "Export
  /// Settings".
  static func byOrg(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard !bytes.allSatisfy({ isWordByte($0) || $0 == 0x20 }) else { return false }
    for mark in ["-*-", "{{{", "%%(", "@@", "src_", "call_", "<<"] where contains(bytes, mark) {
      return true
    }
    if !colons(in: bytes).isEmpty { return true }
    var isLineStart = true
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x23 where isLineStart && next(bytes, index) == 0x2B: return true
      case 0x5B where next(bytes, index) == 0x5B:
        if isHarmful(target: bytes[(index + 2)...].prefix(reach).prefix { $0 != 0x5D }) {
          return true
        }
      case 0x3C where isHarmful(angle: bytes[(index + 1)...].prefix(reach)): return true
      case 0x3A where isHarmful(plain: bytes, endingAt: index): return true
      default: break
      }
      isLineStart = byte == 0x0A || byte == 0x0D || (isLineStart && (byte == 0x20 || byte == 0x09))
    }
    return false
  }

  /// A text without anything that Org or an editor obeys, for display; the exact text is stored
  /// elsewhere.
  static func quiet(_ text: String) -> String {
    guard byOrg(text) else { return text }
    let words = text.utf8.split { ":[]{}<>#%@_*+\\".utf8.contains($0) || $0 <= 0x20 }
    return words.isEmpty
      ? "-" : words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }

  /// JSON without anything that Org or an editor obeys: such characters are written as `\u003a`.
  static func harmless(json: [UInt8]) -> [UInt8] {
    guard byOrg(String(decoding: json, as: UTF8.self)) else { return json }
    var result: [UInt8] = []
    var isInString = false
    var isEscaped = false
    for byte in json {
      if isInString, !isEscaped, ":[]{}<>#%@_*+()".utf8.contains(byte) {
        let digits = String(byte, radix: 16)
        result += "\\u00\(digits)".utf8
        continue
      }
      if byte == 0x22, !isEscaped { isInString.toggle() }
      isEscaped = isInString && byte == 0x5C && !isEscaped
      result.append(byte)
    }
    return result
  }

  // MARK: - Modelines

  private static func isModeline(_ bytes: [UInt8], endingAt colon: Int) -> Bool {
    // `vim<700:` requires a version.
    var end = colon
    while end > 0, colon - end < 8, (0x30...0x39).contains(bytes[end - 1]) { end -= 1 }
    if end > 0, "<=>".utf8.contains(bytes[end - 1]) { end -= 1 }
    var start = end
    while start > 0, end - start < 4, isLetter(bytes[start - 1]) { start -= 1 }
    let word = lowercased(bytes[start..<end])
    if ["vi", "vim", "ex"].contains(word), start == 0 || !isWordByte(bytes[start - 1]) {
      return true
    }
    let name = "local variables"
    guard colon >= name.utf8.count else { return false }
    return lowercased(bytes[(colon - name.utf8.count)..<colon]) == name
  }

  // MARK: - Links

  /// How much of a link's beginning to inspect: its type comes first, and a text may be full of
  /// links.
  private static let reach = 64

  /// Link types that Org recognises without brackets, and that do more than show a page.
  private static let plainTypes: Set<String> = [
    "elisp", "shell", "file", "file+sys", "file+emacs", "help", "info", "man", "woman", "docview",
    "attachment", "bbdb", "gnus", "mhe", "rmail", "mew", "vm", "wl", "notmuch", "mu4e", "eshell",
    "id", "irc", "org-protocol", "eww", "w3m", "orgit", "ssh", "scp", "tramp",
  ]

  /// Whether a link in brackets does more than lead to a web page or a place in the file.
  private static func isHarmful(target: ArraySlice<UInt8>) -> Bool {
    guard let first = target.first else { return false }
    if "/.~\\+".utf8.contains(first) { return true }
    guard target.contains(0x3A) else { return false }
    let scheme = URLScheme(of: String(decoding: target, as: UTF8.self))
    return !(scheme.map { URLScheme.pages.contains($0.name) } ?? false)
  }

  private static func isHarmful(angle rest: ArraySlice<UInt8>) -> Bool {
    guard let scheme = URLScheme(of: String(decoding: rest, as: UTF8.self)) else { return false }
    return !URLScheme.pages.contains(scheme.name)
  }

  private static func isHarmful(plain bytes: [UInt8], endingAt colon: Int) -> Bool {
    guard let following = next(bytes, colon), following > 0x20 else { return false }
    var start = colon
    while start > 0, colon - start < 16, URLScheme.isPart(bytes[start - 1]) { start -= 1 }
    // The type begins at any letter that does not follow another: `+` and `-` separate words.
    let name = lowercased(bytes[start..<colon])
    return plainTypes.contains { name.utf8.elementsEqual($0.utf8) || endsWithType(name, $0) }
  }

  /// Whether a name ends with a type after a separator, as in `x-elisp`.
  private static func endsWithType(_ name: String, _ type: String) -> Bool {
    let (name, type) = (Array(name.utf8), Array(type.utf8))
    guard name.count > type.count, name.suffix(type.count).elementsEqual(type) else { return false }
    return !isWordByte(name[name.count - type.count - 1])
  }

  // MARK: - Bytes

  private static func next(_ bytes: [UInt8], _ index: Int) -> UInt8? {
    index + 1 < bytes.count ? bytes[index + 1] : nil
  }

  private static func contains(_ bytes: [UInt8], _ mark: String) -> Bool {
    let mark = Array(mark.utf8)
    guard let first = mark.first, bytes.count >= mark.count else { return false }
    for index in 0...(bytes.count - mark.count) where bytes[index] == first {
      if bytes[index...].starts(with: mark) { return true }
    }
    return false
  }

  private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte >= 0x80
  }
}
