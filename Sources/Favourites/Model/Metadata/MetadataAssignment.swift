internal import Host

/// An assignment by the user: `year=1965`, `year:number=1965`.
package struct MetadataAssignment: Hashable, Sendable {
  /// The name, checked.
  package let key: String
  /// The type, if given.
  package let kind: MetadataKind?
  /// The value as typed; may be empty.
  package let text: String
  /// The value: of the given type, otherwise of the inferred one (see `MetadataValue`).
  package let value: MetadataValue

  /// Parses `KEY[:TYPE]=VALUE`; the value begins after the first `=` and may contain more of them.
  package static func parse(_ word: String) throws(MetadataError) -> MetadataAssignment {
    let parts = word.unicodeScalars.split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .noValue(word) }
    let name = parts[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let key = String(name[0]).composed
    try Metadata.checkKey(key)
    var kind: MetadataKind?
    if name.count == 2 {
      kind = MetadataKind(rawValue: String(name[1]))
      guard kind != nil else { throw .unknownKind(String(name[1])) }
    }
    return try MetadataAssignment(key: key, kind: kind, text: String(parts[1]))
  }

  /// The day that `today`, `yesterday` or a weekday means to the user; nil for any other text.
  static func namedDay(_ text: String) -> CalendarDate? {
    try? Moment.namedDay(text, Timestamp(milliseconds: Clock.now()), .system)
  }

  private init(key: String, kind: MetadataKind?, text: String) throws(MetadataError) {
    self.key = key
    self.kind = kind
    self.text = text
    if kind == .date, let day = Self.namedDay(text) {
      value = .date(day)
    } else if let kind {
      value = try MetadataValue(text, as: kind, key: key)
    } else {
      value = try MetadataValue(inferring: text, key: key)
    }
  }
}
