/// A row as it lies in a page.
struct RawRecord: Equatable {
  /// One value of a row.
  enum Value: Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
  }

  /// The row's number, which is its id where the table has one.
  let rowID: Int64
  let values: [Value]

  /// Reads a row's bytes; nil where they are none.
  ///
  /// Source: https://www.sqlite.org/fileformat2.html#record_format
  init?(rowID: Int64, _ bytes: [UInt8]) {
    var position = 0
    guard let size = Self.varint(bytes, &position), size <= bytes.count, size >= position else {
      return nil
    }
    let headerEnd = Int(size)
    var types: [Int64] = []
    while position < headerEnd {
      guard let type = Self.varint(bytes, &position), position <= headerEnd, types.count < 100
      else {
        return nil
      }
      types.append(type)
    }
    var values: [Value] = []
    for type in types {
      guard let value = Self.value(type, bytes, &position) else { return nil }
      values.append(value)
    }
    self.rowID = rowID
    self.values = values
  }

  private static func value(_ type: Int64, _ bytes: [UInt8], _ position: inout Int) -> Value? {
    switch type {
    case 0: return .null
    case 1...6:
      let size = [1, 2, 3, 4, 6, 8][Int(type) - 1]
      guard let piece = take(size, bytes, &position) else { return nil }
      var number: UInt64 = piece.first.map { $0 >= 0x80 ? .max : 0 } ?? 0
      for byte in piece { number = number << 8 | UInt64(byte) }
      return .integer(Int64(bitPattern: number))
    case 7:
      guard let piece = take(8, bytes, &position) else { return nil }
      return .real(Double(bitPattern: piece.reduce(0) { $0 << 8 | UInt64($1) }))
    case 8, 9: return .integer(type - 8)
    case 12...:
      let size = (type - 12) / 2
      guard size <= bytes.count, let piece = take(Int(size), bytes, &position) else { return nil }
      guard type % 2 == 1 else { return .blob(Array(piece)) }
      return String(validating: piece, as: UTF8.self).map { .text($0) }
    default: return nil
    }
  }

  private static func take(
    _ count: Int, _ bytes: [UInt8], _ position: inout Int
  ) -> ArraySlice<UInt8>? {
    guard count <= bytes.count - position else { return nil }
    defer { position += count }
    return bytes[position..<position + count]
  }

  /// A number of one to nine bytes; nil for one that is cut off or negative.
  ///
  /// Source: https://www.sqlite.org/fileformat2.html#varint
  static func varint(_ bytes: [UInt8], _ position: inout Int) -> Int64? {
    var value: UInt64 = 0
    for index in 0..<9 {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      if index == 8 {
        value = value << 8 | UInt64(byte)
      } else {
        value = value << 7 | UInt64(byte & 0x7F)
        if byte < 0x80 { break }
      }
    }
    return value <= UInt64(Int64.max) ? Int64(value) : nil
  }
}
