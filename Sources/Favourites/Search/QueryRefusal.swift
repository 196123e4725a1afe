/// A word of a query that looks like a filter but is not a valid one.
package struct QueryRefusal: Equatable, Sendable {
  /// What was typed.
  package let word: String
  /// Why it has no meaning.
  package let reason: String
}

extension QualifierReader {
  /// Why `created:last` or `is:new` has no meaning, whatever is stored; nil for a word that merely
  /// contains a colon.
  func refusal(of qualifier: Qualifier, typed word: String) -> QueryRefusal? {
    switch qualifier.name.lowercased() {
    case "created", "modified", "opened":
      return QueryRefusal(word: word, reason: momentFault(qualifier))
    case "age":
      return QueryRefusal(word: word, reason: "'\(qualifier.value)' is not an age such as 30d")
    case "is" where !qualifier.isQuoted:
      return QueryRefusal(
        word: word, reason: "'\(qualifier.value)' is none of \(Self.states.joined(separator: ", "))"
      )
    default: return qualifier.isQuoted ? nil : refusal(ofWord: word)
    }
  }

  /// Why `title~x` has no meaning: an operator without a colon, after a name from the query
  /// language or the metadata.
  func refusal(ofWord word: String) -> QueryRefusal? {
    let name = String(decoding: word.utf8.prefix { !Self.isSign($0) }, as: UTF8.self)
    let rest = word.utf8.dropFirst(name.utf8.count)
    let sign = rest.prefix(while: Self.isSign)
    guard !name.isEmpty, !sign.isEmpty, sign.count < rest.count,
      MetadataCondition.Relation(operator: sign) != nil
    else { return nil }
    let field = TextTerm.Field(rawValue: name.lowercased())
    let isKnown =
      Self.names.contains(name.lowercased()) || metadataKeys.contains(name.foldedName)
    guard field != nil || isKnown
    else { return nil }
    let value = String(decoding: rest.dropFirst(sign.count), as: UTF8.self)
    let operand =
      field == nil ? String(decoding: Array(sign), as: UTF8.self) + value : value
    return QueryRefusal(word: word, reason: "a colon is missing: \(name):\(operand)")
  }

  private static func isSign(_ byte: UInt8) -> Bool { MetadataCondition.Relation.isOperator(byte) }

  private func momentFault(_ qualifier: Qualifier) -> String {
    do throws(MomentError) {
      _ = try Moment.parse(qualifier.value, now: now, in: zone)
      return "it cannot be compared in this way"
    } catch {
      return error.message
    }
  }
}
