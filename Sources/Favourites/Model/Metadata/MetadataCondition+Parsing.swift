internal import Host

// A single comparison: anything that could be a second one is never taken for a value, since that
// would not select what the user meant.

extension MetadataCondition {
  /// Parses `KEY OP VALUE`, with or without spaces around the operator.
  ///
  /// The type of a value is inferred as on the command line; one in quotes is always a text.
  /// Without quotes it contains no operator, and no `and` or `or` next to a number or a date.
  package static func parse(_ text: String) throws(InvalidValue) -> MetadataCondition {
    var rest = Array(text.trimmed.utf8)[...]
    let quotedKey = try quoted(&rest, in: text)
    let word = rest.prefix { !Relation.isOperator($0) }
    rest = rest.dropFirst(word.count)
    let sign = rest.prefix { Relation.isOperator($0) }
    guard !sign.isEmpty, quotedKey == nil || string(word).trimmed.isEmpty else {
      throw refusal(text, "is not 'KEY OP VALUE' with one of \(Relation.spellings)")
    }
    guard let relation = Relation(operator: sign) else {
      throw refusal(text, "has '\(string(sign))', which is not one of \(Relation.spellings)")
    }
    let key = quotedKey ?? string(word).trimmed
    if quotedKey == nil, let hint = fieldHint(key) {
      throw refusal(text, "names '\(key)', which is not metadata", hint: hint)
    }
    rest = Array(string(rest.dropFirst(sign.count)).trimmed.utf8)[...]
    do {
      try Metadata.checkKey(key)
      let value = try value(rest, relation, key: key, in: text)
      let isText = relation == .holds || rest.first == 0x22 || rest.first == 0x27
      return MetadataCondition(
        key: key, relation: relation, value: value,
        days: isText || value.kind == .date
          ? nil : Days(value.text, now: Timestamp(milliseconds: Clock.now()), in: .system))
    } catch let error as MetadataError {
      throw refusal(text, error.message)
    } catch let error as InvalidValue {
      throw error
    } catch {
      throw refusal(text, "\(error)")
    }
  }

  private static func value(
    _ bytes: ArraySlice<UInt8>, _ relation: Relation, key: String, in text: String
  ) throws -> MetadataValue {
    var rest = bytes
    if let value = try quoted(&rest, in: text) {
      guard rest.isEmpty else {
        throw refusal(text, "has text after the quotes", hint: quoteHint)
      }
      guard relation != .holds || !value.isEmpty else {
        throw refusal(text, "has nothing to search for")
      }
      return try MetadataValue(value, as: .text, key: key)
    }
    guard !bytes.isEmpty else {
      throw refusal(
        text, "has no value",
        hint: "'\(key) = \"\"' matches an empty text, --no \(key) a missing one")
    }
    if let fault = ambiguity(string(bytes)) { throw refusal(text, fault, hint: quoteHint) }
    return relation == .holds
      ? try MetadataValue(string(bytes), as: .text, key: key)
      : try MetadataValue(inferring: string(bytes), key: key)
  }

  /// Why a value without quotes is ambiguous; nil if it is not.
  private static func ambiguity(_ value: String) -> String? {
    if let sign = value.utf8.first(where: { "<>=~".utf8.contains($0) }) {
      return "has a second operator, '\(string([sign]))'"
    }
    let words = value.unicodeScalars.split { $0.isWhitespace }.map { String($0) }
    for (index, word) in words.enumerated() {
      switch word.lowercased() {
      case "&&", "||": return "has more than one comparison"
      case "and", "or":
        guard index > 0, index + 1 < words.count else {
          return "has '\(word)' without a comparison next to it"
        }
        // `heroes = Tom and Jerry` is a value; `year = 1965 or 1966` is not.
        let isCompared = [words[index - 1], words[index + 1]].contains {
          Number($0) != nil || CalendarDate(text: $0) != nil
        }
        if isCompared { return "has more than one comparison" }
      default: break
      }
    }
    return nil
  }

  private static let quoteHint =
    "use --where once per comparison, or put quotes around a value that contains this"

  /// Reads a quoted value up to the closing quote; `\` escapes the next character. Nil if the quote
  /// is not closed.
  private static func quoted(
    _ rest: inout ArraySlice<UInt8>, in text: String
  ) throws(InvalidValue) -> String? {
    guard let quote = rest.first, quote == 0x22 || quote == 0x27 else { return nil }
    var content: [UInt8] = []
    var position = rest.startIndex + 1
    while position < rest.endIndex {
      if rest[position] == quote {
        rest = rest[(position + 1)...]
        return string(content)
      }
      if rest[position] == 0x5C, position + 1 < rest.endIndex { position += 1 }
      content.append(rest[position])
      position += 1
    }
    throw refusal(text, "has an unclosed quote", hint: quoteHint)
  }

  /// What to type instead of a field that every favourite has, which is not metadata.
  private static func fieldHint(_ key: String) -> String? {
    let quoted = "; metadata of this name is '\"\(key)\" OP VALUE'"
    return switch key.lowercased() {
    case "title", "url", "note": "favs search '\(key.lowercased()):WORD' searches there" + quoted
    case "category": "use -c PATH for a category" + quoted
    case "tag", "tags": "use -t TAG for a tag" + quoted
    case "created_at", "created": "use --since and --until" + quoted
    case "modified_at", "modified": "use --modified-since" + quoted
    case "link": "use --link STATE for what favs check found" + quoted
    case "id", "rank", "opened", "used": "--sort \(key.lowercased()) orders by it" + quoted
    case "opened_at": "--sort opened orders by it" + quoted
    case "uid": "favs show UID shows the favourite" + quoted
    default: nil
    }
  }

  /// Whether a name without quotes means something else than metadata.
  package static func isField(_ name: String) -> Bool { fieldHint(name) != nil }

  private static func refusal(
    _ text: String, _ reason: String, hint: String? = nil
  ) -> InvalidValue {
    InvalidValue(field: "'\(text)'", reason: reason, hint: hint)
  }

  private static func string(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: Array(bytes), as: UTF8.self)
  }
}
