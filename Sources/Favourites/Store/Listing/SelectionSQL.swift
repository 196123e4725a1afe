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

/// One part of a selection as SQL over `favourite f` and `category c`.
struct Condition: Equatable {
  /// The test for one row.
  var test: Fragment
  /// A query for the ids of all rows that pass, where an index has them.
  var candidates: Fragment?
  /// Whether the test needs only a favourite's id, `f.id`, and all candidates are live favourites: then no favourite
  /// has to be read for it.
  var isOfID = false
}

extension Selection {
  /// The conditions of the selection, except those on categories.
  var allConditions: [Condition] {
    guard !hasOnlyCategories else { return [] }
    return conditionsBesidesSearch + searchConditions
  }

  /// The conditions without those of a search.
  var conditionsBesidesSearch: [Condition] {
    tagConditions + metadataConditions + dateConditions
      + present.map { Condition(test: Self.has($0)) }
      + missing.map { Condition(test: Fragment(sql: "NOT ") + Self.has($0)) }
      + (change.map { [Self.touched(by: $0)] } ?? [])
      + (linkStates.isEmpty ? [] : [Self.seen(linkStates)])
      + (ids.map { [Self.between($0)] } ?? [])
      + words.map { Condition(test: Self.holds($0)) }
      + (pattern == nil ? [] : [Condition(test: Self.matches)])
  }

  private var searchConditions: [Condition] {
    guard let search else { return [] }
    guard let match = search.match else { return search.conditions }
    return [SearchCompiler.found(match)] + search.conditions
  }

  /// Tests whether a category is one of those selected; nil if all are.
  var categoryTest: Fragment? {
    let tests = categories.map { path in
      // A category and everything below it form one range of keys.
      Fragment(
        sql: categories.count == 1 ? "c.key >= ? AND c.key < ?" : "(+c.key >= ? AND +c.key < ?)",
        bindings: [.text(path.sortKey), .text(CategoryRecord.within(path.sortKey).to)])
    }
    switch tests.count {
    case 0: return nil
    case 1: return tests[0]
    default: return Fragment(sql: "(") + .joined(tests, by: " OR ") + Fragment(sql: ")")
    }
  }

  private var tagConditions: [Condition] {
    var conditions: [Condition] = []
    func having(_ tags: [TagName]) -> Condition {
      let keys = Fragment(
        sql: tags.map { _ in "?" }.joined(separator: ","), bindings: tags.map { .text($0.key) })
      let which = Fragment(sql: "SELECT id FROM tag WHERE key IN (") + keys + Fragment(sql: ")")
      return Condition(
        test: Fragment(
          sql: "EXISTS (SELECT 1 FROM tagging g WHERE g.favourite = f.id AND g.tag IN (") + which
          + Fragment(sql: "))"),
        candidates: Fragment(sql: "SELECT favourite FROM tagging WHERE tag IN (") + which
          + Fragment(sql: ")"), isOfID: true)
    }
    if isAnyTagEnough, !tags.isEmpty {
      conditions.append(having(tags))
    } else {
      conditions += tags.map { having([$0]) }
    }
    for tag in excludedTags {
      conditions.append(
        Condition(test: Fragment(sql: "NOT ") + having([tag]).test, isOfID: true))
    }
    if isUntagged { conditions.append(Condition(test: Fragment(sql: "f.tags IS NULL"))) }
    return conditions
  }

  private var metadataConditions: [Condition] {
    conditions.map { condition in
      let name = Binding.text(condition.key.foldedName)
      let (test, values) = Self.comparison(condition)
      let inner = "FROM attribute a WHERE a.name = ? AND \(test)"
      if condition.relation == .notEqual {
        // Another value, or none at all.
        return Condition(
          test: Fragment(
            sql: "f.id NOT IN (SELECT a.favourite \(inner))", bindings: [name] + values),
          isOfID: true)
      }
      return Condition(
        test: Fragment(
          sql: "f.id IN (SELECT a.favourite \(inner))", bindings: [name] + values),
        candidates: Fragment(sql: "SELECT a.favourite \(inner)", bindings: [name] + values),
        isOfID: true)
    }
  }

  /// Compares numbers only with numbers, and texts with texts: a missing year is not above 1960.
  private static func comparison(
    _ condition: MetadataCondition
  ) -> (sql: String, bindings: [Binding]) {
    let relation = condition.relation == .notEqual ? "=" : condition.relation.rawValue
    switch condition.value {
    case .number(let number):
      return ("a.value \(relation) ? AND typeof(a.value) <> 'text'", [.number(number.value)])
    case .text(let text), .choice(let text):
      if condition.relation == .holds {
        return (
          "ifnull(a.text, a.value) LIKE ? ESCAPE '\\'", [.text(pattern(holding: text.foldedName))]
        )
      }
      return (
        "a.value \(relation) ? AND typeof(a.value) = 'text'", [condition.value.sortValue.binding]
      )
    case .date(let date):
      return ("a.value \(relation) ? AND typeof(a.value) = 'text'", [.text(date.text)])
    }
  }

