internal import SQLite

// Comparing metadata, by the index of `attribute`.
//
// Its values are numbers; days, as they are written; and the keys of other texts. All are in one
// order, but mean something only beside their like, so each comparison is one with numbers, one
// with texts and one with days: ranges of the index that have no value in common.

extension MetadataCondition {
  /// A query for the favourites that have this metadata and satisfy the comparison; for `!=`, those
  /// that have the value.
  var favourites: Fragment {
    let name = Binding.text(key.foldedName)
    return .joined(
      parts.map {
        Fragment(
          sql: "SELECT a.favourite FROM attribute a WHERE a.name = ? AND ", bindings: [name]) + $0
      }, by: " UNION ALL ")
  }

  /// Tests of a value, of which at most one holds.
  private var parts: [Fragment] {
    let relation: Relation = relation == .notEqual ? .equal : relation
    if relation == .holds { return [Self.holding(value.text)] }
    if let day = value.day { return [Self.days(relation, Days(first: day, last: day))] }
    let others = days.map { [Self.days(relation, $0)] } ?? []
    if let number = value.number {
      return Self.values(relation, number) + others
        + (isPartOfText ? [Self.texts(holding: number)] : [])
    }
    // No text comes before or after a period or an age.
    return relation != .equal && days != nil ? others : [text(relation)] + others
  }

  /// Texts, but for days and for what is spelled as the number: that is found as one.
  private static func texts(holding number: Number) -> Fragment {
    Fragment(
      sql: "a.value >= '' AND a.text IS NOT NULL AND a.value <> ? AND ",
      bindings: [.text(number.text.nameKey)]) + holding(number.text)
  }

  /// Numbers by value, and texts that are spelled as numbers are: a choice among 1, 2 and 3, or an
  /// ISBN, is a text.
  private static func values(_ relation: Relation, _ number: Number) -> [Fragment] {
    let value = SortValue.number(number.value).binding
    let key = Binding.text(number.text.nameKey)
    guard relation != .equal else {
      return [
        Fragment(sql: "a.value = ?", bindings: [value]),
        Fragment(sql: "a.value = ?", bindings: [key]),
      ]
    }
    // Numbers come before all texts.
    let numbers = Fragment(
      sql: "a.value \(relation.rawValue) ?" + (relation.isUpwards ? " AND a.value < ''" : ""),
      bindings: [value])
    // The keys of digits without zeros in front are digits too, in the order of their values.
    guard number.text.utf8.allSatisfy(\.isASCIIDigit) else { return [numbers] }
    let digits = Fragment(
      sql: """
        a.value \(relation.rawValue) ? AND a.value \(relation.isUpwards ? "< ':'" : ">= '0'")
        AND a.value NOT GLOB '*[^0-9]*'
        """, bindings: [key])
    return [numbers, digits]
  }

  /// Texts other than days.
  private func text(_ relation: Relation) -> Fragment {
    guard relation != .equal else {
      return Fragment(sql: "a.value = ?", bindings: [.text(value.text.nameKey)])
    }
    return Fragment(
      sql: """
        a.value \(relation.rawValue) ?\(relation.isUpwards ? "" : " AND a.value >= ''")
        AND (a.text IS NOT NULL OR a.value < '0' OR a.value >= ':')
        """, bindings: [.text(value.text.nameKey)])
  }

  /// Days. Nothing else that begins with a digit is without a text beside it: in keys, the number
  /// of digits stands before them.
  private static func days(_ relation: Relation, _ days: Days) -> Fragment {
    let (first, last) = (Binding.text(days.first.text), Binding.text(days.last.text))
    let (test, bindings): (String, [Binding]) =
      switch relation {
      case .less: ("a.value >= '0' AND a.value < ?", [first])
      case .atMost: ("a.value >= '0' AND a.value <= ?", [last])
      case .greater: ("a.value > ? AND a.value < ':'", [last])
      case .atLeast: ("a.value >= ? AND a.value < ':'", [first])
      case .equal, .notEqual, .holds: ("a.value BETWEEN ? AND ?", [first, last])
      }
    return Fragment(sql: test + " AND a.text IS NULL", bindings: bindings)
  }

  /// Values with a text in them, without case; and without accents, as the first part of a key is.
  private static func holding(_ text: String) -> Fragment {
    let folded = text.foldedName
    let spelled = Fragment(
      sql: "ifnull(a.text, a.value) LIKE ? ESCAPE '\\'", bindings: [.text(pattern(folded))])
    let plain = NameKey.beginning(folded: folded)
    // A key has more digits than the text, and has no accents where it is the text.
    guard !plain.isEmpty, !plain.utf8.contains(where: \.isASCIIDigit) else { return spelled }
    let isPlain = plain.utf8.elementsEqual(folded.utf8)
    return Fragment(sql: "(") + spelled
      + Fragment(
        sql: """
           OR \(isPlain ? "a.text IS NOT NULL AND " : "")substr(a.value, 1,
            ifnull(nullif(instr(a.value, char(2)), 0) - 1, length(a.value))) LIKE ? ESCAPE '\\')
          """, bindings: [.text(pattern(plain))])
  }

  /// A LIKE pattern for texts that contain a text, with special characters escaped.
  private static func pattern(_ text: String) -> String {
    var escaped = "%"
    for scalar in text.unicodeScalars {
      if scalar == "%" || scalar == "_" || scalar == "\\" { escaped.unicodeScalars.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped + "%"
  }
}

extension MetadataCondition.Relation {
  /// Whether it holds for greater values.
  fileprivate var isUpwards: Bool { self == .greater || self == .atLeast }
}

extension MetadataValue {
  /// The day that it is; a text that is a day is found as one.
  fileprivate var day: CalendarDate? {
    switch self {
    case .date(let day): day
    case .text(let text), .choice(let text): CalendarDate(text: text)
    case .number: nil
    }
  }

  fileprivate var number: Number? {
    if case .number(let number) = self { number } else { nil }
  }
}
