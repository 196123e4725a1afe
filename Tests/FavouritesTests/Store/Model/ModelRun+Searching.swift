import Testing

@testable import Favourites

// Searches, compared with a model that looks through all words of all favourites.

extension ModelRun {
  /// A piece of a query, and which favourites it means.
  private struct Term {
    let text: String
    let holds: (Favourite) -> Bool
  }

  mutating func search() throws {
    let (one, other) = (try aTerm(), try aTerm())
    let (text, holds): (String, (Favourite) -> Bool) =
      switch number(1...5) {
      case 1: ("\(one.text) \(other.text)", { one.holds($0) && other.holds($0) })
      case 2: ("\(one.text) or \(other.text)", { one.holds($0) || other.holds($0) })
      case 3: ("\(one.text) -\(other.text)", { one.holds($0) && !other.holds($0) })
      default: (one.text, one.holds)
      }
    let keys = try store.metadataKeys()
    let now = Timestamp(milliseconds: 0)
    let query = try #require(Query.parse(text, metadataKeys: keys, now: now))
    var selection = Selection()
    selection.search = try store.prepare(query, .never)
    let ordering = Ordering(chance(50) ? .relevance : .id)
    var rows = try store.rows(selection, ordering: ordering, slice: .all)
    var found: [Int64] = []
    while let favourite = try rows.next(in: &store) { found.append(favourite.id) }
    let wanted = history.model.favourites([:]).filter(holds).map(\.id).sorted()
    check(found.sorted(), wanted, "search \(text)")
    check(try store.count(selection), Int64(wanted.count), "search \(text), counted")
  }

  private mutating func aTerm() throws -> Term {
    switch number(1...6) {
    case 1, 2:
      let word = pick([
        "dune", "SOLARIS", "one", "two", "three", "q", "x", "it", "example", "geo", "1", "good",
        "1965", "1984", "old", "inbox", "b", "e",
      ])
      return Term(text: word) { Self.words($0).contains(word.lowercased()) }
    case 3:
      let word = pick(["dune", "x", "org", "one"])
      let field = pick(["title", "url", "note"])
      return Term(text: "\(field):\(word)") { favourite in
        switch field {
        case "title": Self.words(favourite.title).contains(word)
        case "url": Self.words(ofURL: favourite).contains(word)
        default: Self.words(favourite.note ?? "").contains(word)
        }
      }
    case 4:
      let part = pick(["七人", "侍", "の侍", "\"two one\"", "\"one two\""])
      let words = part.filter { $0 != "\"" }
      return Term(text: part) { favourite in
        // Only a note that was put together of two, and tags beside each other, hold one behind the
        // other.
        [favourite.title, Self.words(favourite.note ?? "").joined(separator: " ")].contains {
          $0.contains(words)
        } || favourite.tags.joined(separator: " ").lowercased().contains(words)
      }
    case 5:
      let tag = try aTag()
      return Term(text: "#\(tag.text)") { favourite in
        favourite.tags.contains { ModelNames.areSame($0, tag.text) }
      }
    default:
      let path = try path(likely: 100).text
      return Term(text: "category:\(path)") { StoreModel.isWithin($0.category, path) }
    }
  }

  /// All words by which a favourite is found.
  private static func words(_ favourite: Favourite) -> [String] {
    words(favourite.title) + words(ofURL: favourite) + words(favourite.note ?? "")
      + favourite.tags.flatMap { words($0) } + words(favourite.category)
      + favourite.metadata.entries.flatMap { words($0.value.text) }
  }

  private static func words(ofURL favourite: Favourite) -> [String] {
    let url = favourite.url ?? ""
    return words(String(url[(url.firstRange(of: "://")?.upperBound ?? url.startIndex)...]))
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
