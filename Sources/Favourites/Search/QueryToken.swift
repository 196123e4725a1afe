/// A piece of a query.
enum QueryToken {
  /// Something to look for.
  case operand(Query, isNegated: Bool)
  /// A word that joins operands; where it stands between none, it is a word like any other.
  case keyword(Keyword, text: String)
  /// `(`, also with what stands before it: `-(`, `title:(`, `-title:(`.
  case open(TextTerm.Field?, isNegated: Bool)
  /// `)`.
  case close

  /// What a word between operands can say.
  enum Keyword {
    case and, or, not

    /// Reads `and`, `or`, `not`, in lower or upper case, and `&&`.
    init?(_ word: String) {
      switch word {
      case "and", "AND", "&&": self = .and
      case "or", "OR": self = .or
      case "not", "NOT": self = .not
      default: return nil
      }
    }
  }

  /// Whether an operand begins here, so that what stands before can be an operator.
  var beginsOperand: Bool {
    switch self {
    case .operand, .open, .keyword(.not, _): true
    case .keyword, .close: false
    }
  }
}
