internal import Host

/// Converts text from another encoding to UTF-8, in pieces.
struct TextDecoder {
  /// A decoded piece.
  struct Piece {
    var text: [UInt8] = []
    /// The positions in the text at which U+FFFD replaces something invalid.
    var flaws: [Int] = []

    init() {}

    fileprivate mutating func append(_ scalar: Unicode.Scalar?) {
      guard let scalar, scalar.value != 0 else { return appendFlaw() }
      if scalar.isASCII {
        text.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        text += Unicode.UTF8.encode(scalar).map(Array.init) ?? []
      }
    }

    fileprivate mutating func appendFlaw() {
      flaws.append(text.count)
      text += [0xEF, 0xBF, 0xBD]
    }
  }

  private let encoding: TextEncoding
  /// The bytes of an incomplete character.
  private var rest: [UInt8] = []
  private var isAtBeginning = true

  init(_ encoding: TextEncoding) {
    self.encoding = encoding
  }

  /// Decodes the next bytes.
  mutating func decode(_ bytes: [UInt8], isLast: Bool) -> Piece {
    var piece = Piece()
    switch encoding {
    case .utf16(let isBigEndian):
      decodeWide(bytes, width: 2, isBigEndian, isLast: isLast, into: &piece)
    case .utf32(let isBigEndian):
      decodeWide(bytes, width: 4, isBigEndian, isLast: isLast, into: &piece)
    case .singleByte(let table):
      piece.text.reserveCapacity(bytes.count * 2)
      for byte in bytes {
        if byte < 0x80 {
          piece.append(Unicode.Scalar(byte))
        } else {
          let value = table[Int(byte) - 0x80]
          piece.append(value == 0xFFFD ? nil : Unicode.Scalar(value))
        }
      }
    case .utf8, .foreign: piece.text = bytes
    }
    return piece
  }

  private mutating func decodeWide(
    _ bytes: [UInt8], width: Int, _ isBigEndian: Bool, isLast: Bool, into piece: inout Piece
  ) {
    let bytes = rest + bytes
    rest = []
    var index = 0
    func unit(_ start: Int) -> UInt32 {
      bytes[start..<start + width].enumerated().reduce(0) { sum, next in
        sum | UInt32(next.element)
          << UInt32(8 * (isBigEndian ? width - 1 - next.offset : next.offset))
      }
    }
    while index + width <= bytes.count {
      let first = unit(index)
      var scalar = Unicode.Scalar(first)
      var length = width
      if width == 2, (0xD800..<0xDC00).contains(first) {
        guard index + 4 <= bytes.count || isLast else { break }
        if index + 4 <= bytes.count {
          let second = unit(index + 2)
          if (0xDC00..<0xE000).contains(second) {
            scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            length = 4
          }
        }
      }
      if !isAtBeginning || scalar != "\u{FEFF}" { piece.append(scalar) }
      isAtBeginning = false
      index += length
    }
    guard index < bytes.count else { return }
    if isLast { piece.appendFlaw() } else { rest = Array(bytes[index...]) }
  }
}

extension TextDecoder.Piece {
  /// A piece of UTF-8 with U+FFFD in place of invalid bytes and of NUL.
  ///
  /// "A conformant […] replaces each maximal subpart of an ill-formed subsequence" (Unicode, 3.9),
  /// as browsers do.
  init(repairing bytes: ArraySlice<UInt8>) {
    self.init()
    text.reserveCapacity(bytes.count + 64)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      // Usually everything is valid, and is copied in one step.
      let rest = bytes[index...]
      let right = UTF8Check.firstInvalidOffset(in: rest) ?? rest.count
      let end = rest.prefix(right).firstIndex(of: 0) ?? index + right
      text += bytes[index..<end]
      index = end
      guard index < bytes.endIndex else { break }
      let length = Self.length(of: bytes[index...])
      if length > 0 {
        text += bytes[index..<index + length]
        index += length
      } else {
        appendFlaw()
        index -= length
      }
    }
  }

  /// The length of the first character in bytes; negative for an invalid sequence.
  private static func length(of bytes: ArraySlice<UInt8>) -> Int {
    let first = bytes[bytes.startIndex]
    guard first != 0, let (length, second) = UTF8Check.shape(ofFirst: first) else { return -1 }
    for (offset, byte) in bytes.prefix(length).enumerated().dropFirst() {
      let isRight = offset == 1 ? second.contains(byte) : byte & 0xC0 == 0x80
      guard isRight else { return -offset }
    }
    return bytes.count >= length ? length : -bytes.count
  }
}
