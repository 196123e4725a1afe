extension String {
  /// Its beginning, of so many bytes at most: no character is cut in two.
  package func cut(toBytes count: Int) -> String {
    var cut = String(decoding: utf8.prefix(count), as: UTF8.self)
    while cut.hasSuffix("\u{FFFD}") { cut.removeLast() }
    return cut
  }
}
