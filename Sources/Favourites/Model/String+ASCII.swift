extension String {
  /// Whether it is printable ASCII without a space at either end, of 1 to `limit` bytes.
  package func isPlainASCII(atMost limit: Int) -> Bool {
    guard let first = utf8.first, let last = utf8.last, first != 0x20, last != 0x20,
      utf8.count <= limit
    else { return false }
    return utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}
