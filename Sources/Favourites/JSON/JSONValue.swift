/// A whole JSON value in memory, for small things: schemas, settings, responses of other programs.
package indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A whole number of 64 bits, without fraction or exponent.
  case integer(Int64)
  /// Any other number, as spelled: `3.10`, `12e5`, `-0`, or one of more than 64 bits.
  case decimal(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// Parses all of `bytes` as one value; the last value of a duplicate key counts.
  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try JSONValue(from: &reader)
    try reader.finish()
    return value
  }

  /// The greatest number of values in one, nested or side by side: a value takes twenty times as
  /// much memory as its text, which may be two bytes.
  package static let mostValues = 250_000

  /// Reads the next value from a reader; refuses one with more than `mostValues`.
  package init(from reader: inout JSONReader) throws(JSONError) {
    var rest = Self.mostValues
    try self.init(from: &reader, rest: &rest)
  }

  private init(from reader: inout JSONReader, rest: inout Int) throws(JSONError) {
    rest -= 1
    guard rest >= 0 else { throw reader.error("more than \(Self.mostValues) values in one") }
    switch try reader.peekKind() {
    case .null:
      try reader.readNull()
      self = .null
    case .bool: self = .bool(try reader.readBool())
    case .string: self = .string(try reader.readString())
    case .number:
      let text = try reader.readNumberText()
      if text.utf8.count <= 20, let value = Int64(text), value != 0 || text.utf8.count == 1 {
        self = .integer(value)
      } else {
        self = .decimal(text)
      }
    case .array:
      var elements: [JSONValue] = []
      try reader.beginArray()
      while try reader.nextElement() {
        elements.append(try JSONValue(from: &reader, rest: &rest))
      }
      self = .array(elements)
    case .object: self = .object(try Self.object(from: &reader, rest: &rest))
    }
  }

  /// Writes the value.
  package func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .integer(let value): writer.integer(value)
    case .decimal(let text): writer.raw(text.utf8)
    case .string(let value): writer.string(value)
    case .array(let elements):
      writer.beginArray()
      for element in elements { element.write(to: &writer) }
      writer.endArray()
    case .object(let object):
      writer.beginObject()
      for member in object.members {
        writer.key(member.key)
        member.value.write(to: &writer)
      }
      writer.endObject()
    }
  }

  private static func object(
    from reader: inout JSONReader, rest: inout Int
  ) throws(JSONError) -> JSONObject {
    var members: [JSONObject.Member] = []
    // In an object with many members, the place of each by the bytes of its key.
    var indexes: [ByteKey: Int] = [:]
    try reader.beginObject()
    while let key = try reader.nextKey() {
      let value = try JSONValue(from: &reader, rest: &rest)
      let known =
        members.count <= few ? members.firstIndex { $0.has(key) } : indexes[ByteKey(key)]
      if let known {
        members[known].value = value
        continue
      }
      members.append(JSONObject.Member(key, value))
      if members.count == few + 1 {
        for (index, member) in members.enumerated() { indexes[ByteKey(member.key)] = index }
      } else if members.count > few {
        indexes[ByteKey(key)] = members.count - 1
      }
    }
    return JSONObject(members)
  }

  /// Up to so many members are searched linearly: that is faster than remembering their places.
  private static let few = 16
}
