internal import Favourites

/// Reads XML strictly: every element is ended by its own tag, there is one root, and nothing is loaded or expanded.
///
/// Source: XML 1.0 (Fifth Edition).
struct XMLReader {
  /// How many elements may stand in each other.
  static let deepest = 1_000

  private var scanner: MarkupScanner
  /// The elements that are open, from the root.
  private(set) var path: [String] = []
  private var hasRoot = false
  /// Whether the end of an element is still to be told that was begun and ended by one tag.
  private var endsNext = false

  init(limit: Int = ForeignFile.longestLine) {
    scanner = MarkupScanner(isXML: true, limit: limit)
  }

  /// Where the token began that was given last.
  var place: Place { scanner.place }

  /// The next beginning or end of an element, or text; nil at the end of the file. An element that begins is the
  /// last of `path` already, one that ends is so no more.
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
    if let last = path.last { throw .malformed(input.place, "the file ends inside <\(last)>") }
    guard hasRoot else { throw .malformed(input.place, "no element") }
    return nil
  }

  /// The text in the element that was begun last, past its end, with its children's; their tags are told to
  /// `flattened` where they mean something.
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

  /// Reads past the element that was begun last.
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
