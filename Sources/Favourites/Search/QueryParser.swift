/// Parses a query: `not` binds tighter than `and`, `and` tighter than `or`.
///
/// Keeps one level for each open parenthesis, at most `Query.deepest`, and does not recurse. A
/// parenthesis that is never closed is closed at the end; one that closes nothing, or is empty, is
/// ignored.
package struct QueryParser {
  /// Whether there were more than `Query.mostTerms` terms, and the rest was ignored.
  package private(set) var wasCut = false

  /// The first word that looks like a filter but is not a valid one; it is taken as words.
  package var refusal: QueryRefusal? { tokenizer.refusal }

  private let text: String
  private var tokenizer: QueryTokenizer
  private var levels = [Level(field: nil, isNegated: false)]
  /// The number of open parentheses beyond the deepest level.
  private var passedOver = 0
  private var termCount = 0

  /// Makes a parser for `text`; see `Query.parse`.
  package init(
    _ text: String, metadataKeys: Set<String>, now: Timestamp, in zone: Zone = .utc
  ) {
    self.text = text.composed
    tokenizer = QueryTokenizer(
      self.text, qualifiers: QualifierReader(metadataKeys: metadataKeys, now: now, zone: zone))
  }

  /// Parses the whole text; nil if it is empty or only white space.
  package mutating func parse() -> Query? {
    var token = tokenizer.next()
    while let current = token, !wasCut {
      let following = tokenizer.next()
      take(current, before: following)
      token = following
    }
    while levels.count > 1 { close() }
    return levels[0].query ?? wholeText
  }

  /// The first piece of the text as a word, for a query such as `()` with nothing else in it.
  private var wholeText: Query? {
    let piece = text.trimmed.unicodeScalars.prefix { !$0.isWhitespace }
    return piece.isEmpty ? nil : .text(TextTerm(String(piece)))
  }

  private mutating func take(_ token: QueryToken, before following: QueryToken?) {
    switch token {
    case .operand(let operand, let isNegated): add(operand, isNegated: isNegated)
    case .sign(let word): add(.text(TextTerm(word)), isNegated: false, isSign: true)
    case .open(let field, let isNegated): open(field, isNegated: isNegated)
    case .close where passedOver > 0: passedOver -= 1
    case .close where levels.count > 1: close()
    case .close: break
    case .keyword(let keyword, let word):
      let isBefore = following?.beginsOperand ?? false
      let isBetween = isBefore && levels[levels.count - 1].isAfterOperand
      switch keyword {
      case .and where isBetween: levels[levels.count - 1].isAfterOperand = false
      case .or where isBetween: levels[levels.count - 1].beginAlternative()
      case .not where isBefore: levels[levels.count - 1].negateNext()
      case .and, .or, .not: add(.text(TextTerm(word)), isNegated: false)
      }
    }
  }

  private mutating func add(_ operand: Query, isNegated: Bool, isSign: Bool = false) {
    termCount += operand.termCount
    guard termCount <= Query.mostTerms else {
      wasCut = true
      return
    }
    let top = levels.count - 1
    let limited: Query =
      if case .text(let term) = operand {
        .text(term.limited(to: levels[top].field))
      } else {
        operand
      }
    levels[top].append(isNegated ? .not(limited) : limited, isSign: isSign)
  }

  private mutating func open(_ field: TextTerm.Field?, isNegated: Bool) {
    // The outermost level has no parenthesis.
    guard levels.count <= Query.deepest else {
      passedOver += 1
      return
    }
    let outer = levels[levels.count - 1].field
    levels.append(Level(field: field ?? outer, isNegated: isNegated))
  }

  private mutating func close() {
    let level = levels.removeLast()
    guard let query = level.query else { return }
    levels[levels.count - 1].append(level.isNegated ? .not(query) : query)
  }

  /// What was parsed within one pair of parentheses.
  private struct Level {
    /// The field that its text terms are limited to.
    let field: TextTerm.Field?
    let isNegated: Bool
    /// Whether an `and` or `or` may follow.
    var isAfterOperand = false
    private var alternatives: [Query] = []
    private var parts: [Query] = []
    /// Words of signs alone: they count where nothing else is to be found with them.
    private var signs: [Query] = []
    private var isNextNegated = false
    private var isAfterOr = false

    init(field: TextTerm.Field?, isNegated: Bool) {
      self.field = field
      self.isNegated = isNegated
    }

    /// The query of this level; nil if there is nothing.
    var query: Query? {
      let last = parts.isEmpty ? signs : parts
      return last.isEmpty ? nil : Query.any(alternatives + [.all(last)]).simplified
    }

    mutating func append(_ operand: Query, isSign: Bool = false) {
      if isAfterOr {
        alternatives.append(.all(parts.isEmpty ? signs : parts))
        (parts, signs) = ([], [])
        isAfterOr = false
      }
      if isSign, !isNextNegated {
        signs.append(operand)
      } else {
        parts.append(isNextNegated ? .not(operand) : operand)
      }
      isNextNegated = false
      isAfterOperand = true
    }

    mutating func beginAlternative() {
      isAfterOr = true
      isAfterOperand = false
    }

    mutating func negateNext() {
      isNextNegated.toggle()
      isAfterOperand = false
    }
  }
}

extension Query {
  /// The number of terms in it.
  fileprivate var termCount: Int {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.termCount }
    case .not(let part): part.termCount
    case .text, .test: 1
    }
  }
}
