internal import Host

extension Sniff {
  /// What the file is, where it is no text and nothing that can be read.
  package var binary: BinaryFile? { BinaryFile(bytes) }

  /// Where the beginning of the file stops being UTF-8; nil where it is, as far as it was looked at.
  package var invalidPlace: Place? {
    guard let offset = UTF8Check.firstInvalidOffset(in: bytes) else { return nil }
    // A character that goes on behind what was looked at is not wrong.
    guard bytes.count < ForeignFile.prefixSize || bytes.count - offset >= 4 else { return nil }
    var (line, column) = (1, 1)
    for byte in bytes[..<offset] {
      if byte == 0x0A {
        (line, column) = (line + 1, 1)
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return Place(line: line, column: column)
  }
}
