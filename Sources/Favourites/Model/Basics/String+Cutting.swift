extension String {
  /// The longest beginning with at most this many bytes that does not split a character.
  package func cut(toBytes count: Int) -> String {
    var cut = String(decoding: utf8.prefix(count), as: UTF8.self)
    while cut.hasSuffix("\u{FFFD}") { cut.removeLast() }
    return cut
  }
}
