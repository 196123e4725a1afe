internal import Favourites

/// Categories as a tree for people, with the number of favourites in and below each, and a bar.
struct CategoryTree {
  private let rows: [Row]

  private struct Row {
    /// The lines that connect it to its parent: `│ └ `.
    let branch: String
    let name: String
    let count: Int64
    let note: String
  }

  /// - Parameter categories: in the order of the tree; those without a parent among them are not
  ///   indented.
  init(_ categories: [Category], bars: Bars) {
    var parents: [Int?] = []
    var open: [Int] = []
    for index in categories.indices {
      while let last = open.last,
        !categories[index].name.utf8.starts(with: (categories[last].name + "/").utf8)
      {
        open.removeLast()
      }
      parents.append(open.last)
      open.append(index)
    }
    let lastChildren = Dictionary(
      categories.indices.compactMap { index in parents[index].map { ($0, index) } }
    ) { $1 }
    func isLast(_ index: Int) -> Bool { parents[index].map { lastChildren[$0] == index } ?? true }
    let (through, corner, tee, nothing) =
      bars.isUTF8 ? ("│ ", "└ ", "├ ", "  ") : ("| ", "` ", "+ ", "  ")
    rows = categories.indices.map { index in
      var branch = parents[index] == nil ? "" : isLast(index) ? corner : tee
      var above = parents[index]
      while let place = above, parents[place] != nil {
        branch = (isLast(place) ? nothing : through) + branch
        above = parents[place]
      }
      let name = categories[index].name
      let own = parents[index].map {
        String(decoding: name.utf8.dropFirst(categories[$0].name.utf8.count + 1), as: UTF8.self)
      }
      return Row(
        branch: branch, name: Escaping.forTerminal(own ?? name), count: categories[index].total,
        note: Escaping.forTerminal(categories[index].note ?? ""))
    }
  }

  /// The drawing, for the width of the terminal.
  func drawing(width: Int, style: Style, bars: Bars) -> Drawing {
    let room = min(width, 120)
    let numbers = rows.map { Quantity.grouped($0.count) }
    let place = numbers.reduce(0) { max($0, $1.utf8.count) }
    let widest = rows.reduce(0) { max($0, TextWidth.of($1.branch + $1.name)) }
    let nameWidth = min(widest, max(8, (room - place - 3) * 2 / 3))
    let barWidth = max(0, min(20, room - nameWidth - place - 3))
    let largest = rows.reduce(0) { max($0, $1.count) }
    return Drawing(
      lines: rows.indices.map { index in
        let row = rows[index]
        let left = max(1, nameWidth - TextWidth.of(row.branch))
        let space = String(repeating: " ", count: place - numbers[index].utf8.count)
        let noteRoom = room - nameWidth - place - barWidth - 5
        let note = noteRoom >= 8 ? TextWidth.cut(row.note, to: noteRoom) : ""
        return Drawing.Line(row.branch, style.dim)
          .joined(
            Drawing.Line(TextWidth.cut(row.name, to: left), style.category),
            at: TextWidth.of(row.branch)
          )
          .joined(Drawing.Line(space + numbers[index]), at: nameWidth + 2)
          .joined(
            Drawing.Line(bars.bar(row.count, of: largest, width: barWidth), style.category),
            at: nameWidth + place + 3
          )
          .joined(Drawing.Line(note, style.dim), at: nameWidth + place + barWidth + 5)
      })
  }
}
