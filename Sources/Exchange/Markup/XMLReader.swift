internal import Favourites

/// Reads XML strictly: every element needs its own end tag, there is a single root, and nothing is
/// loaded or expanded.
///
/// Source: XML 1.0 (Fifth Edition).
struct XMLReader {
  /// The deepest nesting of elements.
  static let deepest = 1_000

  private var scanner: MarkupScanner
  /// The open elements, from the root.
  private(set) var path: [String] = []
  private var hasRoot = false
  /// Whether to return the end of an element that consists of a single tag.
  private var endsNext = false

  init(limit: Int = ForeignFile.longestLine) {
    scanner = MarkupScanner(isXML: true, limit: limit)
  }

  /// The position of the last token.
  var location: Location { scanner.location }

  /// Returns the next start tag, end tag or text; nil at the end of the file. After a start tag,
  /// `path` ends with its element; after an end tag, the element is removed.
  mutating func next(_ input: inout ForeignFile) throws(ExchangeError) -> MarkupToken? {
    if endsNext {
      endsNext = false
      return .end(path.removeLast())
    }
    while let token = try scanner.next(&input) {
      switch token {
      case .start(let tag): try begin(tag)
      case .end(let name):
        guard path.last == name else { throw scanner.wrong("</\(name)> ends no open element") }
        path.removeLast()
      case .text(let bytes):
        guard path.isEmpty else { break }
        guard bytes.allSatisfy(MarkupScanner.isSpace) else {
          throw scanner.wrong("text outside the root element")
        }
        continue
      case .comment: continue
      }
      return token
    }
    if let last = path.last { throw .malformed(input.location, "the file ends inside <\(last)>") }
    guard hasRoot else { throw .malformed(input.location, "no element") }
    return nil
  }

  /// Reads the text of the element whose start tag was read last, including its children's, and
  /// past its end tag. Tags break lines where HTML would.
  mutating func text(
    _ input: inout ForeignFile, isMarkup: Bool = false
  ) throws(ExchangeError) -> String {
    let depth = path.count
    var text = MarkupText(keepsLines: !isMarkup, limit: scanner.limit)
    while let token = try next(&input) {
      if case .end = token, path.count < depth { break }
      guard text.take(token) else {
        throw scanner.wrong("a text of more than \(scanner.limit) bytes")
      }
    }
    return text.lines
  }

  /// Skips the element whose start tag was read last.
  mutating func skip(_ input: inout ForeignFile) throws(ExchangeError) {
    let depth = path.count
    while let token = try next(&input) {
      if case .end = token, path.count < depth { return }
    }
  }

  private mutating func begin(_ tag: MarkupTag) throws(ExchangeError) {
    guard !path.isEmpty || !hasRoot else { throw scanner.wrong("a second root element") }
    guard path.count < Self.deepest else {
      throw scanner.wrong("elements nested deeper than \(Self.deepest)")
    }
    hasRoot = true
    path.append(tag.name)
    endsNext = tag.isEmpty
  }
}
