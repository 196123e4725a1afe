extension Child {
  /// Splits a command such as `$EDITOR` into words, as a shell would; nil if a quotation or an
  /// escape in it is unterminated.
  ///
  /// Quotes and backslashes work as in POSIX (2.2 Quoting). Nothing is expanded, and `;`, `|`, `$`
  /// and the like are ordinary characters, so that a value can only name a program and its
  /// arguments.
  package static func words(of command: String) -> [String]? {
    var words: [String] = []
    var word: String.UnicodeScalarView?
    var scalars = command.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      switch scalar {
      case " ", "\t", "\n":
        if let finished = word { words.append(String(finished)) }
        word = nil
        continue
      case "\\":
        guard let next = scalars.next() else { return nil }
        // "If a <newline> follows the <backslash>, the shell shall interpret this as line
        // continuation": both go.
        if next != "\n" { word = (word ?? .init()) + [next] }
      case "'":
        guard let quoted = singleQuoted(&scalars) else { return nil }
        word = (word ?? .init()) + quoted
      case "\"":
        guard let quoted = doubleQuoted(&scalars) else { return nil }
        word = (word ?? .init()) + quoted
      default:
        word = (word ?? .init()) + [scalar]
      }
    }
    if let finished = word { words.append(String(finished)) }
    return words
  }

  private static func singleQuoted(
    _ scalars: inout String.UnicodeScalarView.Iterator
  ) -> [Unicode.Scalar]? {
    var quoted: [Unicode.Scalar] = []
    while let scalar = scalars.next() {
      if scalar == "'" { return quoted }
      quoted.append(scalar)
    }
    return nil
  }

  /// "The <backslash> shall retain its special meaning ... only when followed by one of": `$`,
  /// `` ` ``, `"`, `\` and newline.
  private static func doubleQuoted(
    _ scalars: inout String.UnicodeScalarView.Iterator
  ) -> [Unicode.Scalar]? {
    var quoted: [Unicode.Scalar] = []
    while let scalar = scalars.next() {
      if scalar == "\"" { return quoted }
      guard scalar == "\\" else {
        quoted.append(scalar)
        continue
      }
      guard let next = scalars.next() else { return nil }
      switch next {
      case "\n": break
      case "$", "`", "\"", "\\": quoted.append(next)
      default: quoted += ["\\", next]
      }
    }
    return nil
  }
}
