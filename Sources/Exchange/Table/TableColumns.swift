internal import Favourites

/// Tells what the columns of a table stand for.
struct TableColumns {
  private let names: [String]
  private let sample: [[String]]
  private let layout: TableLayout
  private var uses: [TableLayout.Use?]
  private var priorities: [Int]
  private var sure: Set<Int> = []
  /// The columns of which only the cells told what they are.
  private var guessed: Set<Int> = []
  private let isKeyed: Bool
  /// The names without that of the thing they all belong to: `title` for `movie.title`.
  private let short: [String]

  /// - Throws: that a column is not there which a person named, or none has titles or URLs.
  init(
    _ names: [String], _ sample: [[String]], _ layout: TableLayout, _ options: ReadingOptions,
    _ place: Place?
  ) throws(ExchangeError) {
    self.names = names.map(\.trimmed)
    self.sample = sample
    self.layout = layout
    uses = Array(repeating: nil, count: names.count)
    priorities = Array(repeating: .max, count: names.count)
    isKeyed = place == nil
    short = isKeyed ? Self.short(self.names) : self.names
    let mapped = try Self.mapped(options, self.names, place)
    takeNames(mapped)
    findLink(isMapped: mapped.values.contains(.url))
    if !layout.isTelling, layout.others == nil {
      findThings()
      findLinkByCells()
    }
    if layout.findsDates, !uses.contains(where: { Self.isDate($0) }) { findDates() }
    guard layout.isTelling || uses.contains(where: { Self.isTelling($0) }) else {
      let what = place == nil ? "key" : "column"
      throw .malformed(
        place,
        "no \(what) for titles or URLs in \(Self.list(self.names)); "
          + "--map title=\(what.uppercased()) names one")
    }
  }

  /// The columns, the better ones of a field before the others, and those of no field last.
  var sorted: [TableColumn] {
    var keys = MetadataKeys()
    var shared: [String: String] = [:]
    let columns = names.indices.map { index in
      let whole = keys.key(for: names[index], column: index + 1)
      var key = whole
      var isField = false
      if case .field? = uses[index] { isField = true }
      // What of two things' fields is left over goes by its whole name.
      if !isField, short[index] != names[index] {
        let plain = MetadataKeys.clean(short[index])
        key = shared[plain] ?? keys.key(for: short[index], column: index + 1)
        shared[plain] = key
      }
      return TableColumn(
        name: names[index], use: uses[index] ?? layout.others ?? .metadata(key), key: key,
        wholeKey: whole, priority: priorities[index], index: index,
        isKey: isKeyed, isSure: sure.contains(index), isGuessed: guessed.contains(index))
    }
    return columns.sorted { ($0.priority, $0.index) < ($1.priority, $1.index) }
  }

  // MARK: - By name

  private mutating func takeNames(_ mapped: [Int: TableField]) {
    let given = Set(mapped.values)
    for (index, name) in short.enumerated() {
      let plain = TableField.plain(name)
      if let field = mapped[index] {
        uses[index] = .field(field)
        priorities[index] = 0
        sure.insert(index)
        continue
      }
      uses[index] = layout.columns[plain]
      // A table of which only some is wanted goes by no other names.
      if layout.others == nil, uses[index] == nil {
        uses[index] = TableField(named: name).map { .field($0) }
      }
      guard case .field(let field)? = uses[index] else { continue }
      let isWeak = TableNames.weakLinks.contains(plain) && layout.columns[plain] == nil
      if given.contains(field) || field == .url && isWeak && !holdsLinks(index) {
        uses[index] = nil
        continue
      }
      priorities[index] = field.priority(of: name)
      if !TableField.isVague(name) { sure.insert(index) }
    }
  }

  /// The fields that a person gave to columns, by the columns' places.
  private static func mapped(
    _ options: ReadingOptions, _ names: [String], _ place: Place?
  ) throws(ExchangeError) -> [Int: TableField] {
    var mapped: [Int: TableField] = [:]
    for (name, column) in options.columns.sorted(by: { $0.key < $1.key }) {
      guard let field = TableField(named: name) else { continue }
      let found =
        names.firstIndex { $0.utf8.elementsEqual(column.trimmed.utf8) }
        ?? names.firstIndex { TableField.plain($0) == TableField.plain(column) }
      guard let found else {
        let what = place == nil ? "key" : "column"
        throw .malformed(place, "no \(what) is called '\(column)'; the names are \(list(names))")
      }
      mapped[found] = field
    }
    return mapped
  }

