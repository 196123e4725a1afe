/// A piece of a query.
enum QueryToken {
  /// Something to search for.
  case operand(Query, isNegated: Bool)
  /// A word of signs alone, such as the dash in `Dune - Wikipedia`.
  case sign(String)
  /// A word that joins operands; where there is nothing to join, it is an ordinary word.
  case keyword(Keyword, text: String)
  /// `(`, including what precedes it: `-(`, `title:(`, `-title:(`.
  case open(TextTerm.Field?, isNegated: Bool)
  /// `)`.
  case close

  /// A word that can join operands.
  enum Keyword {
    case and, or, not

    /// Parses `and`, `or`, `not`, in lower or upper case, and `&&`.
    init?(_ word: String) {
      switch word {
      case "and", "AND", "&&": self = .and
      case "or", "OR": self = .or
      case "not", "NOT": self = .not
      default: return nil
      }
    }
  }

  /// Whether an operand begins here, so that the word before can be an operator.
  var beginsOperand: Bool {
    switch self {
    case .operand, .sign, .open, .keyword(.not, _): true
    case .keyword, .close: false
    }
  }
}
