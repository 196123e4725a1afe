internal import Favourites

/// The beginning of a file, for determining its format.
package struct Sniff: Sendable {
  /// The first bytes, at most `ForeignFile.prefixSize`.
  let bytes: [UInt8]
  /// The beginning as text, without byte order mark and leading white space, with ASCII letters in
  /// lower case.
  let text: [UInt8]
  /// The extension of the file name, without the full stop, in lower case; empty if there is none.
  let ending: String
  /// The structure of JSON at the beginning; nil if there is none.
  let json: JSONSketch?
  /// The header, if the file may be a table.
  let tableHeader: TableHeader?

  package init(_ bytes: [UInt8], path: String?) {
    self.bytes = bytes
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count, bytes[start] == 0x20 || (0x09...0x0D).contains(bytes[start]) {
      start += 1
    }
    text = bytes[start...].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let name = path?.utf8.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
    if let point = name.lastIndex(of: UInt8(ascii: ".")) {
      ending = String(decoding: name[(point + 1)...], as: UTF8.self).lowercased()
    } else {
      ending = ""
    }
    json = JSONSketch(
      Array(bytes[start...]), isNamed: ["json", "jsonl", "ndjson", "geojson"].contains(ending))
    let mayBeTable = json == nil && text.first != UInt8(ascii: "<")
    tableHeader = mayBeTable ? TableHeader(bytes) : nil
  }

  /// Whether it is the output of `export --full`.
  package var isArchive: Bool { json?.isArray == false && json?.has("favs_export") == true }

  /// Whether it is YAML, which is not read, but whose lists look like those of Markdown: several
  /// members with usual names, and no link as Markdown writes it.
  var isYAML: Bool {
    guard json == nil else { return false }
    if ["yaml", "yml"].contains(ending) { return true }
    if ["md", "markdown", "mkd"].contains(ending) { return false }
    let lines = lines(40)
    return lines.count(where: Self.isMember) > 1
      && !lines.contains {
        $0.utf8.contains(0x5D) && $0.contains("(") && MarkdownBlock(Array($0.utf8)).hasMarkedLink
      }
  }

  /// `title: value`, perhaps as an item of a list.
  private static func isMember(_ line: String) -> Bool {
    var text = line.trimmed[...]
    if text.utf8.starts(with: "- ".utf8) { text = text.dropFirst(2) }
    let name = text.prefix { $0 != ":" }
    return members.contains(String(name)) && text.dropFirst(name.count + 1).first == " "
  }

  private static let members: Set<String> = [
    "title", "name", "url", "href", "link", "uri", "tags", "cmd", "when", "abbr", "icon",
    "description", "desc",
  ]

  /// Whether the text begins with a word, given in lower case.
  func begins(with word: StaticString) -> Bool {
    unsafe text.starts(
      with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  /// Whether the beginning of the text contains a word, given in lower case.
  func contains(_ word: String) -> Bool {
    let wanted = Array(word.utf8)
    guard let first = wanted.first, text.count >= wanted.count else { return wanted.isEmpty }
    var index = 0
    while index <= text.count - wanted.count {
      if text[index] == first, text[index...].starts(with: wanted) { return true }
      index += 1
    }
    return false
  }

  /// The columns named in the first line, in lower case and trimmed, if the file is a table.
  func columns(separatedBy separator: UInt8) -> [String] {
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    return line.split(separator: separator, omittingEmptySubsequences: false).map {
      var name = String(decoding: $0, as: UTF8.self).trimmed
      if name.utf8.count >= 2, name.utf8.first == 0x22, name.utf8.last == 0x22 {
        name = String(name.dropFirst().dropLast())
      }
      return name
    }
  }
}
