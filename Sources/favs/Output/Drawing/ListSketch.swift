internal import Favourites
internal import Host

/// Favourites as a list for people: titles get most of the room, the category is a heading, and
/// columns without information are left out.
struct ListSketch {
  /// The kind of list.
  enum Form: Sendable {
    /// One line for each favourite.
    case list
    /// The favourites that a command changed: one line for each or, if there are many, their number
    /// by category.
    case touched
    /// Two lines for each favourite: the hit and its position.
    case hits
    /// One line for each favourite, with its former category and the time of its removal.
    case trash
  }

  let form: Form
  private let now: Timestamp
  private var fields: [MetadataField] = []
  private var rows: [Row] = []

  /// The displayed parts of a favourite, escaped.
  private struct Row {
    let id: String
    let rank: String
    let category: String
    let title: String
    let url: String?
    /// The host of its URL, or the URL if that has none.
    let place: String
    let tags: [String]
    let values: [String]
    let age: String
    let marks: [Range<Int>]
    let snippet: SearchHit.Snippet?
  }

  /// The number of changed favourites up to which each is listed.
  static let manyTouched = 20

  /// The length in columns from which a common beginning of all titles is not repeated.
  private static let longPrefix = 12

  init(_ form: Form, at now: Timestamp) {
    self.form = form
    self.now = now
  }

  /// Shows metadata in columns of its own.
  mutating func show(_ fields: [MetadataField]) { self.fields = fields }

  /// Adds a favourite.
  mutating func add(_ favourite: Favourite) {
    let metadata = fields.isEmpty ? Metadata() : favourite.metadata
    let title = Escaping.forTerminal(favourite.title)
    // Escaping characters shifts the positions of the marks.
    let isPlain = title.utf8.count == favourite.title.utf8.count
    rows.append(
      Row(
        id: String(favourite.id), rank: String(favourite.rank),
        category: Escaping.forTerminal(favourite.category), title: title, url: favourite.url,
        place: Escaping.forTerminal(favourite.url.map { LinkHost.shown($0) ?? $0 } ?? ""),
        tags: favourite.tags.map(Escaping.forTerminal),
        values: fields.map { Escaping.forTerminal(metadata[$0.key]?.text ?? "") },
        age: Age.text(from: favourite.deletedAt ?? favourite.createdAt, to: now),
        marks: isPlain ? favourite.hit?.titleHits ?? [] : [], snippet: favourite.hit?.snippet))
  }

  /// Prints the list, for the width of the terminal.
  func print(to output: inout Output) throws(Failure) {
    if form == .touched, rows.count > Self.manyTouched {
      var counts = CategoryCounts()
      for row in rows { counts.add(row.category) }
      return try counts.print(to: &output)
    }
    let (heading, lines) = lines(width: Terminal.width(), output.style)
    if let heading { try output.note(laidOut: heading) }
    try output.show(lines.joined(separator: "\n") + "\n")
  }

  /// The heading and the lines, without line feeds.
  func lines(width: Int, _ style: Style) -> (heading: String?, lines: [String]) {
    switch form {
    case .list, .touched: listed(width, style)
    case .hits: (nil, hits(width, style))
    case .trash: removed(width, style)
    }
  }

  // MARK: A line each

  private func listed(_ width: Int, _ style: Style) -> (heading: String?, lines: [String]) {
    let starts = rows.indices.filter { $0 == 0 || rows[$0].category != rows[$0 - 1].category }
    let isGrouped = starts.count <= max(1, rows.count / 2)
    let table = table(width, showsCategory: !isGrouped)
    let (heading, lines) = table.lines(width: width, style: style)
    guard isGrouped else { return (heading, lines) }
    func name(_ row: Int) -> String {
      style.category(TextWidth.cut(rows[row].category, to: width))
    }
    guard starts.count > 1 else { return ("\(name(0))\n\(heading)", lines) }
    var all: [String] = []
    for (index, line) in lines.enumerated() {
      if starts.contains(index) { all.append(name(index)) }
      all.append(line)
    }
    return (heading, all)
  }

