internal import Favourites

/// Statistics for people: one list below the other, or two side by side if they fit.
struct StatisticsSketch {
  /// The width of the terminal, in columns.
  let width: Int
  let style: Style
  let bars: Bars

  /// The number of categories and tags to show.
  private static let longest = 8
  /// The width from which two lists are placed side by side, in columns.
  private static let wide = 72
  /// The largest width to use, in columns.
  private static let widest = 120

  private var room: Int { min(width, Self.widest) }

  /// All statistics.
  func drawing(_ statistics: Statistics, _ surroundings: Stats.Surroundings?) -> Drawing {
    var drawing = Drawing(lines: summary(statistics, surroundings))
    guard statistics.favourites > 0 else { return drawing }
    drawing.lines.append(Drawing.Line(""))
    drawing.lines += growth(statistics).lines
    drawing.lines.append(Drawing.Line(""))
    let categories = statistics.categories.sorted { $0.total > $1.total }
      .map { FacetCount(value: $0.name, count: $0.total) }
    let pairs: [[(String, [FacetCount])]] = [
      [("Categories", categories), ("Tags", statistics.tags)]
    ]
    for pair in pairs { drawing.lines += beside(pair.filter { !$0.1.isEmpty }).lines }
    drawing.lines.append(Drawing.Line(""))
    drawing.lines += opened(statistics).lines
    let links = statistics.links.map { "\($0.value) \(Quantity.grouped($0.count))" }
    drawing.lines += row("Links", links)
    let parts = (surroundings?.parts ?? []).filter { $0.size > 0 }
    drawing.lines += row(
      "File", parts.map { "\($0.kind.rawValue) \(Quantity.bytes($0.size))" })
    return drawing
  }

  /// The counts by one key, with a bar for each.
  func drawing(_ counts: [FacetCount]) -> Drawing {
    Drawing(lines: bars(counts, width: room))
  }

  // MARK: Parts

  private func summary(
    _ statistics: Statistics, _ surroundings: Stats.Surroundings?
  ) -> [Drawing.Line] {
    var parts = [
      Quantity.counted(statistics.favourites, "favourite", "favourites"),
      Quantity.counted(Int64(statistics.categories.count), "category", "categories"),
      Quantity.counted(Int64(statistics.tags.count), "tag", "tags"),
    ]
    if let found = surroundings {
      if found.database > 0 { parts.append(Quantity.bytes(found.database)) }
      if let bytes = found.backups, bytes > 0 {
        parts.append("\(Quantity.bytes(bytes)) of backups")
      }
      var trash = "\(Quantity.grouped(found.trashed)) in the trash"
      if let expired = found.expired, let keep = found.keep, expired > 0 {
        trash += ", \(Quantity.grouped(expired)) for over \(keep)"
      }
      parts.append(trash)
    }
    return Self.lines(parts, width: room).map { Drawing.Line($0, style.bold) }
  }

  private func growth(_ statistics: Statistics) -> Drawing {
    let months = statistics.months
    let each = max(1, (room - months.count) / max(1, months.count))
    let shown = min(each, 4)
    let total = months.count * (shown + 1) - 1
    var title = Drawing.Line("Added per month", style.bold)
    let most = months.max { $0.count < $1.count }
    if let most, most.count > 0 {
      let text = "most: \(Quantity.grouped(most.count)) in \(Self.name(of: most.month))"
      title = title.joined(
        Drawing.Line(text, style.dim), at: max(title.width + 2, total - TextWidth.of(text)))
    }
    var drawing = Drawing(lines: [title])
    let lines = bars.columns(months.map(\.count), height: 4, width: shown)
    drawing.lines += lines.map { Drawing.Line($0, style.category) }
    if let first = months.first, let last = months.last {
      let end = Self.name(of: last.month)
      drawing.lines.append(
        Drawing.Line(Self.name(of: first.month), style.dim).joined(
          Drawing.Line(end, style.dim), at: total - TextWidth.of(end)))
    }
    return drawing
  }

