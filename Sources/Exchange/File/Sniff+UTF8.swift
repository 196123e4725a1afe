internal import Host

extension Sniff {
  /// The kind of file, if it is neither text nor readable otherwise.
  package var binary: BinaryFile? { BinaryFile(bytes) }

  /// The position of the first byte in the beginning of the file that is not UTF-8; nil if there is
  /// none.
  package var invalidLocation: Location? {
    guard let offset = UTF8Check.firstInvalidOffset(in: bytes) else { return nil }
    // A character cut at the end of the inspected part is not an error.
    guard bytes.count < ForeignFile.prefixSize || bytes.count - offset >= 4 else { return nil }
    var (line, column) = (1, 1)
    for byte in bytes[..<offset] {
      if byte == 0x0A {
        (line, column) = (line + 1, 1)
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return Location(line: line, column: column)
  }
}
