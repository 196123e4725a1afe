/// What stands on the lines that a picker has, and where the cursor is: on the first of them.
struct PickFrame: Equatable, Sendable {
  /// The lines from above, each no wider than the screen; dressed, and safe to be written.
  var lines: [String]
  /// The column of the cursor, from 0 on.
  var cursor: Int

  /// What turns one frame into another: only lines that differ are written.
  ///
  /// The cursor stands on the first line before and afterwards. It is hidden meanwhile, and the terminal is asked to
  /// show all of it at once (https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036).
  func drawn(over old: PickFrame?) -> String {
    var text = ""
    var row = 0
    for (index, line) in lines.enumerated() {
      if let old, old.lines.count == lines.count, old.lines[index].utf8.elementsEqual(line.utf8) {
        continue
      }
      if index > row { text += "\u{1B}[\(index - row)B" }
      row = index
      // Cleared before it is written: behind a full line, what is cleared is its last letter.
      text += "\r\u{1B}[2K" + line
    }
    if text.isEmpty, old?.cursor == cursor { return "" }
    if row > 0 { text += "\u{1B}[\(row)A" }
    return "\u{1B}[?2026h\u{1B}[?25l" + text + "\u{1B}[\(cursor + 1)G\u{1B}[?25h\u{1B}[?2026l"
  }
}
