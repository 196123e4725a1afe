internal import Favourites

/// Goes through the objects of a file in JSON, one at a time, so that no more than one is held.
enum JSONItems {
  /// The objects of a file: those of an array, one alone, or one behind another with or without commas.
  ///
  /// What stands among them and is no object is handed over as unreadable.
  static func each(
    of input: inout ForeignFile, _ sink: ItemSink,
    _ body: (JSONFields, Place) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    try each(in: try input.readText(), sink, body)
  }

  /// The same of bytes that were read.
  static func each(
    in bytes: [UInt8], _ sink: ItemSink,
    _ body: (JSONFields, Place) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    try eachValue(in: bytes) { (value, place) throws(ExchangeError) in
      try take(value, at: place, sink, body)
    }
  }

  /// The same of whatever stands there.
  static func eachValue(
    in bytes: [UInt8], _ body: (JSONValue, Place) throws(ExchangeError) -> Void
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

  /// The elements of the array that comes next; what is no array is passed over.
  static func elements(
    _ reader: inout JSONReader, _ sink: ItemSink,
    _ body: (JSONFields, Place) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    try elementValues(&reader) { (value, place) throws(ExchangeError) in
      try take(value, at: place, sink, body)
    }
  }

  /// The same of whatever stands there.
  static func elementValues(
    _ reader: inout JSONReader, _ body: (JSONValue, Place) throws(ExchangeError) -> Void
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

  /// The members of the object that a file is, or of the one that comes next.
  ///
  /// - Parameter body: reads the value of the member.
  static func members(
    of reader: inout JSONReader,
    _ body: (String, inout JSONReader) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    try readingJSON { () throws(JSONError) in try reader.beginObject() }
    while let key = try readingJSON({ () throws(JSONError) in try reader.nextKey() }) {
      try body(key, &reader)
    }
  }

  /// Passes over a value that is none of what its format is known to hold.
  /// - Returns: where it stands, where it is a list or an object with something in it: a number or a word is no
  ///   part of what a person keeps.
  static func passOver(_ reader: inout JSONReader) throws(ExchangeError) -> Place? {
    try readingJSON { () throws(JSONError) in
      let kind = try reader.peekKind()
      let start = reader.place()
      let first = reader.offset
      try reader.skipValue()
      // More than its two brackets, and what white space may stand between them.
      guard kind == .array || kind == .object, reader.offset - first > 4 else { return nil }
      return Place(line: start.line, column: start.column)
    }
  }

  /// Passes over the value that comes next.
  static func skip(_ reader: inout JSONReader) throws(ExchangeError) {
    try readingJSON { () throws(JSONError) in try reader.skipValue() }
  }

  private static func value(
    _ reader: inout JSONReader, _ body: (JSONValue, Place) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    let start = reader.place()
    let value = try readingJSON { () throws(JSONError) in try JSONValue(from: &reader) }
    try body(value, Place(line: start.line, column: start.column))
  }

  private static func take(
    _ value: JSONValue, at place: Place, _ sink: ItemSink,
    _ body: (JSONFields, Place) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    guard case .object(let object) = value else {
      return try sink(.unreadable("no object"), place)
    }
    try body(JSONFields(object), place)
  }
}
