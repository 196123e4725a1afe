internal import Favourites

/// A JSON object as a row of a table: members of nested objects have names with full stops.
struct JSONRow {
  /// The most distinct names in the rows of a file.
  static let mostNames = 4_096

  /// The names with their cells, in the order of the file.
  private(set) var cells: [(name: String, cell: TableCell)] = []

  init(_ object: JSONObject) { take(object, below: "") }

  /// Adds a cell that is known from elsewhere.
  mutating func add(_ cell: TableCell, as name: String) {
    cells.append((name, cell))
  }

  private mutating func take(_ object: JSONObject, below prefix: String) {
    for member in object.members {
      let name = prefix + member.key
      if case .object(let inner) = member.value {
        if let tags = Self.tags(inner, named: member.key) {
          cells.append((name, .list(tags)))
        } else {
          take(inner, below: name + ".")
        }
      } else if let cell = Self.cell(member.value, named: member.key), !cell.isEmpty {
        cells.append((name, cell))
      }
    }
  }

  /// The tags in an object that has one under each of its keys, as in Pocket's answers; nil if it
  /// has none.
  private static func tags(_ object: JSONObject, named name: String) -> [String]? {
    let inner = object.members.compactMap { member in
      if case .object(let inner) = member.value { inner } else { nil }
    }
    guard TableField(named: name) == .tags, !inner.isEmpty, inner.count == object.members.count
    else { return nil }
    return zip(object.members, inner).map { member, tag in self.name(of: tag) ?? member.key }
  }

  /// The name of a tag.
  private static func name(of tag: JSONObject) -> String? {
    ["name", "title", "label", "tag"].lazy.compactMap { JSONFields.text(of: tag[$0]) }.first
  }

  /// The cell for a value; nil if it is empty.
  private static func cell(_ value: JSONValue, named name: String) -> TableCell? {
    switch value {
    case .null, .object: nil
    case .bool(let isSo): .word(isSo ? "yes" : "no")
    case .array(let values): list(values, named: name)
    default: JSONFields.text(of: value).map { .text($0) }
    }
  }

  /// The cell for a list: with texts, numbers, and the names of objects that are tags; otherwise
  /// with its JSON text.
  private static func list(_ values: [JSONValue], named name: String) -> TableCell? {
    guard !values.isEmpty else { return nil }
    var texts: [String] = []
    for value in values {
      if let text = JSONFields.text(of: value) {
        texts.append(text)
      } else if case .object(let object) = value, TableField(named: name) == .tags,
        let text = self.name(of: object)
      {
        texts.append(text)
      } else if case .string = value {
        continue
      } else if case .null = value {
        continue
      } else {
        var writer = JSONWriter()
        JSONValue.array(values).write(to: &writer)
        return .word(String(decoding: writer.bytes, as: UTF8.self))
      }
    }
    return .list(texts)
  }
}