  /// A name with some parts behind it; nothing without parts.
  private func row(_ name: String, _ parts: [String]) -> [Drawing.Line] {
    Self.lines(parts, width: room - 8).enumerated().map { index, line in
      Drawing.Line(index == 0 ? name : "", style.bold).joined(Drawing.Line(line), at: 8)
    }
  }

  /// Some parts with dots between them, on as few lines as they fit on.
  private static func lines(_ parts: [String], width: Int) -> [String] {
    var lines: [String] = []
    for part in parts {
      let longer = lines.last.map { "\($0) · \(part)" }
      if let longer, TextWidth.of(longer) <= width {
        lines[lines.count - 1] = longer
      } else {
        lines.append(part)
      }
    }
    return lines
  }

  private func opened(_ statistics: Statistics) -> Drawing {
    let opened = statistics.opened
    let counts = [
      ("today", opened.today), ("this week", opened.week), ("ever", opened.ever),
      ("never", statistics.neverOpened),
    ]
    let text = counts.map { "\($0.0) \(Quantity.grouped($0.1))" }.joined(separator: " · ")
    var drawing = Drawing(lines: [
      Drawing.Line("Opened", style.bold).joined(Drawing.Line(text), at: 8)
    ])
    guard !statistics.mostUsed.isEmpty else { return drawing }
    let most = statistics.mostUsed.prefix(5)
    let wide = most.reduce(0) { max($0, String($1.opened).utf8.count) }
    for used in most {
      let count = String(used.opened)
      let place = String(repeating: " ", count: wide - count.utf8.count) + count + " ×"
      let title = TextWidth.cut(Escaping.forTerminal(used.title), to: room - wide - 6)
      drawing.lines.append(
        Drawing.Line("  " + place, style.dim).joined(Drawing.Line(title), at: wide + 6))
    }
    return drawing
  }

  private func beside(_ lists: [(String, [FacetCount])]) -> Drawing {
    let isWide = room >= Self.wide && lists.count > 1
    let part = isWide ? (room - 4) / 2 : room
    var drawing = Drawing()
    for (index, (title, counts)) in lists.enumerated() {
      var list = Drawing(lines: [Drawing.Line(title, style.bold)])
      list.lines += bars(Array(counts.prefix(Self.longest)), width: part)
      if counts.count > Self.longest {
        let more = Quantity.grouped(Int64(counts.count - Self.longest))
        list.lines.append(Drawing.Line("and \(more) more", style.dim))
      }
      if index == 0 {
        drawing = list
      } else if isWide {
        drawing = drawing.beside(list, at: part + 4)
      } else {
        drawing.lines += [Drawing.Line("")] + list.lines
      }
    }
    return drawing
  }

  /// Names and numbers with a bar for each.
  private func bars(_ counts: [FacetCount], width: Int) -> [Drawing.Line] {
    let names = counts.map { Escaping.forTerminal($0.value) }
    let numbers = counts.map { Quantity.grouped($0.count) }
    let widest = names.reduce(0) { max($0, TextWidth.of($1)) }
    let place = numbers.reduce(0) { max($0, $1.utf8.count) }
    let nameWidth = min(widest, max(8, (width - place - 3) * 3 / 5))
    let barWidth = min(40, width - nameWidth - place - 3)
    let largest = counts.reduce(0) { max($0, $1.count) }
    return counts.indices.map { index in
      let space = String(repeating: " ", count: place - numbers[index].utf8.count)
      let bar = bars.bar(counts[index].count, of: largest, width: barWidth)
      return Drawing.Line(TextWidth.cut(names[index], to: nameWidth))
        .joined(Drawing.Line(space + numbers[index]), at: nameWidth + 2)
        .joined(Drawing.Line(bar, style.category), at: nameWidth + place + 3)
    }
  }

  private static func name(of month: CalendarDate) -> String {
    "\(CalendarDate.monthNames[month.month - 1]) \(month.year)"
  }
}
