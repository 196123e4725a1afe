/// Interprets `NAME:VALUE`, except for the names of text fields.
struct QualifierReader {
  /// The names of metadata in use.
  let metadataKeys: Set<String>
  /// The time from which ages are counted.
  let now: Timestamp
  /// The time zone of days.
  var zone = Zone.utc

  /// A name with its value.
  struct Qualifier {
    let name: String
    /// The operator between the colon and the value.
    let relation: MetadataCondition.Relation?
    /// The value, not empty, without quotes around it.
    let value: String
    /// Whether it was quoted: as metadata it is then a text, not a date, number or range.
    let isQuoted: Bool
  }

  /// The query for a qualifier; nil if it has no meaning and so is plain words.
  ///
  /// A name of the query language is never one of metadata, so that the meaning of a query does not
  /// depend on stored data.
  func query(for qualifier: Qualifier) -> Query? {
    let name = qualifier.name.lowercased()
    if Self.names.contains(name) { return named(name, qualifier) }
    let isMetadata = qualifier.relation != nil || metadataKeys.contains(qualifier.name.foldedName)
    return isMetadata ? metadata(qualifier) : nil
  }

  /// The names with a meaning in the query language.
  static let names: Set<String> = [
    "tag", "category", "in", "is", "has", "no", "age", "created", "modified", "opened",
  ]

  /// The values of `is:`.
  static let states = ["untagged", "opened", "unopened"] + LinkState.allCases.map(\.rawValue)

  private func named(_ name: String, _ qualifier: Qualifier) -> Query? {
    if let field = Query.DateField(rawValue: name) { return date(field, qualifier) }
    if name == "age" { return age(qualifier) }
    guard qualifier.relation == nil else { return nil }
    let value = qualifier.value
    switch name {
    case "tag": return (try? TagName.parse(value)).map { .tag($0) }
    case "category", "in": return (try? CategoryPath(typed: value)).map { .category($0) }
    case "has": return trait(value).map { .state(.has($0)) }
    case "no": return trait(value).map { .state(.lacks($0)) }
    case "is":
      switch value.lowercased() {
      case "untagged": return .state(.lacks(.tags))
      case "opened": return .state(.opened)
      case "unopened": return .state(.unopened)
      case let name: return LinkState(rawValue: name).map { .state(.seen($0)) }
      }
    default: return nil
    }
  }

  private func trait(_ name: String) -> Query.Trait? {
    do {
      try Metadata.checkKey(name)
      return Query.Trait(name)
    } catch {
      return nil
    }
  }
}

extension Query {
  /// Whether a word is a filter of the query language, by its name: `tag:x`, `title:x`.
  package static func isFilter(_ word: String) -> Bool {
    let name = String(decoding: word.utf8.prefix { $0 != 0x3A }, as: UTF8.self)
    guard name.utf8.count < word.utf8.count else { return false }
    return QualifierReader.names.contains(name.lowercased())
      || TextTerm.Field(rawValue: name.lowercased()) != nil
  }
}

extension QualifierReader {
  /// The two sides of `..`, nil for an open side; nil if it is not a range.
  private static func range(_ value: String) -> (from: String?, to: String?)? {
    let bytes = Array(value.utf8)
    let dots = bytes.indices.dropLast().first { bytes[$0] == 0x2E && bytes[$0 + 1] == 0x2E }
    guard let dots, bytes.count > 2 else { return nil }
    let from = String(decoding: bytes[..<dots], as: UTF8.self)
    let to = String(decoding: bytes[(dots + 2)...], as: UTF8.self)
    return (from.isEmpty ? nil : from, to.isEmpty ? nil : to)
  }

  /// `created:>2024-01-01`, `created:2024`, `created:2023..2024`, `opened:<30d`.
  private func date(_ field: Query.DateField, _ qualifier: Qualifier) -> Query? {
    let isPlain = qualifier.relation == nil || qualifier.relation == .equal
    if isPlain, let range = Self.range(qualifier.value) {
      return dates(field, from: range.from, to: range.to)
    }
    guard let moment = try? Moment.parse(qualifier.value, now: now, in: zone) else { return nil }
    let since = Query.date(field, .since, moment.earliest)
    let until = Query.date(field, .until, moment.latest)
    switch qualifier.relation {
    // An age by itself means the time since then.
    case nil where moment.isAge: return since
    case nil, .equal: return .all([since, until])
    case .notEqual: return .not(.all([since, until]))
    case .atLeast: return since
    case .atMost: return until
    case .greater: return .date(field, .since, moment.latest.moved(by: 1))
    case .less: return .date(field, .until, moment.earliest.moved(by: -1))
    case .holds: return nil
    }
  }

