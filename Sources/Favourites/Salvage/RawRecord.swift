/// A row as stored in a page.
struct RawRecord: Equatable {
  /// One value of a row.
  enum Value: Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
  }

  /// The row id, which is its id if the table has one.
  let rowID: Int64
  /// The bytes it was read from.
  let bytes: [UInt8]
  private(set) var values: [Value] = []
  /// The places of incomplete values: texts with invalid bytes, or values that were cut off.
  private(set) var mended: Set<Int> = []

  /// Parses a row's bytes; nil if they are not a row. If it is cut off, keeps what is there.
  ///
  /// Source: https://www.sqlite.org/fileformat2.html#record_format
  init?(rowID: Int64, _ bytes: [UInt8]) {
    self.rowID = rowID
    self.bytes = bytes
    var position = 0
    guard let size = Self.varint(bytes, &position), size <= bytes.count, size >= position else {
      return nil
    }
    let headerEnd = Int(size)
    var types: [Int64] = []
    while position < headerEnd {
      guard let type = Self.varint(bytes, &position), position <= headerEnd, types.count < 100
      else { return nil }
      types.append(type)
    }
    for (column, type) in types.enumerated() {
      guard let size = Self.size(type) else { return nil }
      let piece = bytes[position..<position + min(size, bytes.count - position)]
      position = piece.endIndex
      if piece.count < size { mended.insert(column) }
      values.append(value(type, piece, isWhole: piece.count == size, column))
    }
    // Bytes left over belong to a value whose stated length is too short.
    if position < bytes.count, !values.isEmpty { mended.insert(values.count - 1) }
  }

  /// The size in bytes of a value of a type; nil for an invalid type.
  private static func size(_ type: Int64) -> Int? {
    switch type {
    case 0, 8, 9: 0
    case 1...6: [1, 2, 3, 4, 6, 8][Int(type) - 1]
    case 7: 8
    case 12...: Int((type - 12) / 2)
    default: nil
    }
  }

  private mutating func value(
    _ type: Int64, _ piece: ArraySlice<UInt8>, isWhole: Bool, _ column: Int
  ) -> Value {
    switch type {
    case 1...6:
      guard isWhole else { return .null }
      var number: UInt64 = piece.first.map { $0 >= 0x80 ? .max : 0 } ?? 0
      for byte in piece { number = number << 8 | UInt64(byte) }
      return .integer(Int64(bitPattern: number))
    case 7:
      guard isWhole else { return .null }
      return .real(Double(bitPattern: piece.reduce(0) { $0 << 8 | UInt64($1) }))
    case 8, 9: return .integer(type - 8)
    case 12... where type % 2 == 0: return .blob(Array(piece))
    case 13...:
      if let text = String(validating: piece, as: UTF8.self), !piece.contains(0) {
        return .text(text)
      }
      mended.insert(column)
      return .text(String(decoding: piece.filter { $0 != 0 }, as: UTF8.self))
    default: return .null
    }
  }

  /// Reads a number of one to nine bytes; nil if it is cut off or negative.
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

extension RawRecord.Value {
  /// A whole number, if it is one.
  var integer: Int64? { if case .integer(let value) = self { value } else { nil } }

  /// A time, if it is a whole number: clamped to valid times.
  var time: Int64? { integer.map { Timestamp(milliseconds: $0).milliseconds } }

  /// A text, if it is one.
  var text: String? { if case .text(let value) = self { value } else { nil } }

  /// A uid, if it is one; all zeros do not count.
  var uid: UID? {
    guard case .blob(let value) = self, value.contains(where: { $0 != 0 }) else { return nil }
    return UID(bytes: value)
  }
}
