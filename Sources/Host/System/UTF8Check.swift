/// Checks bytes for UTF-8.
package enum UTF8Check {
  /// The offset of the first byte that does not belong to a valid character; nil if all do.
  ///
  /// Strict like RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. A truncated or
  /// invalid sequence is reported at its first byte.
  package static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
    unsafe bytes.withUnsafeBytes { unsafe firstInvalidOffset(in: $0) }
  }

  /// Like the other `firstInvalidOffset`, for part of an array, counted from the beginning of the
  /// part.
  package static func firstInvalidOffset(in bytes: ArraySlice<UInt8>) -> Int? {
    unsafe bytes.withUnsafeBytes { unsafe firstInvalidOffset(in: $0) }
  }

  private static func firstInvalidOffset(in bytes: UnsafeRawBufferPointer) -> Int? {
    let end = bytes.count
    var index = 0
    while index < end {
      // Eight plain ASCII bytes at a time.
      while index + 8 <= end {
        let eight = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        guard eight & 0x8080_8080_8080_8080 == 0 else { break }
        index += 8
      }
      guard index < end else { break }
      guard let length = unsafe lengthOfSequence(in: bytes, at: index) else { return index }
      index += length
    }
    return nil
  }

  /// The length in bytes of a character that begins with this byte, and the range of its second
  /// byte; nil if no character begins with it.
  ///
  /// Table 3-7 of the Unicode Standard, "Well-Formed UTF-8 Byte Sequences".
  package static func shape(
    ofFirst byte: UInt8
  ) -> (length: Int, second: ClosedRange<UInt8>)? {
    switch byte {
    case 0x00...0x7F: (1, 0x80...0xBF)
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xE1...0xEF: (3, 0x80...0xBF)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    default: nil
    }
  }

  private static func lengthOfSequence(in bytes: UnsafeRawBufferPointer, at index: Int) -> Int? {
    guard let (length, second) = shape(ofFirst: unsafe bytes[index]) else { return nil }
    if length == 1 { return 1 }
    guard index + length <= bytes.count, unsafe second.contains(bytes[index + 1]) else {
      return nil
    }
    for place in index + 2..<max(index + length, index + 2) {
      guard unsafe bytes[place] & 0xC0 == 0x80 else { return nil }
    }
    return length
  }
}
