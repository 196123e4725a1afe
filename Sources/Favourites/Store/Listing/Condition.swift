internal import SQLite

/// A value bound to a condition.
enum Binding: Equatable, Bindable {
  case integer(Int64)
  case number(Double)
  case text(String)

  /// Binds it.
  func bind(to statement: borrowing Statement, at position: Int32) {
    switch self {
    case .integer(let value): statement.bind(value, at: position)
    case .number(let value): statement.bind(value, at: position)
    case .text(let value): statement.bind(value, at: position)
    }
  }
}

/// A piece of SQL and the values of its `?`, in order.
struct Fragment: Equatable {
  var sql: String
  var bindings: [Binding] = []

  static func + (left: Fragment, right: Fragment) -> Fragment {
    Fragment(sql: left.sql + right.sql, bindings: left.bindings + right.bindings)
  }

  /// Joins pieces.
  static func joined(_ parts: [Fragment], by separator: String) -> Fragment {
    Fragment(
      sql: parts.map(\.sql).joined(separator: separator), bindings: parts.flatMap(\.bindings))
  }

  /// Binds all values from a position on.
  func bind(to statement: borrowing Statement, from position: Int32 = 1) {
    for (offset, binding) in bindings.enumerated() {
      binding.bind(to: statement, at: position + Int32(offset))
    }
  }
}

extension Fragment {
  /// Texts as the values of an SQL list.
  init(listing texts: [String]) {
    self.init(
      sql: texts.map { _ in "?" }.joined(separator: ","), bindings: texts.map(Binding.text))
  }
}

/// A filter as SQL over `favourite f` and `category c`.
struct Condition: Equatable {
  /// The test for one row.
  var test: Fragment
  /// A query for the ids of all rows that pass, where an index has them.
  var candidates: Fragment?
  /// Whether all candidates are live favourites.
  var findsLive = false
  /// Whether the test needs only a favourite's id, `f.id`: then no favourite has to be read for it.
  var isOfID = false
  /// Whether the full-text index has words for it, which lead to all rows that pass.
  var hasWords = false
  /// The dates between which it says that a date is, if it says nothing else.
  var span: DateSpan?

  /// All of them.
  static func all(_ parts: [Condition]) -> Condition {
    let parts = parts.united
    return parts.count == 1 ? parts[0] : joined(parts, by: " AND ")
  }

  /// Any of them.
  static func any(_ parts: [Condition]) -> Condition {
    var joined = joined(parts, by: " OR ")
    let candidates = parts.compactMap(\.candidates)
    // SQL has at most 500 SELECTs in a row, and 250,000 bytes: see `Connection+Hardening`.
    if candidates.count == parts.count, parts.count <= 200 {
      joined.findsLive = parts.allSatisfy(\.findsLive)
      joined.candidates = .joined(
        candidates.map { Fragment(sql: "SELECT favourite FROM (") + $0 + Fragment(sql: ")") },
        by: " UNION ALL ")
    }
    return joined
  }

  private static func joined(_ parts: [Condition], by word: String) -> Condition {
    Condition(
      test: Fragment(sql: "(") + .joined(parts.map(\.test), by: word) + Fragment(sql: ")"),
      isOfID: parts.allSatisfy(\.isOfID))
  }

  /// What does not satisfy it.
  var opposite: Condition {
    Condition(test: Fragment(sql: "NOT (") + test + Fragment(sql: ")"), isOfID: isOfID)
  }
}

extension [Condition] {
  /// The conditions with those on the same date as one: few favourites may be between two dates of
  /// which each has many on its side.
  var united: [Condition] {
    var united: [Condition] = []
    for condition in self {
      let other = united.firstIndex { $0.span != nil && $0.span?.field == condition.span?.field }
      if let other, let span = united[other].span, let further = condition.span {
        united[other] = DateSpan(field: span.field, limits: span.limits + further.limits).condition
      } else {
        united.append(condition)
      }
    }
    return united
  }
}
