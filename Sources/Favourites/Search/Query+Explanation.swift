extension Query {
  /// The query as it was understood, in the query language, with every operator, parenthesis and
  /// quote written out: `title:"dune" AND NOT "film" AND year:>=1960`.
  ///
  /// Parsing the explanation with the same keys gives the same query. In very deeply nested
  /// queries, the parentheses around an AND within an OR are left out.
  package var explanation: String { explanation(in: .utc) }

  /// Like `explanation`, with days in a time zone.
  package func explanation(in zone: Zone) -> String {
    let isDeep = parentheses > Self.deepest
    var text = ""
    write(to: &text, isDeep: isDeep, zone)
    return text
  }

  /// The nesting depth of parentheses if none are left out.
  private var parentheses: Int {
    if isRange { return 0 }
    return switch self {
    case .all(let parts), .any(let parts):
      parts.reduce(0) { max($0, $1.parentheses + ($1.isCompound ? 1 : 0)) }
    case .not(let part): part.parentheses + (part.isCompound ? 1 : 0)
    case .text, .test: 0
    }
  }

  /// Whether it is written with AND or OR.
  private var isCompound: Bool {
    switch self {
    case .all, .any: !isRange
    case .not, .text, .test: false
    }
  }

  private func write(to text: inout String, isDeep: Bool, _ zone: Zone) {
    if let range = range(in: zone) {
      text += range
      return
    }
    switch self {
    case .all(let parts):
      for (index, part) in parts.enumerated() {
        if index > 0 { text += " AND " }
        part.write(to: &text, inParentheses: part.isCompound, isDeep: isDeep, zone)
      }
    case .any(let parts):
      for (index, part) in parts.enumerated() {
        if index > 0 { text += " OR " }
        part.write(to: &text, inParentheses: part.isCompound && !isDeep, isDeep: isDeep, zone)
      }
    case .not(let part):
      text += "NOT "
      part.write(to: &text, inParentheses: part.isCompound, isDeep: isDeep, zone)
    case .text(let term):
      if let field = term.field { text += "\(field.rawValue):" }
      text += term.text.quoted
      if term.kind == .prefix { text += "*" }
    case .test(let test): text += test.inQuery(zone)
    }
  }

  private func write(to text: inout String, inParentheses: Bool, isDeep: Bool, _ zone: Zone) {
    if inParentheses { text += "(" }
    write(to: &text, isDeep: isDeep, zone)
    if inParentheses { text += ")" }
  }

  private var isRange: Bool { range(in: .utc) != nil }

  /// Two bounds of the same field and nothing else, as a range: `created:2024-01-01..2024-12-31`.
  private func range(in zone: Zone) -> String? {
    guard case .all(let parts) = self, parts.count == 2 else { return nil }
    switch (parts[0], parts[1]) {
    case (.test(.date(let field, .since, let from)), .test(.date(let other, .until, let to))):
      guard field == other else { return nil }
      return "\(field.rawValue):\(DateBound.since.text(from, zone)).."
        + DateBound.until.text(to, zone)
    case (.test(.metadata(let from)), .test(.metadata(let to))):
      let isNumberOrDate = from.value.kind == .number || from.value.kind == .date
      guard from.relation == .atLeast, to.relation == .atMost, isNumberOrDate,
        from.value.kind == to.value.kind, from.key.utf8.elementsEqual(to.key.utf8)
      else { return nil }
      return "\(from.key):=\(from.value.text)..\(to.value.text)"
    default: return nil
    }
  }
}

extension Query.Test {
  /// The test in the query language. What only options can ask for has no words there, and looks
  /// alike.
  fileprivate func inQuery(_ zone: Zone) -> String {
    switch self {
    case .tag(let name): "tag:\(name.text.quotedWhereNeeded)"
    case .category(let path): "category:\(path.text.quotedWhereNeeded)"
    case .metadata(let condition):
      "\(condition.key):\(condition.isPartOfText ? "" : condition.relation.rawValue)"
        + condition.valueInQuery
    case .date(let field, let bound, let instant):
      "\(field.rawValue):\(bound.rawValue)\(bound.text(instant, zone))"
    case .state(let state): state.inQuery
    case .part(let text): "substring:\(text.quoted)"
    case .ids(let ids): "id:\(ids.lowerBound)..\(ids.upperBound)"
    case .change(let number): "change:\(number)"
    }
  }
}

extension Query.DateBound {
  /// The instant as the day that begins or ends with it, otherwise to the millisecond.
  fileprivate func text(_ instant: Timestamp, _ zone: Zone) -> String {
    let day = zone.date(at: instant)
    let edge = self == .since ? zone.start(of: day) : zone.end(of: day)
    return edge == instant ? day.text : instant.text
  }
}

extension Query.State {
  /// `is:opened`, `has:note`, `no:tags`.
  fileprivate var inQuery: String {
    switch self {
    case .opened: "is:opened"
    case .unopened: "is:unopened"
    case .seen(let state): "is:\(state.rawValue)"
    case .has(let trait): "has:\(trait.inQuery)"
    case .lacks(let trait): "no:\(trait.inQuery)"
    case .undoable: "is:undoable"
    }
  }
}

extension Query.Trait {
  fileprivate var inQuery: String {
    switch self {
    case .field(let field): field.rawValue
    case .metadata(let key): key.quotedWhereNeeded
    }
  }
}

extension MetadataCondition {
  /// The value; a period or an age as it was typed, since in quotes it would be a text.
  fileprivate var valueInQuery: String {
    days == nil ? value.inQuery : value.text.quotedWhereNeeded
  }
}

extension MetadataValue {
  /// Numbers and dates as they are, texts in quotes.
  fileprivate var inQuery: String {
    switch self {
    case .number, .date: text
    case .text(let value), .choice(let value): value.quoted
    }
  }
}

extension String {
  /// In quotes, with quotes doubled.
  fileprivate var quoted: String {
    var bytes: [UInt8] = [0x22]
    for byte in utf8 {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(0x22)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// In quotes, unless it consists of ASCII letters, digits, dashes, underscores and slashes.
  fileprivate var quotedWhereNeeded: String {
    let isPlain = utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
        || byte == 0x2D || byte == 0x5F || byte == 0x2F
    }
    return isPlain ? self : quoted
  }
}