  /// The names of columns, for an error.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(20).map { "'\(String($0.unicodeScalars.prefix(40)))'" }
    return shown.joined(separator: ", ") + (names.count > shown.count ? " and others" : "")
  }

  /// Where no name of the outermost keys tells of a title or a link, but some of a thing's in them do, the names
  /// in that thing without its own: `starred_at` and `html_url` of `repo.html_url`.
  private static func short(_ names: [String]) -> [String] {
    let parts = names.map { name in
      let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (nil, name)
    }
    func tells(_ name: String) -> Bool {
      switch TableField(named: name) {
      case .title?, .url?: true
      default: false
      }
    }
    guard parts.contains(where: { $0.0 != nil }),
      !parts.contains(where: { $0.0 == nil && tells($0.1) })
    else { return names }
    let things = Set(parts.compactMap { thing, name in tells(name) ? thing : nil })
    let outer = Set(parts.compactMap { thing, name in thing == nil ? name : nil })
    return zip(names, parts).map { whole, part in
      guard let thing = part.0, things.contains(thing), !outer.contains(part.1) else {
        return whole
      }
      return part.1
    }
  }

  // MARK: - By what is in them

  /// Takes a column for the link that is called something's link, where none is called a link, and that thing's
  /// title with it.
  private mutating func findLink(isMapped: Bool) {
    let hasTitle = uses.contains { if case .field(.title)? = $0 { true } else { false } }
    let hasLink = uses.contains { if case .field(.url)? = $0 { true } else { false } }
    guard !hasLink, !isMapped || !hasTitle else { return }
    for index in names.indices where uses[index] == nil {
      let forms = [TableField.plain(short[index]), TableField.parted(short[index])]
      guard let owner = forms.lazy.compactMap({ TableNames.owner(ofLink: $0) }).first,
        holdsLinks(index)
      else { continue }
      uses[index] = .field(.url)
      priorities[index] = 0
      guard !hasTitle else { return }
      let title = names.indices.first { place in
        uses[place] == nil
          && (TableNames.isTitle(TableField.plain(short[place]), of: owner)
            || TableNames.isTitle(TableField.parted(short[place]), of: owner))
      }
      if let title {
        uses[title] = .field(.title)
        priorities[title] = 0
      }
      return
    }
  }

  /// Where there are titles, and no name tells of a link, takes the one column for it that holds nothing but links.
  private mutating func findLinkByCells() {
    guard uses.contains(where: { Self.stands($0, for: .title) }),
      !uses.contains(where: { Self.stands($0, for: .url) })
    else { return }
    let found = names.indices.filter { index in
      uses[index] == nil && Self.isOfLinks(names[index], cells(index))
    }
    guard found.count == 1, let index = found.first else { return }
    uses[index] = .field(.url)
    priorities[index] = 0
    guessed.insert(index)
  }

  /// Takes columns that are called by what the list is of for titles, where a row has no better.
  private mutating func findThings() {
    for index in names.indices where uses[index] == nil {
      let forms = [TableField.plain(short[index]), TableField.parted(short[index])]
      let cells = cells(index)
      guard let order = TableNames.things.firstIndex(where: forms.contains), !cells.isEmpty,
        cells.allSatisfy({ !TableCell.isLink($0) })
      else { continue }
      uses[index] = .field(.title)
      priorities[index] = TableNames.titles.count + order
    }
  }

  /// Whether a column holds nothing but links, and none of them to pictures.
  static func isOfLinks(_ name: String, _ cells: [String]) -> Bool {
    !cells.isEmpty && !TableNames.isPicture(TableField.plain(name))
      && cells.allSatisfy { TableCell.isWebLink($0) }
      && !cells.allSatisfy { TableCell.isPicture($0) }
  }

  /// Takes the first column of dates that nobody knows by name for that of the favourite's making.
  private mutating func findDates() {
    for index in names.indices where uses[index] == nil {
      let cells = cells(index)
      guard !cells.isEmpty, cells.allSatisfy({ ForeignDate.any($0) != nil }) else { continue }
      uses[index] = .field(.createdAt)
      priorities[index] = 0
      return
    }
  }

  /// The cells of a column in the sample that are not empty.
  private func cells(_ index: Int) -> [String] {
    sample.compactMap { row in
      index < row.count && !row[index].trimmed.isEmpty ? row[index] : nil
    }
  }

  /// Whether most of a column's cells are links.
  private func holdsLinks(_ index: Int) -> Bool {
    let cells = cells(index)
    return cells.count { TableCell.isLink($0) } * 2 > cells.count
  }

  private static func isDate(_ use: TableLayout.Use?) -> Bool {
    if case .field(let field)? = use { field.isDate } else { false }
  }

  private static func stands(_ use: TableLayout.Use?, for wanted: TableField) -> Bool {
    if case .field(wanted)? = use { true } else { false }
  }

  private static func isTelling(_ use: TableLayout.Use?) -> Bool {
    switch use {
    case .field(.title)?, .field(.url)?: true
    default: false
    }
  }
}
