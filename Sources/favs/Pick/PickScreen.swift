internal import Favourites

/// Turns the picker's state into lines of text. Does no output.
struct PickScreen {
  let state: PickState
  let layout: PickLayout
  let palette: PickPalette
  let now: Timestamp
  /// What Enter does, in one word.
  let action: String

  /// The whole frame.
  var frame: PickFrame {
    // Where nothing would be legible, draws nothing.
    guard layout.columns >= Self.fewestColumns else {
      return PickFrame(lines: [""], cursor: 0)
    }
    let (prompt, cursor) = prompt
    let below = layout.hasFooter ? footer : []
    let above = [prompt] + (state.isHelpShown ? help : middle)
    let lines = above.prefix(max(1, layout.rows - below.count)) + below
    return PickFrame(lines: Array(lines), cursor: cursor)
  }

  /// Fewer columns leave no room for any text.
  private static let fewestColumns = 8

  // MARK: The line that is typed in

  private var prompt: (line: String, cursor: Int) {
    let width = layout.columns
    let scope = palette.cut(
      state.scope.map { palette.text($0) + "/ " } ?? "", to: max(0, width / 3))
    let head = TextWidth.of(scope) + 2
    let count = tally
    // The query needs some room, whatever else is shown.
    let countWidth = TextWidth.of(count) + 2
    let hasCount = head + countWidth + 8 <= width
    let room = max(1, width - head - (hasCount ? countWidth : 1))
    let (shown, cursor) = window(of: state.line, room)
    var line = palette.category(scope) + "> " + shown
    if hasCount {
      let gap = width - head - TextWidth.of(shown) - TextWidth.of(count)
      line += String(repeating: " ", count: max(1, gap)) + palette.dim(count)
    }
    return (line, min(head + cursor, max(0, width - 1)))
  }

  /// The numbers of marked favourites, of hits, and of all favourites.
  private var tally: String {
    var parts: [String] = []
    if !state.marked.isEmpty { parts.append("\(state.marked.count) marked") }
    let total = grouped(state.total)
    if let count = state.count {
      parts.append("\(grouped(count))\(state.isCountBound ? "+" : "") / \(total)")
    } else if !state.isSearching {
      parts.append("\(grouped(Int64(state.rows.count)))+ / \(total)")
    }
    return parts.joined(separator: " \(palette.dot) ")
  }

  /// The part of the line around the cursor that fits, and the cursor's position in it.
  private func window(of line: InputLine, _ width: Int) -> (String, cursor: Int) {
    let shown = line.characters.map { palette.text(String($0)) }
    let widths = shown.map(TextWidth.of)
    var start = 0
    var used = widths[..<line.cursor].reduce(0, +)
    while used >= width, start < line.cursor {
      used -= widths[start]
      start += 1
    }
    var text = ""
    var columns = 0
    for place in start..<shown.count {
      guard columns + widths[place] <= width else { break }
      text += shown[place]
      columns += widths[place]
    }
    return (text, used)
  }

  // MARK: The list

  private var middle: [String] {
    var lines = (0..<layout.listHeight).map { line($0) }
    switch layout.preview {
    case .none: return lines
    case .beside(let width):
      let preview = preview(width: width, height: lines.count)
      for index in lines.indices {
        let text = index < preview.count ? preview[index] : ""
        lines[index] = joined(
          lines[index], palette.dim(palette.wall) + (text.isEmpty ? "" : " " + text),
          at: layout.listWidth)
      }
    case .below(let height):
      lines.append(palette.dim(String(repeating: palette.floor, count: layout.columns)))
      let preview = preview(width: layout.columns - 4, height: height - 1)
      for index in 0..<(height - 1) {
        lines.append(index < preview.count && !preview[index].isEmpty ? "  " + preview[index] : "")
      }
    }
    return lines
  }

  /// One line of the list.
  private func line(_ offset: Int) -> String {
    let index = state.top + offset
    guard state.rows.indices.contains(index) else { return offset == 0 ? emptiness : "" }
    let row = state.rows[index]
    let isChosen = index == state.index
    let width = layout.listWidth - 1
    let category = palette.text(row.category)
    let categoryWidth = width < 40 ? 0 : min(widestCategory, width / 3)
    let titleWidth = max(1, width - 2 - (categoryWidth > 0 ? categoryWidth + 2 : 0))
    let pointer = isChosen ? palette.category(palette.pointer) : " "
    let mark = state.marked.contains(row.id) ? palette.mark : " "
    let title = title(row, titleWidth, isChosen: isChosen)
    guard categoryWidth > 0 else { return pointer + mark + title }
    return joined(
      pointer + mark + title, palette.category(palette.cut(category, to: categoryWidth)),
      at: 2 + titleWidth + 2)
  }

  private func title(_ row: Glance, _ width: Int, isChosen: Bool) -> String {
    let shown = palette.text(row.title)
    // Escaping characters shifts the positions of the marks.
    let isSame = shown.unicodeScalars.count == row.title.unicodeScalars.count
    let cut = palette.cut(shown, to: width)
    let hits = isSame ? row.hits : []
    return hits.isEmpty && isChosen ? palette.bold(cut) : palette.marked(cut, hits)
  }

