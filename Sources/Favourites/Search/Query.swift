/// A search: the parsed form of the query language.
///
/// A parsed query is simplified: no `.all` is directly in an `.all`, no `.any` in an `.any`, no `.not` in a `.not`,
/// and every `.all` and `.any` has at least two parts. So it is only a few levels deep for each of the `deepest`
/// parentheses, and can be walked by recursion.
package indirect enum Query: Equatable, Sendable {
  /// Every part matches.
  case all([Query])
  /// At least one part matches.
  case any([Query])
  /// The part does not match.
  case not(Query)
  /// Words occur in the text.
  case text(TextTerm)
  /// It has the tag.
  case tag(TagName)
  /// It is in the category, or below it.
  case category(CategoryPath)
  /// Its metadata satisfies the comparison.
  case metadata(MetadataCondition)
  /// One of its dates is not before, or not after, an instant.
  case date(DateField, DateBound, Timestamp)
  /// It is in this state.
  case state(State)

  /// How deeply parentheses may be nested; deeper ones are ignored.
  package static let deepest = 64
  /// How many terms are read; a range counts as two. The rest is ignored.
  package static let mostTerms = 500

  /// One of the dates of a favourite; the raw value is its name in a query.
  package enum DateField: String, CaseIterable, Sendable {
    case created, modified, opened
  }

  /// On which side of an instant a date has to be; the instant itself is always included.
  package enum DateBound: String, CaseIterable, Sendable {
    /// At the instant or after it.
    case since = ">="
    /// At the instant or before it.
    case until = "<="
  }

  /// A property of a favourite other than its text.
  package enum State: Equatable, Sendable {
    /// Opened at least once.
    case opened
    /// Never opened.
    case unopened
    /// The last check of its link had this result.
    case seen(LinkState)
    /// It has this.
    case has(Selection.Trait)
    /// It lacks this; `is:untagged` is `.lacks(.tags)`.
    case lacks(Selection.Trait)
  }

  /// Parses a query; nil if it is empty or only white space.
  ///
  /// Never fails: what cannot be parsed is taken as words. `metadataKeys` are the names of metadata in use, for
  /// telling `year:1960` from words with a colon. Takes linear time. A `QueryParser` also reports whether anything
  /// was ignored.
  package static func parse(
    _ text: String, metadataKeys: Set<String>, now: Timestamp, in zone: Zone = .utc
  ) -> Query? {
    var parser = QueryParser(text, metadataKeys: metadataKeys, now: now, in: zone)
    return parser.parse()
  }
}

extension Query {
  /// The text terms that are not under a `.not`, left to right.
  package var positiveTerms: [TextTerm] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.positiveTerms)
    case .text(let term): [term]
    case .not, .tag, .category, .metadata, .date, .state: []
    }
  }

  /// Whether it searches for words in any field, all of them, and nothing else.
  package var isWordsOnly: Bool {
    switch self {
    case .all(let parts): parts.allSatisfy(\.isWordsOnly)
    case .text(let term): term.field == nil
    case .any, .not, .tag, .category, .metadata, .date, .state: false
    }
  }

  /// The query with each of the `positiveTerms` replaced, simplified.
  package func mapPositiveTerms<E>(
    _ replacement: (TextTerm) throws(E) -> Query
  ) throws(E) -> Query {
    switch self {
    case .all(let parts):
      var mapped: [Query] = []
      for part in parts { mapped.append(try part.mapPositiveTerms(replacement)) }
      return Query.all(mapped).simplified
    case .any(let parts):
      var mapped: [Query] = []
      for part in parts { mapped.append(try part.mapPositiveTerms(replacement)) }
      return Query.any(mapped).simplified
    case .text(let term): return try replacement(term).simplified
    case .not, .tag, .category, .metadata, .date, .state: return self.simplified
    }
  }

  /// An equivalent query without `.all` in `.all`, `.any` in `.any` and `.not` in `.not`, and without an `.all` or
  /// `.any` of one part.
  package var simplified: Query {
    switch self {
    case .all(let parts):
      let parts = parts.flatMap { part in
        let part = part.simplified
        return if case .all(let inner) = part { inner } else { [part] }
      }
      return parts.count == 1 ? parts[0] : .all(parts)
    case .any(let parts):
      let parts = parts.flatMap { part in
        let part = part.simplified
        return if case .any(let inner) = part { inner } else { [part] }
      }
      return parts.count == 1 ? parts[0] : .any(parts)
    case .not(let part):
      let part = part.simplified
      if case .not(let inner) = part { return inner }
      return .not(part)
    case .text, .tag, .category, .metadata, .date, .state: return self
    }
  }
}