  private func dates(_ field: Query.DateField, from: String?, to: String?) -> Query? {
    var bounds: [Query] = []
    if let from {
      guard let moment = try? Moment.parse(from, now: now, in: zone) else { return nil }
      bounds.append(.date(field, .since, moment.earliest))
    }
    if let to {
      guard let moment = try? Moment.parse(to, now: now, in: zone) else { return nil }
      bounds.append(.date(field, .until, moment.latest))
    }
    return bounds.isEmpty ? nil : Query.all(bounds).simplified
  }

  /// `age:<6m`: created less than six months ago. Without an operator, at most that long ago.
  private func age(_ qualifier: Qualifier) -> Query? {
    guard let moment = try? Moment.parse(qualifier.value, now: now, in: zone),
      moment.isAge
    else { return nil }
    let then = moment.earliest
    switch qualifier.relation {
    case nil, .equal, .atMost: return .date(.created, .since, then)
    case .less: return .date(.created, .since, then.moved(by: 1))
    case .atLeast: return .date(.created, .until, then)
    case .greater: return .date(.created, .until, then.moved(by: -1))
    case .notEqual, .holds: return nil
    }
  }

  /// `year:1960`, `year:>=1960`, `year:1960..1970`, `author:~herb`, `author:"le guin"`,
  /// `author:="frank herbert"`.
  private func metadata(_ qualifier: Qualifier) -> Query? {
    let key = qualifier.name
    let relation = qualifier.relation ?? .equal
    do {
      try Metadata.checkKey(key)
      if relation == .equal, !qualifier.isQuoted, let range = Self.range(qualifier.value),
        let query = try values(key, from: range.from, to: range.to)
      {
        return query
      }
      let isText = relation == .holds || qualifier.isQuoted
      let value = isText ? try text(qualifier.value, key) : try value(qualifier.value, key)
      // Without an operator, usually only part of a text is known: the author's last name.
      let days = isText ? nil : days(of: value)
      var compared = MetadataCondition(
        key: key, relation: qualifier.relation == nil && days?.isAge == true ? .atLeast : relation,
        value: value, days: days)
      compared.isPartOfText = qualifier.relation == nil && value.kind == .number
      if qualifier.relation == nil, try isOnlyText(qualifier, key) {
        let part = Query.metadata(MetadataCondition(key: key, relation: .holds, value: value))
        return days == nil ? part : .any([part, .metadata(compared)])
      }
      return .metadata(compared)
    } catch {
      return nil
    }
  }

  /// Whether a value is a text in any case; one in quotes that would be a number or a day without
  /// them is meant to be just this text.
  private func isOnlyText(_ qualifier: Qualifier, _ key: String) throws(MetadataError) -> Bool {
    let value = try value(qualifier.value, key)
    return value.kind == .text && (!qualifier.isQuoted || days(of: value) == nil)
  }

  /// Nil unless the sides given are two numbers, or two days or periods.
  private func values(
    _ key: String, from: String?, to: String?
  ) throws(MetadataError) -> Query? {
    var bounds: [Query] = []
    var kinds: Set<MetadataKind> = []
    var areDays = true
    for (text, relation) in [(from, MetadataCondition.Relation.atLeast), (to, .atMost)] {
      guard let text else { continue }
      let value = try value(text, key)
      let days = days(of: value)
      kinds.insert(value.kind)
      areDays = areDays && (value.kind == .date || days != nil)
      bounds.append(
        .metadata(MetadataCondition(key: key, relation: relation, value: value, days: days)))
    }
    guard areDays || kinds == [.number] else { return nil }
    return Query.all(bounds).simplified
  }

  /// A value of the type it looks like; a number only if it is written out in the same spelling.
  private func value(_ text: String, _ key: String) throws(MetadataError) -> MetadataValue {
    let value = try MetadataValue(inferring: text, key: key)
    let again = try MetadataValue(inferring: value.text, key: key)
    return value == again ? value : try self.text(text, key)
  }

  private func days(of value: MetadataValue) -> MetadataCondition.Days? {
    value.kind == .date
      ? nil : MetadataCondition.Days(value.text, now: now, in: zone)
  }

  private func text(_ text: String, _ key: String) throws(MetadataError) -> MetadataValue {
    try MetadataValue(text, as: .text, key: key)
  }
}

extension Timestamp {
  fileprivate func moved(by difference: Int64) -> Timestamp {
    Timestamp(milliseconds: milliseconds + difference)
  }
}