  /// The width of the widest visible category.
  private var widestCategory: Int {
    state.rows[min(state.top, state.rows.count)...].prefix(layout.listHeight).reduce(0) {
      max($0, TextWidth.of(palette.text($1.category)))
    }
  }

  /// The text shown instead of an empty list.
  private var emptiness: String {
    guard state.rows.isEmpty else { return "" }
    let text =
      state.isSearching
      ? "searching" : state.total == 0 ? "no favourites yet: favs add keeps one" : "no matches"
    return "  " + palette.dim(palette.cut(text, to: layout.listWidth - 3))
  }

  /// Two texts, the second at a column. If terminals may disagree about the width of the first,
  /// moves the cursor to that column explicitly.
  private func joined(_ first: String, _ second: String, at column: Int) -> String {
    let gap = max(0, column - Self.width(ofDressed: first))
    let text = first + String(repeating: " ", count: gap)
    let isPlain = first.utf8.allSatisfy { $0 < 0x80 }
    return text + (isPlain ? "" : "\u{1B}[\(column + 1)G") + second
  }

  /// The width in columns of a text with our escape sequences, each of which ends with a letter.
  static func width(ofDressed text: String) -> Int {
    var plain = String.UnicodeScalarView()
    var isEscape = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1B}" {
        isEscape = true
      } else if isEscape {
        isEscape = !scalar.properties.isAlphabetic
      } else {
        plain.append(scalar)
      }
    }
    return TextWidth.of(String(plain))
  }

  // MARK: The last line

  /// The last line, or more for an error: all of it must be readable, and it covers the list only
  /// until the next key.
  private var footer: [String] {
    guard let message = state.message, message.isError else { return [lastLine] }
    let text = palette.text(message.whole)
    return wrapped(text, layout.columns - 2, most: layout.rows - 1).map { palette.error(" " + $0) }
  }

  private var lastLine: String {
    let width = layout.columns - 1
    if let message = state.message {
      return palette.cut(" " + palette.text(message.text), to: width)
    }
    if let page = state.helpPage, state.helpPages > 1 {
      let next = page + 1 < state.helpPages ? "? more keys" : "? the list"
      return palette.dim(palette.cut(" " + next, to: width))
    }
    if let note = state.note {
      return palette.dim(palette.cut(" " + palette.text(note), to: width))
    }
    var parts = [
      "\(palette.enter) \(action)", "^O open", "^E edit", "^Y copy", "^D trash", "^Z undo",
      "^T category", "Tab mark",
    ]
    let separator = " \(palette.dot) "
    // The key that shows the others is kept for as long as anything fits.
    while !parts.isEmpty,
      TextWidth.of((parts + ["? keys"]).joined(separator: separator)) + 1 > width
    {
      parts.removeLast()
    }
    return palette.dim(
      palette.cut(" " + (parts + ["? keys"]).joined(separator: separator), to: width))
  }

  /// The width of a column of key bindings.
  private static let helpWidth = 38

  /// The number of key bindings that a page holds, in as many columns as fit.
  private static func helpCount(_ layout: PickLayout) -> Int {
    max(1, layout.middle) * max(1, layout.columns / helpWidth)
  }

  /// The number of pages that the key bindings take.
  static func helpPages(_ layout: PickLayout) -> Int {
    guard layout.middle > 0 else { return 1 }
    return (keys("").count + helpCount(layout) - 1) / helpCount(layout)
  }

  /// One page of the key bindings.
  private var help: [String] {
    let width = Self.helpWidth
    let height = max(1, layout.middle)
    let start = min(state.helpPage ?? 0, Self.helpPages(layout) - 1) * Self.helpCount(layout)
    let keys = Array(Self.keys(action).dropFirst(start).prefix(Self.helpCount(layout)))
    let columns = max(1, min(layout.columns / width, (keys.count + height - 1) / height))
    let perColumn = (keys.count + columns - 1) / columns
    return (0..<height).map { row in
      var line = ""
      for column in 0..<columns {
        let index = column * perColumn + row
        guard row < perColumn, index < keys.count else { continue }
        let name = TextWidth.padded(keys[index].key, to: 12)
        line =
          TextWidth.padded(line, to: column * width) + " " + name + keys[index].meaning
      }
      return palette.cut(line, to: layout.columns - 1)
    }
  }

  static func keys(_ action: String) -> [(key: String, meaning: String)] {
    [
      ("Enter", "\(action) what is chosen"), ("Tab", "mark it, and go on"),
      ("Up, Down", "choose another"), ("PgUp, PgDn", "a page up or down"),
      ("Ctrl-O", "open it"), ("Ctrl-E", "edit it"), ("Ctrl-Y", "copy its link"),
      ("Ctrl-D", "move it to the trash"), ("Ctrl-Z", "undo the last change"),
      ("Ctrl-R", "redo it"), ("Alt-Up", "move it up in its category"),
      ("Alt-Down", "move it down"), ("Ctrl-T", "only its category, or all again"),
      ("Ctrl-W", "delete a word"), ("Ctrl-U", "delete the line"),
      ("Esc, Ctrl-C", "leave without a choice"),
    ]
  }

  private func grouped(_ number: Int64) -> String {
    var digits = Array(String(number).utf8)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(UInt8(ascii: ","), at: place)
      place -= 3
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