  private func table(_ width: Int, showsCategory: Bool) -> Table {
    var parts: [(column: Table.Column, cells: [Table.Cell])] = []
    func add(_ column: Table.Column, _ tone: Style.Tone, _ text: (Row) -> String) {
      let cells = rows.map { row in
        Table.Cell(text: text(row), url: column.title == "HOST" ? row.url : nil, tone: tone)
      }
      if cells.contains(where: { !$0.text.isEmpty }) { parts.append((column, cells)) }
    }
    if !showsCategory { add(Table.Column(title: "#", isNumber: true), .secondary, \.rank) }
    add(Table.Column(title: "ID", isNumber: true), .secondary, \.id)
    let titles = titles(within: width)
    let widest = titles.reduce(0) { max($0, TextWidth.of($1)) }
    parts.append(
      (
        Table.Column(title: "TITLE", isFlexible: true, least: min(widest, max(24, width / 2))),
        titles.map { Table.Cell(text: $0) }
      ))
    if showsCategory {
      add(Table.Column(title: "CATEGORY", isFlexible: true, least: 12), .category, \.category)
    }
    for (index, field) in fields.enumerated() {
      let title = Escaping.forTerminal(field.key).uppercased()
      add(
        Table.Column(title: title, isNumber: field.kind == .number, isFlexible: true), .plain
      ) { $0.values[index] }
    }
    add(Table.Column(title: "HOST", isFlexible: true, least: 10), .secondary, \.place)
    add(Table.Column(title: "TAGS", isFlexible: true), .tag) { $0.tags.joined(separator: ", ") }
    var table = Table(parts.map(\.column))
    table.rows = rows.indices.map { row in parts.map { $0.cells[row] } }
    return table
  }

  /// The titles. If some are too long and all have a common beginning, omits that beginning.
  private func titles(within width: Int) -> [String] {
    let titles = rows.map(\.title)
    guard titles.count > 2, titles.contains(where: { TextWidth.of($0) > width / 2 }) else {
      return titles
    }
    var shared = Array(titles[0])
    for title in titles.dropFirst() {
      shared = Array(zip(shared, title).prefix { $0 == $1 }.map(\.0))
    }
    guard let space = shared.lastIndex(of: " "), space + 1 >= Self.longPrefix,
      titles.allSatisfy({ $0.count > space + 1 })
    else { return titles }
    return titles.map { "…" + $0.dropFirst(space + 1) }
  }

  private func removed(_ width: Int, _ style: Style) -> (heading: String?, lines: [String]) {
    var table = Table([
      Table.Column(title: "ID", isNumber: true), Table.Column(title: "REMOVED"),
      Table.Column(title: "FROM", isFlexible: true, least: 12),
      Table.Column(title: "TITLE", isFlexible: true, least: width / 2),
    ])
    table.rows = rows.map { row in
      [
        Table.Cell(text: row.id, tone: .secondary), Table.Cell(text: row.age, tone: .secondary),
        Table.Cell(text: "\(row.category)@\(row.rank)", tone: .category),
        Table.Cell(text: row.title),
      ]
    }
    let (heading, lines) = table.lines(width: width, style: style)
    return (heading, lines)
  }

  // MARK: Two lines each

  private func hits(_ width: Int, _ style: Style) -> [String] {
    let place = rows.reduce(0) { max($0, $1.id.utf8.count) }
    let margin = String(repeating: " ", count: place + 2)
    let room = max(8, width - place - 2)
    var lines: [String] = []
    for row in rows {
      let space = String(repeating: " ", count: place - row.id.utf8.count)
      let title = TextWidth.cut(row.title, to: room)
      lines.append(space + style.dim(row.id) + "  " + style.marked(title, row.marks))
      lines.append(margin + about(row, room, style))
      guard let snippet = row.snippet, row.marks.isEmpty,
        [.note, .url, .metadata].contains(snippet.field)
      else { continue }
      let text = Escaping.forTerminal(snippet.text)
      let cut = TextWidth.cut(text, to: room)
      let isPlain = text.utf8.count == snippet.text.utf8.count
      lines.append(margin + (isPlain ? style.marked(cut, snippet.hits) : cut))
    }
    return lines
  }

  /// Its position, its link, and its age, as far as they fit.
  private func about(_ row: Row, _ width: Int, _ style: Style) -> String {
    var parts = [(row.category, Style.Tone.category, String?.none)]
    if !row.place.isEmpty { parts.append((row.place, .secondary, row.url)) }
    parts.append((row.age, .secondary, nil))
    for tag in row.tags { parts.append(("#\(tag)", .tag, nil)) }
    var line = ""
    var used = 0
    for (index, (text, tone, url)) in parts.enumerated() {
      let separator = index == 0 ? "" : tone == .tag ? " " : " · "
      let left = width - used - TextWidth.of(separator)
      guard left >= min(8, TextWidth.of(text)) else { break }
      let cut = TextWidth.cut(text, to: left)
      line +=
        (separator.isEmpty ? "" : style.dim(separator))
        + style.link(style.toned(cut, tone), to: url)
      used += TextWidth.of(separator) + TextWidth.of(cut)
    }
    return line
  }
}
