internal import Favourites

/// The information in the head of a web page.
package struct PageHead: Equatable, Sendable {
  /// The kind of page, as far as its head shows it.
  package enum Kind: Equatable, Sendable {
    case page
    /// It checks first that the visitor is human.
    case challenge
    /// It asks the visitor to log in, or for consent to cookies.
    case door
  }

  /// The title, on one line, at most 4,096 bytes.
  package fileprivate(set) var title: String?
  package fileprivate(set) var description: String?
  package fileprivate(set) var kind = Kind.page
  /// The URL of a JSON description of the page (https://oembed.com), as written in the page.
  package fileprivate(set) var embedding: String?

  /// The longest title and description, in bytes.
  fileprivate static let longest = 4_096

  package init() {}

  /// Parses the beginning of an HTML page.
  ///
  /// - Parameters:
  ///   - charset: the encoding declared by the site, in lower case.
  ///   - isFront: whether it is the front page of the site.
  package init(_ bytes: [UInt8], charset: String?, isFront: Bool = false) {
    guard let text = PageText.decoded(bytes, charset: charset) else { return }
    var reader = PageHeadReader(isFront: isFront)
    reader.read(text)
    self = reader.head
    kind = reader.kind
    if kind != .page { (title, description) = (nil, nil) }
  }

  /// The title in a JSON description of a page: oEmbed, 2.3.4.
  package static func title(ofEmbedding bytes: [UInt8]) -> String? {
    guard case .object(let object)? = try? JSONValue.parse(bytes),
      case .string(let title)? = object["title"]
    else { return nil }
    return tidy(title)
  }

  fileprivate init(title: String?, description: String?, embedding: String?) {
    (self.title, self.description, self.embedding) = (title, description, embedding)
  }
}

/// Reads the head of a page token by token, and its body up to the first heading if there is no
/// other title.
private struct PageHeadReader {
  private static let longestScript = 65_536

  /// The source of a title, the best last.
  private enum Source: Int, Comparable {
    case script, heading, element, card, graph

    static func < (one: Source, other: Source) -> Bool { one.rawValue < other.rawValue }
  }

  private let isFront: Bool
  private var titles: [Source: String] = [:]
  /// The title element, whatever it is worth.
  private var element: String?
  private var descriptions: [Source: String] = [:]
  private var embedding: String?
  private var drawings = 0
  private var heading: MarkupText?
  private var isLinkedData = false

  init(isFront: Bool) { self.isFront = isFront }

  /// The kind of page. An interstitial page may have the title of the page behind it in its
  /// metadata.
  var kind: PageHead.Kind {
    let given = titles[.graph] ?? titles[.card]
    let shown = element ?? given ?? titles[.heading] ?? ""
    let saysMore = given != nil || !descriptions.isEmpty
    let kind = PageMarks.kind(ofTitle: shown, saysMore: saysMore)
    guard kind != .page, let given else { return kind }
    return PageMarks.kind(ofTitle: given, saysMore: true)
  }

  var head: PageHead {
    PageHead(
      title: titles.max { $0.key < $1.key }?.value,
      description: descriptions.max { $0.key < $1.key }?.value, embedding: embedding)
  }

  mutating func read(_ text: [UInt8]) {
    var input = ForeignFile(text, isDecoded: true)
    var scanner = MarkupScanner(limit: 1 << 20)
    scanner.keptRaw = ["title": PageHead.longest * 4, "script": Self.longestScript]
    do throws(ExchangeError) {
      while let token = try scanner.next(&input) {
        guard try take(token, raw: scanner.raw) else { return }
      }
    } catch {
      // Whatever was found before the error is used.
    }
  }

  /// Processes a token; false once nothing better can follow.
  private mutating func take(
    _ token: MarkupToken, raw: [UInt8]
  ) throws(ExchangeError) -> Bool {
    if heading != nil { takeHeading(token) }
    switch token {
    case .start(let tag):
      if tag.name == "body" { return !hasTitle }
      takeStart(tag)
    case .end("title"): try takeTitle(raw)
    case .end("script"):
      if isLinkedData { takeLinkedData(raw) }
      isLinkedData = false
    case .end("svg"): drawings = max(0, drawings - 1)
    case .end("head"): return !hasTitle
    case .end("h1"): return titles[.heading] == nil
    default: break
    }
    return true
  }

