/// One field of a category's schema: a name, its type and, for `enum`, its choices.
package struct MetadataField: Hashable, Sendable {
  /// The name, checked.
  package let key: String
  /// The type.
  package let kind: MetadataKind
  /// The choices of an `enum`, in the order given; none for other types.
  package let choices: [String]

  /// Parses `year:number`, `seen:enum(yes,no,again)`, or a bare name, which is a text field.
  package static func parse(_ spec: String) throws(MetadataError) -> MetadataField {
    let parts = spec.unicodeScalars.split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first else { throw .emptyKey }
    let key = String(first)
    guard parts.count == 2 else {
      return try MetadataField(key: key, kind: .text, choices: [])
    }
    let type = parts[1]
    let name = type.prefix { $0 != "(" }
    guard let kind = MetadataKind(rawValue: String(name)) else {
      try Metadata.checkKey(key)
      throw .unknownKind(String(name))
    }
    let list = type.dropFirst(name.count)
    guard !list.isEmpty else { return try MetadataField(key: key, kind: kind, choices: []) }
    guard list.last == ")", list.count >= 2, kind == .choice else { throw .badChoices(spec) }
    let choices = list.dropFirst().dropLast()
      .split(separator: ",", omittingEmptySubsequences: false)
      .map { String($0.drop { $0 == " " }) }
    return try MetadataField(key: key, kind: kind, choices: choices)
  }

  /// Makes a field; an `enum` has at least one choice, and no empty or duplicate ones.
  package init(key: String, kind: MetadataKind, choices: [String]) throws(MetadataError) {
    let (key, choices) = (key.composed, choices.map(\.composed))
    try Metadata.checkKey(key)
    let isRight =
      kind == .choice
      ? !choices.isEmpty && Set(choices).count == choices.count
        && choices.allSatisfy { !$0.isEmpty && !$0.isPadded && !$0.hasControlCharacter }
      : choices.isEmpty
    guard isRight else { throw .badChoices(key) }
    self.key = key
    self.kind = kind
    self.choices = choices
  }

  /// The field as it is given on the command line.
  package var text: String {
    kind == .choice
      ? "\(key):enum(\(choices.joined(separator: ",")))" : "\(key):\(kind.rawValue)"
  }

  /// The value of a text in this field; a choice is found ignoring case.
  package func value(of text: String) throws(MetadataError) -> MetadataValue {
    guard kind == .choice else { return try MetadataValue(text, as: kind, key: key) }
    if choices.contains(text) { return .choice(text.composed) }
    guard let choice = choices.first(where: { $0.isSameName(as: text) }) else {
      throw .notAChoice(key: key, text: text, choices: choices)
    }
    return .choice(choice)
  }
}
