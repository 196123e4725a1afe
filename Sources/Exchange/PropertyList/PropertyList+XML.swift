internal import Favourites

extension PropertyList {
  /// Parses the XML form.
  ///
  /// Source: Apple, `PropertyList-1.0.dtd`.
  init(xml input: inout ForeignFile) throws(ExchangeError) {
    var reader = XMLReader()
    var found: PropertyList?
    while let token = try reader.next(&input) {
      guard case .start(let tag) = token, reader.path.count > 1 || tag.name != "plist" else {
        continue
      }
      guard found == nil else { throw .malformed(reader.location, "more than one value") }
      found = try Self.value(tag, &reader, &input, depth: 0)
    }
    guard let found else { throw .malformed(input.location, "a property list without a value") }
    self = found
  }

  /// Reads the element whose start tag was read last, and past its end tag.
  private static func value(
    _ tag: MarkupTag, _ reader: inout XMLReader, _ input: inout ForeignFile, depth: Int
  ) throws(ExchangeError) -> PropertyList {
    guard depth < deepest else {
      throw .malformed(reader.location, "values nested deeper than \(deepest)")
    }
    switch tag.name {
    case "dict": return try dictionary(&reader, &input, depth: depth)
    case "array":
      let level = reader.path.count
      var elements: [PropertyList] = []
      while let token = try reader.next(&input), reader.path.count >= level {
        guard case .start(let inner) = token else { continue }
        elements.append(try value(inner, &reader, &input, depth: depth + 1))
      }
      return .array(elements)
    case "string": return .string(try reader.text(&input))
    case "integer": return Int64(try reader.text(&input)).map { .integer($0) } ?? .other
    case "real": return Double(try reader.text(&input)).map { .real($0) } ?? .other
    case "date": return ForeignDate.any(try reader.text(&input)).map { .date($0) } ?? .other
    case "true", "false":
      try reader.skip(&input)
      return .bool(tag.name == "true")
    default:
      try reader.skip(&input)
      return .other
    }
  }

  private static func dictionary(
    _ reader: inout XMLReader, _ input: inout ForeignFile, depth: Int
  ) throws(ExchangeError) -> PropertyList {
    let level = reader.path.count
    var values: [String: PropertyList] = [:]
    var key: String?
    while let token = try reader.next(&input), reader.path.count >= level {
      guard case .start(let inner) = token else { continue }
      if inner.name == "key" {
        key = try reader.text(&input)
      } else {
        let value = try value(inner, &reader, &input, depth: depth + 1)
        if let key { values[key] = value }
        key = nil
      }
    }
    return .dictionary(values)
  }
}
