/// A query as FTS5 takes it, with what is needed to rank its hits.
///
/// Built of quoted tokens only, so that nothing a person types means anything to FTS5.
/// Source of the syntax: https://www.sqlite.org/fts5.html#full_text_query_syntax
struct SearchExpression: Equatable, Sendable {
  /// The expression.
  var text: String
  /// For each phrase in it, from left to right: how much it counts, and to which word it belongs.
  var forms: [(weight: Double, group: Int)]

  static func == (one: Self, other: Self) -> Bool {
    one.text == other.text && one.forms.elementsEqual(other.forms, by: ==)
  }

  /// All favourites of some categories, their subcategories left out.
  ///
  /// - Parameter form: how much it counts to stand in one of them, and to which word that belongs; nothing without it.
  static func places(
    _ categories: [Int64], as form: (weight: Double, group: Int) = (0, 255)
  ) -> SearchExpression {
    let words = categories.map { "\"\(SearchText.placeWord($0))\"" }
    return SearchExpression(
      text: "(place : (\(words.joined(separator: " OR "))))", forms: words.map { _ in form })
  }

  /// Any of some phrases, wherever they stand. Not to be ranked by.
  static func words(_ phrases: [String]) -> SearchExpression {
    SearchExpression(text: "\(everywhere) : (\(phrases.joined(separator: " OR ")))", forms: [])
  }

  /// Several, all of which have to hold.
  static func all(_ parts: [SearchExpression]) -> SearchExpression { joined(parts, by: " AND ") }

  /// Several, one of which is enough.
  static func any(_ parts: [SearchExpression]) -> SearchExpression { joined(parts, by: " OR ") }

  private static func joined(_ parts: [SearchExpression], by word: String) -> SearchExpression {
    guard parts.count > 1 else { return parts[0] }
    return SearchExpression(
      text: "(" + parts.map(\.text).joined(separator: word) + ")", forms: parts.flatMap(\.forms))
  }

  /// Without those that another finds; what it finds counts nothing.
  func excluding(_ other: SearchExpression) -> SearchExpression {
    SearchExpression(
      text: "(\(text) NOT \(other.text))", forms: forms + other.forms.map { (0, $0.group) })
  }

  /// What is looked through for a word: all columns but that of the category.
  static let everywhere = "{title tags url note other}"

  /// How much a hit counts in each column: title, tags, url, note, other, place.
  static let weights: [Double] = [10, 6, 3, 1.5, 4, 1]
}

/// A search made ready to be run: part of a `Selection`.
package struct PreparedSearch: Equatable, Sendable {
  /// The part that the index answers; nil where there is none.
  var match: SearchExpression?
  /// The same in titles only.
  var titleMatch: SearchExpression?
  /// Whether those that `titleMatch` finds are told apart as the hits are gone through, since to ask the index once
  /// more costs far more: it gathers all hits of a prefix or a phrase each time.
  var hasTitlesInPass = false
  /// How many favourites it finds, where that is known.
  var found: Int?
  /// What has to hold beside it.
  var conditions: [Condition] = []
  /// The words of the query in the form of the index, in their order, for hits whose title is just these.
  var tokens: [String] = []
  /// What marks a hit in a text.
  var marks: [Mark] = []
  /// True where it is to be told of each favourite how it was found.
  package var tellsHits = false
  /// The query as it is answered: with other words in the place of those that nothing holds.
  package internal(set) var query: Query?
  /// The words as they were typed, or corrected; not those that are looked for besides.
  var terms: [TextTerm] = []
  /// What was typed, and what is looked for instead.
  package internal(set) var corrections: [Correction] = []
  /// True where the index is damaged and every favourite is read instead.
  package internal(set) var isUnindexed = false

  /// A token sequence that is a hit.
  struct Mark: Equatable, Sendable {
    let tokens: [String]
    let isPrefix: Bool
    let field: TextTerm.Field?
    /// Whether what was typed stands inside it, and other hits come first.
    var isAround = false
  }
}

/// Whether words that nothing holds are replaced by those that are spelled nearly so.
package enum Fuzziness: Sendable {
  /// Where a word has no hit.
  case whereNothingIsFound
  /// Always, beside the word itself.
  case always
  case never
}
