internal import Favourites

extension PropertyList {
  /// The first bytes of the binary form.
  static let magic = Array("bplist0".utf8)

  /// Parses the binary form.
  ///
  /// Source: Core Foundation, `CFBinaryPList.c`, "Binary Plist format".
  init(binary bytes: [UInt8]) throws(ExchangeError) {
    var reader = try BinaryPropertyList(bytes)
    self = try reader.top()
  }
}

/// The binary form: objects that refer to each other by number, and a table of their positions.
///
/// Several objects may contain the same one, so that a small file could expand beyond all memory.
/// Limits the objects visited to the number of references that fit into the file, and the text to
/// the size of a file.
private struct BinaryPropertyList {
  private let bytes: [UInt8]
  private let offsetSize: Int
  private let referenceSize: Int
  private let count: Int
  private let table: Int
  private let topObject: Int
  private var visits = 0
  private var textSize = 0
  /// The texts read so far: keys occur in many dictionaries.
  private var texts: [Int: String] = [:]

  private static let trailerSize = 32

  init(_ bytes: [UInt8]) throws(ExchangeError) {
    self.bytes = bytes
    let end = bytes.count - Self.trailerSize
    guard bytes.starts(with: PropertyList.magic), end >= 8 else { throw Self.broken }
    func number(_ start: Int) -> Int {
      Int(clamping: bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
    offsetSize = Int(bytes[end + 6])
    referenceSize = Int(bytes[end + 7])
    count = number(end + 8)
    topObject = number(end + 16)
    table = number(end + 24)
    guard (1...8).contains(offsetSize), (1...8).contains(referenceSize), count > 0,
      topObject < count, table >= 8, table <= end, count <= (end - table) / offsetSize
    else { throw Self.broken }
  }

  mutating func top() throws(ExchangeError) -> PropertyList { try object(topObject, depth: 0) }

  private static let broken = ExchangeError.malformed(
    nil, "a damaged or truncated property list")

  private mutating func object(_ number: Int, depth: Int) throws(ExchangeError) -> PropertyList {
    guard depth < PropertyList.deepest else {
      throw .malformed(nil, "values nested deeper than \(PropertyList.deepest)")
    }
    visits += 1
    guard visits <= bytes.count else {
      throw .malformed(nil, "values that contain themselves")
    }
    guard number < count else { throw Self.broken }
    let start = Int(clamping: try unsigned(at: table + number * offsetSize, offsetSize))
    guard start >= 8, start < table else { throw Self.broken }
    let marker = bytes[start]
    switch marker >> 4 {
    case 0x0:
      switch marker {
      case 0x08: return .bool(false)
      case 0x09: return .bool(true)
      default: return .other
      }
    case 0x1:
      let size = 1 << Int(marker & 0xF)
      guard size <= 16 else { throw Self.broken }
      // Of sixteen bytes, the lower eight are used.
      let value = try unsigned(at: start + 1 + max(0, size - 8), min(size, 8))
      return .integer(Int64(bitPattern: value))
    case 0x2: return .real(try real(at: start + 1, 1 << Int(marker & 0xF)))
    case 0x3:
      return PropertyList.date(secondsSince2001: try real(at: start + 1, 8)).map { .date($0) }
        ?? .other
    case 0x4, 0x8: return .other
    case 0x5, 0x6, 0x7: return .string(try text(number, at: start))
    case 0xA, 0xB, 0xC:
      let (size, first) = try size(at: start)
      var elements: [PropertyList] = []
      for reference in try references(at: first, size) {
        elements.append(try object(reference, depth: depth + 1))
      }
      return .array(elements)
    case 0xD:
      let (size, first) = try size(at: start)
      let keys = try references(at: first, size)
      let values = try references(at: first + size * referenceSize, size)
      var dictionary: [String: PropertyList] = [:]
      for (key, value) in zip(keys, values) {
        guard case .string(let name) = try object(key, depth: depth + 1) else { throw Self.broken }
        dictionary[name] = try object(value, depth: depth + 1)
      }
      return .dictionary(dictionary)
    default: throw Self.broken
    }
  }

  /// The text of an object, in ASCII, UTF-16 or UTF-8.
  private mutating func text(_ number: Int, at start: Int) throws(ExchangeError) -> String {
    if let text = texts[number] {
      try take(text.utf8.count)
      return text
    }
    let (size, first) = try size(at: start)
    let isWide = bytes[start] >> 4 == 0x6
    let length = isWide ? size * 2 : size
    guard length <= table - first else { throw Self.broken }
    let piece = bytes[first..<first + length]
    let text: String
    if isWide {
      let units = stride(from: piece.startIndex, to: piece.endIndex, by: 2).map {
        UInt16(piece[$0]) << 8 | UInt16(piece[$0 + 1])
      }
      text = String(decoding: units, as: UTF16.self)
    } else {
      text = String(decoding: piece, as: UTF8.self)
    }
    try take(text.utf8.count)
    texts[number] = text
    return text
  }

  private mutating func take(_ size: Int) throws(ExchangeError) {
    textSize += size
    guard textSize <= ForeignFile.largestWhole else {
      throw .tooLarge("more than \(ForeignFile.largestWhole >> 20) MiB of text")
    }
  }

  /// The number of elements, characters or bytes in an object, and their position.
  private func size(at start: Int) throws(ExchangeError) -> (Int, first: Int) {
    let low = Int(bytes[start] & 0xF)
    guard low == 0xF else { return (low, start + 1) }
    guard start + 1 < table, bytes[start + 1] >> 4 == 0x1, bytes[start + 1] & 0xF <= 3 else {
      throw Self.broken
    }
    let width = 1 << Int(bytes[start + 1] & 0xF)
    let size = try unsigned(at: start + 2, width)
    // Each of them takes at least one byte.
    guard size <= UInt64(table) else { throw Self.broken }
    return (Int(size), start + 2 + width)
  }

  private func references(at start: Int, _ size: Int) throws(ExchangeError) -> [Int] {
    guard start <= table, size <= (table - start) / referenceSize else { throw Self.broken }
    var references: [Int] = []
    for index in 0..<size {
      let number = try unsigned(at: start + index * referenceSize, referenceSize)
      references.append(Int(clamping: number))
    }
    return references
  }

  private func unsigned(at start: Int, _ size: Int) throws(ExchangeError) -> UInt64 {
    guard start >= 0, start <= bytes.count - size else { throw Self.broken }
    return bytes[start..<start + size].reduce(0) { $0 << 8 | UInt64($1) }
  }

  private func real(at start: Int, _ size: Int) throws(ExchangeError) -> Double {
    let bits = try unsigned(at: start, size == 4 ? 4 : 8)
    return size == 4
      ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
  }
}
