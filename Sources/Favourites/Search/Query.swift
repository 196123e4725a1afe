/// What is looked for: the one form of every filter and of the query language.
///
/// Options and parsed searches are made into queries, and each table whose rows are filtered
/// compiles them to SQL. A parsed query is simplified: no `.all` is directly in an `.all`, no
/// `.any` in an `.any`, no `.not` in a `.not`, and every `.all` and `.any` has at least two parts.
/// So it is only a few levels deep for each of the `deepest` parentheses, and can be walked by
/// recursion.
package indirect enum Query: Equatable, Sendable {
  /// Every part matches.
  case all([Query])
  /// At least one part matches.
  case any([Query])
  /// The part does not match.
  case not(Query)
  /// Words occur in the text.
  case text(TextTerm)
  /// It passes a test of something other than the words of its text.
  case test(Test)

  /// A single test. Not every table can make every test: a favourite has no time of deletion, a
  /// change no tags.
  package enum Test: Equatable, Sendable {
    /// It has the tag.
    case tag(TagName)
    /// It is in the category, or below it. For a change: it touched one of these.
    case category(CategoryPath)
    /// Its metadata satisfies the comparison.
    case metadata(MetadataCondition)
    /// One of its dates is not before, or not after, an instant.
    case date(DateField, DateBound, Timestamp)
    /// It is in this state.
    case state(State)
    /// This text occurs anywhere in title, URL, note or a tag, even within words.
    case part(String)
    /// Its id is in this range.
    case ids(ClosedRange<Int64>)
    /// This change touched it. In the trash: this change moved it there.
    case change(Int64)
  }

  /// How deeply parentheses may be nested; deeper ones are ignored.
  package static let deepest = 64
  /// How many terms are read; a range counts as two. The rest is ignored.
  package static let mostTerms = 500

  /// One of the dates of a row; the raw value is its name in a query.
  package enum DateField: String, Sendable {
    case created, modified, opened
    /// When it was moved to the trash.
    case deleted
    /// When a change was made.
    case made
  }

  /// On which side of an instant a date has to be; the instant itself is always included.
  package enum DateBound: String, CaseIterable, Sendable {
    /// At the instant or after it.
    case since = ">="
    /// At the instant or before it.
    case until = "<="
  }

  /// A property other than text.
  package enum State: Equatable, Sendable {
    /// Opened at least once.
    case opened
    /// Never opened.
    case unopened
    /// The last check of its link had this result.
    case seen(LinkState)
    /// It has this.
    case has(Trait)
    /// It lacks this; `is:untagged` is `.lacks(.tags)`.
    case lacks(Trait)
    /// A change that can be undone.
    case undoable
  }

  /// Something that a favourite can have or lack.
  package enum Trait: Equatable, Sendable {
    case field(Field)
    /// Metadata of this name.
    case metadata(String)

    /// A field that may be empty; the raw value is its column and its name in a query.
    package enum Field: String, Sendable {
      case url, note, tags
    }

    package static let url = Trait.field(.url)
    package static let note = Trait.field(.note)
    package static let tags = Trait.field(.tags)

    /// Parses a name from the command line.
    package init(_ name: String) {
      self = Field(rawValue: name.lowercased()).map(Trait.field) ?? .metadata(name)
    }
  }

  /// Parses a query; nil if it is empty or only white space.
  ///
  /// Never fails: what cannot be parsed is taken as words. `metadataKeys` are the names of metadata
  /// in use, for telling `year:1960` from words with a colon. Takes linear time. A `QueryParser`
  /// also reports whether anything was ignored.
  package static func parse(
    _ text: String, metadataKeys: Set<String>, now: Timestamp, in zone: Zone = .utc
  ) -> Query? {
    var parser = QueryParser(text, metadataKeys: metadataKeys, now: now, in: zone)
    return parser.parse()
  }
}

extension Query {
  /// It has the tag.
  package static func tag(_ tag: TagName) -> Query { .test(.tag(tag)) }

  /// It is in the category, or below it.
  package static func category(_ path: CategoryPath) -> Query { .test(.category(path)) }

  /// Its metadata satisfies the comparison.
  package static func metadata(_ condition: MetadataCondition) -> Query {
    .test(.metadata(condition))
  }

  /// One of its dates is not before, or not after, an instant.
  package static func date(_ field: DateField, _ bound: DateBound, _ time: Timestamp) -> Query {
    .test(.date(field, bound, time))
  }

  /// It is in this state.
  package static func state(_ state: State) -> Query { .test(.state(state)) }

  /// This text occurs in it, even within words.
  package static func part(_ text: String) -> Query { .test(.part(text)) }

  /// Its id is in this range.
  package static func ids(_ ids: ClosedRange<Int64>) -> Query { .test(.ids(ids)) }

  /// This change touched it.
  package static func change(_ number: Int64) -> Query { .test(.change(number)) }

  /// The tests in it, left to right, those under a `.not` too.
  package var tests: [Test] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.tests)
    case .not(let part): part.tests
    case .text: []
    case .test(let test): [test]
    }
  }
}

extension Query {
  /// The text terms that are not under a `.not`, left to right.
  package var positiveTerms: [TextTerm] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.positiveTerms)
    case .text(let term): [term]
    case .not, .test: []
    }
  }

  /// The tests that are not under a `.not`, left to right.
  package var positiveTests: [Test] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.positiveTests)
    case .test(let test): [test]
    case .not, .text: []
    }
  }

  /// All text terms, left to right, those under a `.not` too.
  var terms: [TextTerm] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.terms)
    case .not(let part): part.terms
    case .text(let term): [term]
    case .test: []
    }
  }

  /// Whether it searches for words in any field, all of them, and nothing else.
  package var isWordsOnly: Bool {
    switch self {
    case .all(let parts): parts.allSatisfy(\.isWordsOnly)
    case .text(let term): term.field == nil
    case .any, .not, .test: false
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
    case .not, .test: return self.simplified
    }
  }

  /// An equivalent query without `.all` in `.all`, `.any` in `.any` and `.not` in `.not`, and
  /// without an `.all` or `.any` of one part.
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
    case .text, .test: return self
    }
  }
}
