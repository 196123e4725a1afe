/// Appends compact JSON (RFC 8259) to bytes, with commas added automatically.
///
/// The caller has to balance objects and arrays and give each member a key: that is not checked.
package struct JSONWriter: Sendable {
  /// The text written so far, valid UTF-8. The caller may take and empty it between two values.
  package var bytes: [UInt8] = []
  private var needsComma = false

  /// Makes a writer with room for `capacity` bytes.
  package init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  /// Begins an object.
  package mutating func beginObject() {
    begin(0x7B)
  }

  /// Ends the innermost object.
  package mutating func endObject() {
    end(0x7D)
  }

  /// Writes `{}`.
  package mutating func emptyObject() {
    separate()
    bytes.append(0x7B)
    bytes.append(0x7D)
    needsComma = true
  }

  /// Begins an array.
  package mutating func beginArray() {
    begin(0x5B)
  }

  /// Ends the innermost array.
  package mutating func endArray() {
    end(0x5D)
  }

  /// Writes the key of the next member.
  package mutating func key(_ key: String) {
    separate()
    quote(key)
    bytes.append(0x3A)
    needsComma = false
  }

  /// Writes a string: control characters (C0, U+007F to U+009F), U+2028 and U+2029 are escaped, `/`
  /// is not.
  package mutating func string(_ value: String) {
    separate()
    quote(value)
    needsComma = true
  }

  /// Writes a whole number.
  package mutating func integer(_ value: Int64) {
    separate()
    bytes.append(contentsOf: value.description.utf8)
    needsComma = true
  }

  /// Writes a finite number, in the shortest form that reads back as the same double.
  ///
  /// A whole number below 10^15 has no fraction (`1965`, and `0` for -0.0).
  package mutating func number(_ value: Double) {
    precondition(value.isFinite, "JSON has no form for a number that is not finite")
    if value.magnitude < 1e15, let whole = value.wholeNumber {
      integer(whole)
      return
    }
    separate()
    bytes.append(contentsOf: value.description.utf8)
    needsComma = true
  }

  /// Writes `true` or `false`.
  package mutating func bool(_ value: Bool) {
    separate()
    bytes.append(contentsOf: value ? [0x74, 0x72, 0x75, 0x65] : [0x66, 0x61, 0x6C, 0x73, 0x65])
    needsComma = true
  }

  /// Writes `null`.
  package mutating func null() {
    separate()
    bytes.append(contentsOf: [0x6E, 0x75, 0x6C, 0x6C])
    needsComma = true
  }

  /// Writes a string, or `null` for nil.
  package mutating func stringOrNull(_ value: String?) {
    if let value { string(value) } else { null() }
  }

  /// Writes a member with a string, or with `null` for nil.
  package mutating func member(_ name: String, _ value: String?) {
    key(name)
    stringOrNull(value)
  }

  /// Writes a member with a whole number, or with `null` for nil.
  package mutating func member(_ name: String, _ value: Int64?) {
    key(name)
    if let value { integer(value) } else { null() }
  }

  /// Writes a member that is true or false.
  package mutating func member(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }

  /// Writes a member with an array.
  /// - Parameter write: writes one element.
  package mutating func member<Elements: Sequence>(
    _ name: String, of elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  /// Writes a value that is JSON already; it is not checked.
  package mutating func raw(_ json: some Sequence<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  /// Writes a line feed; what follows is a separate text, as in JSON lines.
  package mutating func newline() {
    bytes.append(0x0A)
    needsComma = false
  }

  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
  }

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  /// Appends the text in one copy and checks it there; only a text with characters to escape is
  /// written twice.
  private mutating func quote(_ text: String) {
    bytes.append(0x22)
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    let dirty = Self.firstToEscape(in: bytes, from: start)
    if dirty < bytes.count { escape(from: dirty) }
    bytes.append(0x22)
  }

  /// Rewrites the text from `start`, the first character to escape, to the end.
  private mutating func escape(from start: Int) {
    let tail = Array(bytes[start...])
    bytes.removeSubrange(start...)
    var offset = 0
    while offset < tail.count {
      offset = appendEscape(of: tail, at: offset)
      let next = Self.firstToEscape(in: tail, from: offset)
      bytes.append(contentsOf: tail[offset..<next])
      offset = next
    }
  }

  /// Escapes the character at `place` and returns the start of the next one.
  private mutating func appendEscape(of text: [UInt8], at offset: Int) -> Int {
    let byte = text[offset]
    switch byte {
    case 0xC2:
      appendHexadecimal(UInt16(text[offset + 1]))
      return offset + 2
    case 0xE2:
      // U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
      appendHexadecimal(0x2000 | UInt16(text[offset + 2] & 0x3F))
      return offset + 3
    case 0x22, 0x5C: bytes.append(contentsOf: [0x5C, byte])
    case 0x08: bytes.append(contentsOf: [0x5C, 0x62])
    case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
    case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
    case 0x0C: bytes.append(contentsOf: [0x5C, 0x66])
    case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
    default: appendHexadecimal(UInt16(byte))
    }
    return offset + 1
  }

  private mutating func appendHexadecimal(_ unit: UInt16) {
    bytes.append(contentsOf: [0x5C, 0x75])
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 0xF
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  /// The first place, from `start`, of a character to escape; the end if there is none.
  ///
  /// The text is valid UTF-8: after 0xC2 one byte follows, after 0xE2 two.
  private static func firstToEscape(in text: [UInt8], from start: Int) -> Int {
    var offset = start
    let end = text.count
    while offset < end {
      let byte = text[offset]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F { return offset }
      if byte == 0xC2, text[offset + 1] < 0xA0 { return offset }
      if byte == 0xE2, text[offset + 1] == 0x80, text[offset + 2] & 0xFE == 0xA8 { return offset }
      offset += 1
    }
    return end
  }
}
