/// A column of metadata in its printed form: plain values, and the types that they do not imply.
///
/// It scans the bytes once, without building values; anything it does not recognise was written by
/// another program, and is parsed and rewritten.
struct PrintedMetadata {
  /// `{"read":"2024-02-11","year":1965}`.
  private(set) var values: [UInt8] = [0x7B]
  /// `{"read":"date"}`.
  private(set) var types: [UInt8] = [0x7B]
  private let bytes: [UInt8]
  private var offset = 1

  /// Whether a column is printed unchanged, without separate types: no value in it has a type of
  /// its own.
  static func isPlain(_ stored: String) -> Bool {
    // Most columns have none.
    stored.utf8.count == 2 || !stored.utf8.dropFirst().contains(0x7B)
  }

  /// - Parameter stored: a JSON object.
  init(_ stored: String) {
    bytes = Array(stored.utf8)
    guard !scan() else { return }
    let metadata = Metadata(stored: stored)
    var json = JSONWriter()
    metadata.writeTypes(to: &json)
    types = json.bytes
    guard !metadata.isEmpty else {
      values = bytes
      return
    }
    json = JSONWriter()
    metadata.writeValues(to: &json)
    values = json.bytes
  }

  /// Scans the members; returns false if they are not as `Metadata.stored` writes them.
  private mutating func scan() -> Bool {
    guard bytes.count > 2, bytes[0] == 0x7B, bytes[bytes.count - 1] == 0x7D else { return false }
    while true {
      let start = offset
      guard skipString(), take(0x3A) else { return false }
      let key = bytes[start..<offset]
      if values.count > 1 { values.append(0x2C) }
      values += key
      guard value(of: key) else { return false }
      if take(0x7D) { break }
      guard take(0x2C) else { return false }
    }
    values.append(0x7D)
    types.append(0x7D)
    return offset == bytes.count
  }

  private mutating func value(of key: ArraySlice<UInt8>) -> Bool {
    guard next == 0x7B else {
      let start = offset
      guard skipPlain() else { return false }
      values += bytes[start..<offset]
      return true
    }
    guard take(#"{"type":"#) else { return false }
    let kind = offset
    guard skipString() else { return false }
    let name = bytes[kind..<offset]
    guard take(#","value":"#) else { return false }
    let start = offset
    guard skipPlain() else { return false }
    let value = bytes[start..<offset]
    guard take(0x7D) else { return false }
    values += value
    let tellsItsType =
      name.elementsEqual(#""text""#.utf8)
      || (name.elementsEqual(#""number""#.utf8)
        && Number.isSpelling(String(decoding: value, as: UTF8.self)))
    guard !tellsItsType else { return true }
    if types.count > 1 { types.append(0x2C) }
    types += key
    types += name
    return true
  }

  /// Skips a string or a number.
  private mutating func skipPlain() -> Bool {
    guard next != 0x22 else { return skipString() }
    let start = offset
    while let byte = next, byte != 0x2C, byte != 0x7D {
      guard (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) else { return false }
      offset += 1
    }
    return offset > start
  }

  private mutating func skipString() -> Bool {
    guard take(0x22) else { return false }
    while let byte = next {
      offset += byte == 0x5C ? 2 : 1
      if byte == 0x22 { return true }
    }
    return false
  }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    offset += 1
    return true
  }

  private mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard offset + count <= bytes.count else { return false }
    guard "\(text)".utf8.elementsEqual(bytes[offset..<offset + count]) else { return false }
    offset += count
    return true
  }
}
