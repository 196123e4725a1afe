/// A query in FTS5's syntax, with the data for ranking its hits.
///
/// It consists of quoted tokens only, so that nothing the user types has a meaning to FTS5.
/// Source of the syntax: https://www.sqlite.org/fts5.html#full_text_query_syntax
struct SearchExpression: Equatable, Sendable {
  /// The expression.
  var text: String
  /// For each phrase in it, from left to right, how it ranks.
  var forms: [Form]
  /// Its phrases: a favourite needs one of each list. A phrase of several words is alone in its
  /// list. Nil for an expression of another kind.
  var phrases: [[Phrase]]?

  /// Words in a row.
  struct Phrase {
    let tokens: [String]
    /// Whether the last word may go on; only for one word.
    var isPrefix = false
    /// The columns in which it counts, as bits; all bits for any column.
    var columns = UInt8.max
  }

  /// What a phrase is to ranking.
  struct Form: Equatable, Sendable {
    /// How much a hit counts; 0 for not at all.
    var weight: Double
    /// The word that it is a form of.
    let group: Int
    /// Whether its last word may go on.
    var isPrefix = false
    /// The number of its first word among those typed; nil if it was not typed, or if that is not
    /// known.
    var start: Int?
    /// Whether it is exactly what was typed.
    var isTyped = false
  }

  static func == (one: Self, other: Self) -> Bool {
    one.text == other.text && one.forms == other.forms
  }

  /// Whether it consists of single words, each in one of several forms.
  var hasOnlyWords: Bool {
    phrases?.joined().allSatisfy { $0.tokens.count == 1 } == true
  }

  /// Matches all favourites of some categories, without their subcategories.
  ///
  /// - Parameter form: the weight of a match, and the word it belongs to; without it, a match does
  ///   not count.
  static func inCategories(
    _ categories: [Int64], as form: Form = Form(weight: 0, group: 255)
  ) -> SearchExpression {
    let words = categories.map { "\"\(SearchText.word(ofCategory: $0))\"" }
    return SearchExpression(
      text: "(place : (\(words.joined(separator: " OR "))))", forms: words.map { _ in form },
      phrases: [
        categories.map {
          Phrase(tokens: [SearchText.word(ofCategory: $0)], columns: SearchColumn.place.bit)
        }
      ])
  }

  /// Matches if any of several phrases is among the tags. A match does not count.
  static func inTags(_ phrases: [[String]]) -> SearchExpression {
    let words = phrases.map { "\"\($0.joined(separator: " "))\"" }
    let areWords = phrases.allSatisfy { $0.count == 1 }
    return SearchExpression(
      text: "(tags : (\(words.joined(separator: " OR "))))",
      forms: words.map { _ in Form(weight: 0, group: 255) },
      phrases: areWords || phrases.count == 1
        ? [phrases.map { Phrase(tokens: $0, columns: SearchColumn.tags.bit) }] : nil)
  }

  /// Matches any of several phrases, anywhere. Not for ranking.
  static func words(_ phrases: [String]) -> SearchExpression {
    SearchExpression(text: "\(everywhere) : (\(phrases.joined(separator: " OR ")))", forms: [])
  }

  /// Matches if all parts do.
  static func all(_ parts: [SearchExpression]) -> SearchExpression {
    var all = joined(parts, by: " AND ")
    all.phrases = parts.allSatisfy { $0.phrases != nil } ? parts.flatMap { $0.phrases ?? [] } : nil
    return all
  }

  /// Matches if any part does.
  static func any(_ parts: [SearchExpression]) -> SearchExpression {
    var any = joined(parts, by: " OR ")
    let isFlat = parts.allSatisfy { $0.phrases?.count == 1 && $0.hasOnlyWords }
    any.phrases = isFlat ? [parts.flatMap { $0.phrases?[0] ?? [] }] : nil
    return any
  }

  private static func joined(_ parts: [SearchExpression], by word: String) -> SearchExpression {
    guard parts.count > 1 else { return parts[0] }
    return SearchExpression(
      text: "(" + parts.map(\.text).joined(separator: word) + ")", forms: parts.flatMap(\.forms))
  }

  /// Excludes what another expression matches; that expression does not count for ranking.
  func excluding(_ other: SearchExpression) -> SearchExpression {
    SearchExpression(
      text: "(\(text) NOT \(other.text))",
      forms: forms + other.forms.map { Form(weight: 0, group: $0.group) })
  }

  /// The columns searched for a word: all but that of the category.
  static let everywhere = "{title tags url note other}"

  /// The forms of a word, or a phrase, as a list of `phrases`; nil for several phrases, or one that
  /// may go on.
  static func phrases(_ forms: [WordForm], in field: TextTerm.Field?) -> [[Phrase]]? {
    let columns: UInt8 =
      if let field {
        SearchColumn(field).bit
      } else {
        forms.contains(where: \.mayBeCategory) ? ~SearchColumn.place.bit : .max
      }
    let areWords = forms.allSatisfy { $0.tokens.count == 1 }
    guard areWords || forms.count == 1 && !forms[0].isPrefix else { return nil }
    return [forms.map { Phrase(tokens: $0.tokens, isPrefix: $0.isPrefix, columns: columns) }]
  }
}

/// A search prepared to be run: part of a `Selection`.
package struct PreparedSearch: Equatable, Sendable {
  /// The part that the index answers; nil if there is none.
  var match: SearchExpression?
  /// The same expression in titles only.
  var titleMatch: SearchExpression?
  /// Whether favourites that `titleMatch` finds are recognised while reading the hits, since asking
  /// the index again costs far more: it gathers all hits of a prefix or a phrase each time.
  var hasTitlesInPass = false
  /// The number of favourites it finds, if known.
  var found: Int?
  /// The remaining conditions.
  var conditions: [Condition] = []
  /// The words of the query as the index stores them, in order, for finding hits with exactly this
  /// title.
  var tokens: [String] = []
  /// The marks for hits in a text.
  var marks: [Mark] = []
  /// Whether to report for each favourite how it was found.
  package var tellsHits = false
  /// The query as it is answered: with replacements for words that nothing contains.
  package internal(set) var query: Query?
  /// The words as typed or corrected, without additional ones.
  var terms: [TextTerm] = []
  /// What was typed, and what is searched for instead.
  package internal(set) var corrections: [Correction] = []
  /// Whether the index is damaged and every favourite is read instead.
  package internal(set) var isUnindexed = false

  /// A sequence of tokens that counts as a hit.
  struct Mark: Equatable, Sendable {
    let tokens: [String]
    let isPrefix: Bool
    let field: TextTerm.Field?
    /// Whether it only contains what was typed, and other hits come first.
    var isAround = false
  }
}

/// Whether words that nothing contains are replaced by those with a similar spelling.
package enum Fuzziness: Sendable {
  /// Where a word has no hit.
  case whereNothingIsFound
  /// Always, in addition to the word itself.
  case always
  case never
}