  /// A metadata value as it is spelled, from its `json_each` row and the favourite.
  static func spelling(of value: String, in favourite: String) -> String {
    // A path cannot name every key.
    """
    CASE \(value).type WHEN 'object' THEN json_extract(\(value).value, '$.value')
      WHEN 'text' THEN \(value).value
      ELSE ifnull(\(favourite).metadata -> \(value).fullkey, \(value).value) END
    """
  }

  private var dateConditions: [Condition] {
    func bound(_ column: String, _ relation: String, _ time: Timestamp?) -> Condition? {
      time.map { time in
        Condition(
          test: Fragment(sql: "f.\(column) \(relation) ?", bindings: [.integer(time.milliseconds)]),
          candidates: Fragment(
            sql: "SELECT id AS favourite FROM favourite WHERE \(column) \(relation) ?",
            bindings: [.integer(time.milliseconds)]))
      }
    }
    return [
      bound("created_at", ">=", since), bound("created_at", "<=", until),
      bound("modified_at", ">=", modifiedSince),
    ].compactMap { $0 }
  }

  private static func has(_ trait: Trait) -> Fragment {
    switch trait {
    case .url: Fragment(sql: "(f.url IS NOT NULL)")
    case .note: Fragment(sql: "(f.note IS NOT NULL)")
    case .tags: Fragment(sql: "(f.tags IS NOT NULL)")
    case .metadata(let name):
      Fragment(
        sql: "(f.id IN (SELECT a.favourite FROM attribute a WHERE a.name = ?))",
        bindings: [.text(name.foldedName)])
    }
  }

  private static func touched(by change: Int64) -> Condition {
    let ids = Fragment(
      sql: """
        SELECT item AS favourite FROM change_item WHERE change = ? AND kind = 1
        UNION ALL
        SELECT id FROM favourite WHERE id BETWEEN (SELECT first_added FROM change WHERE number = ?)
          AND (SELECT last_added FROM change WHERE number = ?)
        """, bindings: [.integer(change), .integer(change), .integer(change)])
    return Condition(
      test: Fragment(sql: "f.id IN (") + ids + Fragment(sql: ")"), candidates: ids)
  }

  /// Whether a link's last result is one of some states.
  static func seen(_ states: [LinkState]) -> Condition {
    let numbers = states.map { String($0.number) }.joined(separator: ",")
    let ids = Fragment(sql: "SELECT favourite FROM sight WHERE state IN (\(numbers))")
    return Condition(
      test: Fragment(
        sql: """
          EXISTS (SELECT 1 FROM sight s WHERE s.favourite = f.id AND +s.state IN (\(numbers)))
          """), candidates: ids)
  }

  private static func between(_ ids: ClosedRange<Int64>) -> Condition {
    Condition(
      test: Fragment(
        sql: "f.id BETWEEN ? AND ?",
        bindings: [.integer(ids.lowerBound), .integer(ids.upperBound)]), isOfID: true)
  }

  /// Whether the title, URL, note or tags of a row in a table, named by its alias, contain a text.
  static func holds(_ word: String, in table: String = "f") -> Fragment {
    // Tags are checked one by one only if their list contains the text, quotes and commas included.
    let part = Binding.text(word)
    let plain = !word.utf8.contains { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 || $0 >= 0x7F }
    return Fragment(
      sql: """
        (favs_holds(?, \(table).title, \(table).url, \(table).note)
          OR (\(plain ? "favs_holds(?, \(table).tags)" : "? IS NOT NULL")
            AND EXISTS (SELECT 1 FROM json_each(\(table).tags) j WHERE favs_holds(?, j.value))))
        """,
      bindings: [part, part, part])
  }

  /// Whether a row's title, URL, note or a tag matches the regular expression that was registered.
  private static let matches = Fragment(
    sql: """
      (favs_matches(f.title) OR favs_matches(f.url) OR favs_matches(f.note)
        OR EXISTS (SELECT 1 FROM json_each(f.tags) j WHERE favs_matches(j.value)))
      """)

  /// A LIKE pattern for texts that contain a text, with special characters escaped.
  static func pattern(holding text: String) -> String {
    var escaped = "%"
    for scalar in text.unicodeScalars {
      if scalar == "%" || scalar == "_" || scalar == "\\" { escaped.unicodeScalars.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped + "%"
  }
}
