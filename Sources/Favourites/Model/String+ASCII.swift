extension String {
  /// Whether it is of printable ASCII, with no space at its ends, and neither empty nor longer than so many bytes.
  package func isPlainASCII(atMost limit: Int) -> Bool {
    guard let first = utf8.first, let last = utf8.last, first != 0x20, last != 0x20,
      utf8.count <= limit
    else { return false }
    return utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}
