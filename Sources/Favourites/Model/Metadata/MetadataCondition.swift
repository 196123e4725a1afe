/// A comparison with metadata: `year > 1960`, `author ~ herbert`.
package struct MetadataCondition: Equatable, Sendable {
  package let key: String
  package let relation: Relation
  package let value: MetadataValue
  /// The days that the value names as well, if it is a period or an age: what is stored as a day is
  /// compared with them.
  var days: Days?
  /// Whether a text that contains the value satisfies it too: a number was asked for without an
  /// operator, and `14` may be a part of the version `14.1.0`.
  var isPartOfText = false

  /// Days from the first to the last.
  struct Days: Equatable, Sendable {
    let first: CalendarDate
    let last: CalendarDate
    /// Whether they were given as an age.
    var isAge = false
  }

  /// The relation of the stored value to the given one.
  package enum Relation: String, CaseIterable, Sendable {
    case notEqual = "!="
    case atMost = "<="
    case atLeast = ">="
    case equal = "="
    case less = "<"
    case greater = ">"
    /// Contains the text, ignoring case.
    case holds = "~"

    /// All spellings, for an error message.
    package static let spellings = "= == != <> < <= > >= ~"

    /// Parses an operator; `==` is `=`, and `<>` is `!=`.
    package init?(operator text: some Sequence<UInt8>) {
      switch String(decoding: Array(text), as: UTF8.self) {
      case "==": self = .equal
      case "<>": self = .notEqual
      case let text:
        guard let relation = Relation(rawValue: text) else { return nil }
        self = relation
      }
    }

    /// Whether a byte occurs in operators.
    package static func isOperator(_ byte: UInt8) -> Bool { "!<>=~".utf8.contains(byte) }
  }
}

extension MetadataCondition.Days {
  /// The days of `2024`, `2024-03`, `yesterday` or `30d`; nil for a text that names none.
  init?(_ text: String, now: Timestamp, in zone: @autoclosure () -> Zone) {
    var scanner = ASCIIScanner(text)
    if let year = scanner.number(digits: 4), scanner.isAtEnd {
      // Usually a number, for which no zone has to be read. With a zero in front it is a text.
      guard Number(text) != nil, let first = CalendarDate(year: year, month: 1, day: 1),
        let last = CalendarDate(year: year, month: 12, day: 31)
      else { return nil }
      self.init(first: first, last: last)
      return
    }
    guard Number(text) == nil else { return nil }
    let zone = zone()
    guard let moment = try? Moment.parse(text, now: now, in: zone) else { return nil }
    self.init(
      first: zone.date(at: moment.earliest), last: zone.date(at: moment.latest),
      isAge: moment.isAge)
    // A time is more than a day can be compared with.
    let isWhole =
      zone.start(of: first) == moment.earliest && zone.end(of: last) == moment.latest
    guard isAge || isWhole else { return nil }
  }
}
