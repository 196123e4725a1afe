internal import Favourites
internal import Host

/// Rows in aligned columns, fitted to the width of the terminal.
struct Table {
  /// One column.
  struct Column {
    let title: String
    /// Whether it contains numbers, which are aligned to the right.
    var isNumber = false
    /// Whether its text may be cut.
    var isFlexible = false
    /// The width that it keeps for as long as another column can shrink.
    var least = 8
  }

  /// A cell: its text, and the URL that the text shows.
  struct Cell {
    let text: String
    var url: String?
    /// The highlighted parts, in characters.
    var marks: [Range<Int>] = []
    /// The style of the parts that are not highlighted.
    var tone = Style.Tone.plain
  }

  let columns: [Column]
  var rows: [[Cell]] = []

  init(_ columns: [Column]) {
    self.columns = columns
  }

  /// The heading and the lines, without line feeds.
  func lines(width: Int, style: Style) -> (heading: String, rows: [String]) {
    let widths = widths(within: width)
    let heading = line(columns.map { Cell(text: $0.title) }, widths) { text, _ in style.bold(text) }
    let lines = rows.map { cells in
      line(cells, widths) { text, cell in
        cell.marks.isEmpty
          ? style.link(style.toned(text, cell.tone), to: cell.url)
          : style.marked(text, cell.marks)
      }
    }
    return (heading, lines)
  }

  private func line(
    _ cells: [Cell], _ widths: [Int], _ dressed: (String, Cell) -> String
  ) -> String {
    var parts: [String] = []
    for (index, cell) in cells.enumerated() {
      let text = TextWidth.cut(cell.text, to: widths[index])
      let space = String(repeating: " ", count: widths[index] - TextWidth.of(text))
      let shown = text.isEmpty ? text : dressed(text, cell)
      parts.append(columns[index].isNumber ? space + shown : shown + space)
    }
    var line = parts.joined(separator: "  ")
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }

  /// Makes each column as wide as its widest cell; if that is too much, shrinks the widest flexible
  /// ones.
  private func widths(within width: Int) -> [Int] {
    var widths = columns.indices.map { index in
      rows.reduce(TextWidth.of(columns[index].title)) { max($0, TextWidth.of($1[index].text)) }
    }
    var excess = widths.reduce(0, +) + 2 * (columns.count - 1) - width
    for least in [columns.map(\.least), columns.map { _ in 8 }] {
      while excess > 0 {
        let flexible = columns.indices.filter {
          columns[$0].isFlexible && widths[$0] > least[$0]
        }
        guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
        excess -= 1
      }
    }
    return widths
  }
}

extension Context {
  /// Prints a table with its heading; nothing if it has no rows.
  mutating func print(_ table: Table) throws(Failure) {
    guard !table.rows.isEmpty else { return }
    let (heading, lines) = table.lines(width: Terminal.width(), style: output.style)
    try output.note(laidOut: heading)
    try output.show(lines.joined(separator: "\n") + "\n")
  }
}
