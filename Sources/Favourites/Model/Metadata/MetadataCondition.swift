/// A comparison with metadata: `year > 1960`, `author ~ herbert`.
package struct MetadataCondition: Equatable, Sendable {
  package let key: String
  package let relation: Relation
  package let value: MetadataValue

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