  private var hasTitle: Bool {
    titles.keys.contains { $0 >= .heading }
  }

  private mutating func takeStart(_ tag: MarkupTag) {
    switch tag.name {
    case "meta": takeMeta(tag)
    case "link": takeLink(tag)
    case "script": isLinkedData = tag["type"]?.lowercased() == "application/ld+json"
    case "svg", "math": if !tag.isEmpty, tag.name == "svg" { drawings += 1 }
    case "h1": if titles[.heading] == nil { heading = MarkupText(keepsLines: false) }
    default: break
    }
  }

  private mutating func takeTitle(_ raw: [UInt8]) throws(ExchangeError) {
    guard drawings == 0, element == nil else { return }
    let text = try MarkupScanner.resolved(raw)
    element = PageHead.tidy(String(decoding: text, as: UTF8.self))
    titles[.element] = named(element)
  }

  /// A meaningful title; otherwise nil.
  private func named(_ title: String?) -> String? {
    title.flatMap { PageMarks.isBlank($0, isFront: isFront) ? nil : $0 }
  }

  private mutating func takeHeading(_ token: MarkupToken) {
    if case .end("h1") = token {
      titles[.heading] = named(heading.flatMap { PageHead.tidy($0.line) })
      heading = nil
    } else if heading?.take(token) != true {
      heading = nil
    }
  }

  private mutating func takeMeta(_ tag: MarkupTag) {
    guard let name = (tag["property"] ?? tag["name"])?.lowercased(), let content = tag["content"]
    else { return }
    func note(_ source: Source, in texts: inout [Source: String]) {
      if texts[source] == nil { texts[source] = PageHead.tidy(content) }
    }
    func title(_ source: Source) {
      if titles[source] == nil { titles[source] = named(PageHead.tidy(content)) }
    }
    switch name {
    case "og:title": title(.graph)
    case "twitter:title": title(.card)
    case "og:description": note(.graph, in: &descriptions)
    case "twitter:description": note(.card, in: &descriptions)
    case "description": note(.element, in: &descriptions)
    default: break
    }
  }

  private mutating func takeLink(_ tag: MarkupTag) {
    let type = tag["type"]?.lowercased()
    guard embedding == nil, type == "application/json+oembed" || type == "text/json+oembed" else {
      return
    }
    embedding = tag["href"]
  }

  /// Reads structured data: https://json-ld.org, of which pages have at least a name.
  private mutating func takeLinkedData(_ raw: [UInt8]) {
    guard titles[.script] == nil, let value = try? JSONValue.parse(raw) else { return }
    for object in Self.objects(value) where !Self.isAside(object) {
      for key in ["headline", "name"] {
        if case .string(let text)? = object[key], let title = PageHead.tidy(text) {
          titles[.script] = titles[.script] ?? title
        }
      }
      if case .string(let text)? = object["description"], descriptions[.script] == nil {
        descriptions[.script] = PageHead.tidy(text)
      }
      if titles[.script] != nil { return }
    }
  }

  /// The objects at the top level, and those in a graph.
  private static func objects(_ value: JSONValue) -> [JSONObject] {
    switch value {
    case .array(let values): values.prefix(50).flatMap { objects($0) }
    case .object(let object):
      if let graph = object["@graph"], case .array(let values) = graph {
        values.prefix(50).compactMap { if case .object(let inner) = $0 { inner } else { nil } }
      } else {
        [object]
      }
    default: []
    }
  }

  /// Whether an object describes the site rather than the page.
  private static func isAside(_ object: JSONObject) -> Bool {
    guard case .string(let type)? = object["@type"] else { return false }
    return [
      "Organization", "WebSite", "BreadcrumbList", "Person", "ImageObject", "SearchAction",
      "Corporation", "NewsMediaOrganization",
    ].contains(type)
  }
}

extension PageHead {
  /// A text on one line, without control characters, cut if it is too long; nil if it is empty.
  package static func tidy(_ text: String) -> String? {
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isSpace = scalar.isWhitespace || scalar.isControl
      if !isSpace {
        plain.append(scalar)
      } else if let last = plain.last, last != " " {
        plain.append(" ")
      }
    }
    if plain.last == " " { plain.removeLast() }
    let line = String(plain).composed
    guard line.utf8.count > PageHead.longest else { return line.isEmpty ? nil : line }
    return line.cut(toBytes: PageHead.longest - 3) + "…"
  }
}
