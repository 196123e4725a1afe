internal import Favourites

/// Visits the objects of a JSON file one at a time, so that only one is in memory.
enum JSONItems {
  /// Visits the objects of a file: those of an array, a single one, or a sequence with or without
  /// commas.
  ///
  /// Other values among them are passed on as unreadable.
  static func each(
    of input: inout ForeignFile, _ sink: ItemSink,
    _ body: (JSONFields, Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    try each(in: try input.readText(), sink, body)
  }

  /// Visits the objects in bytes that were read.
  static func each(
    in bytes: [UInt8], _ sink: ItemSink,
    _ body: (JSONFields, Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    try eachValue(in: bytes) { (value, location) throws(ExchangeError) in
      try take(value, at: location, sink, body)
    }
  }

  /// Visits all values, of any type.
  static func eachValue(
    in bytes: [UInt8], _ body: (JSONValue, Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    var reader = JSONReader(bytes)
    let kind = try readingJSON { () throws(JSONError) in try reader.peekKind() }
    if kind == .array {
      try elementValues(&reader, body)
    } else {
      repeat {
        try value(&reader, body)
      } while reader.skipSeparator()
    }
    try readingJSON { () throws(JSONError) in try reader.finish() }
  }

  /// Visits the objects of the next array; skips any other value.
  static func elements(
    _ reader: inout JSONReader, _ sink: ItemSink,
    _ body: (JSONFields, Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    try elementValues(&reader) { (value, location) throws(ExchangeError) in
      try take(value, at: location, sink, body)
    }
  }

  /// Visits all elements of the next array, of any type.
  static func elementValues(
    _ reader: inout JSONReader, _ body: (JSONValue, Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    let isArray = try readingJSON { () throws(JSONError) in
      guard try reader.peekKind() == .array else {
        try reader.skipValue()
        return false
      }
      try reader.beginArray()
      return true
    }
    guard isArray else { return }
    while try readingJSON({ () throws(JSONError) in try reader.nextElement() }) {
      try value(&reader, body)
    }
  }

  /// Visits the elements of the next array, or the values of the members of the next object.
  static func listedValues(
    _ reader: inout JSONReader, _ body: (JSONValue, Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    let kind = try readingJSON { () throws(JSONError) in try reader.peekKind() }
    guard kind == .object else { return try elementValues(&reader, body) }
    try members(of: &reader) { (_, reader) throws(ExchangeError) in try value(&reader, body) }
  }

  /// Visits the members of the file's only object, or of the next object.
  ///
  /// - Parameter body: reads the value of a member.
  static func members(
    of reader: inout JSONReader,
    _ body: (String, inout JSONReader) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    try readingJSON { () throws(JSONError) in try reader.beginObject() }
    while let key = try readingJSON({ () throws(JSONError) in try reader.nextKey() }) {
      try body(key, &reader)
    }
  }

  /// Skips a value that is not part of the known format.
  /// - Returns: its position if it is a non-empty list or object: a number or a string is unlikely
  ///   to be the user's data.
  static func passOver(_ reader: inout JSONReader) throws(ExchangeError) -> Location? {
    try readingJSON { () throws(JSONError) in
      let kind = try reader.peekKind()
      let start = reader.location()
      let first = reader.offset
      try reader.skipValue()
      // More than two brackets with some white space between them.
      guard kind == .array || kind == .object, reader.offset - first > 4 else { return nil }
      return Location(line: start.line, column: start.column)
    }
  }

  /// Skips the value of a key that is not part of the known format, and reports it.
  ///
  /// - Parameter isOfThing: whether it belongs to something that has a title; then a text and a
  ///   number are reported too.
  static func passOver(
    _ key: String, _ reader: inout JSONReader, _ sink: ItemSink, isOfThing: Bool = false
  ) throws(ExchangeError) {
    let start = reader.location()
    let kind = try readingJSON { () throws(JSONError) in try reader.peekKind() }
    var found = try passOver(&reader)
    if isOfThing, kind == .string || kind == .number {
      found = Location(line: start.line, column: start.column)
    }
    guard let location = found else { return }
    try sink(.passedOver("'\(key.cut(toBytes: 80))'"), location)
  }

  /// Skips the next value.
  static func skip(_ reader: inout JSONReader) throws(ExchangeError) {
    try readingJSON { () throws(JSONError) in try reader.skipValue() }
  }

  private static func value(
    _ reader: inout JSONReader, _ body: (JSONValue, Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    let start = reader.location()
    let value = try readingJSON { () throws(JSONError) in try JSONValue(from: &reader) }
    try body(value, Location(line: start.line, column: start.column))
  }

  private static func take(
    _ value: JSONValue, at location: Location, _ sink: ItemSink,
    _ body: (JSONFields, Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    guard case .object(let object) = value else {
      return try sink(.unreadable("no object"), location)
    }
    try body(JSONFields(object), location)
  }
}
