/// A comparison with metadata: `year > 1960`, `author ~ herbert`.
package struct MetadataCondition: Equatable, Sendable {
  package let key: String
  package let relation: Relation
  package let value: MetadataValue

  /// How the stored value has to stand to the given one.
  package enum Relation: String, CaseIterable, Sendable {
    case notEqual = "!="
    case atMost = "<="
    case atLeast = ">="
    case equal = "="
    case less = "<"
    case greater = ">"
    /// Holds the text somewhere, without case.
    case holds = "~"
  }

  /// Reads `KEY OP VALUE`, with or without spaces around the operator.
  package static func parse(_ text: String) throws(InvalidValue) -> MetadataCondition {
    let bytes = Array(text.utf8)
    guard let start = bytes.firstIndex(where: { "!<>=~".utf8.contains($0) }) else {
      throw InvalidValue(
        field: "'\(text)'", reason: "is not 'KEY OP VALUE' with one of = != < <= > >= ~")
    }
    let rest = String(decoding: bytes[start...], as: UTF8.self)
    guard let relation = Relation.allCases.first(where: { rest.hasBytePrefix($0.rawValue) }) else {
      throw InvalidValue(
        field: "'\(text)'", reason: "has an operator that is none of = != < <= > >= ~")
    }
    let key = String(decoding: bytes[..<start], as: UTF8.self).trimmed
    let value = String(decoding: rest.utf8.dropFirst(relation.rawValue.utf8.count), as: UTF8.self)
      .trimmed
    do {
      try Metadata.checkKey(key)
      return MetadataCondition(
        key: key, relation: relation,
        value: relation == .holds ? .text(value) : try MetadataValue(inferring: value, key: key))
    } catch {
      throw InvalidValue(field: "'\(text)'", reason: error.message)
    }
  }
}
