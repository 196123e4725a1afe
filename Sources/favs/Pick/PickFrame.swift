/// The contents of the picker's lines, and the position of its cursor, which is on the first line.
struct PickFrame: Equatable, Sendable {
  /// The lines from top to bottom, each no wider than the screen; styled, and safe to print.
  var lines: [String]
  /// The column of the cursor, from 0.
  var cursor: Int

  /// The text that turns the old frame into this one: it rewrites only lines that differ.
  ///
  /// The cursor is on the first line before and after. Meanwhile it is hidden, and the terminal is
  /// asked to show the whole frame at once
  /// (https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036).
  func drawn(over old: PickFrame?) -> String {
    var text = ""
    var row = 0
    for (index, line) in lines.enumerated() {
      if let old, old.lines.count == lines.count, old.lines[index].utf8.elementsEqual(line.utf8) {
        continue
      }
      if index > row { text += "\u{1B}[\(index - row)B" }
      row = index
      // Cleared before it is written: clearing behind a full line would erase its last letter.
      text += "\r\u{1B}[2K" + line
    }
    if text.isEmpty, old?.cursor == cursor { return "" }
    if row > 0 { text += "\u{1B}[\(row)A" }
    return "\u{1B}[?2026h\u{1B}[?25l" + text + "\u{1B}[\(cursor + 1)G\u{1B}[?25h\u{1B}[?2026l"
  }
}
