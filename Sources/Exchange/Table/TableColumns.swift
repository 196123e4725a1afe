internal import Favourites

/// Determines the use of each column of a table.
struct TableColumns {
  private let names: [String]
  private let sample: [[String]]
  private let layout: TableLayout
  private var uses: [TableLayout.Use?]
  private var priorities: [Int]
  private var sure: Set<Int> = []
  /// The columns whose use was determined only from their cells.
  private var guessed: Set<Int> = []
  private let isKeyed: Bool
  /// The names without a common prefix: `title` for `movie.title`.
  private let short: [String]

  /// - Throws: an error if a column named by the user is missing, or if none has titles or URLs.
  init(
    _ names: [String], _ sample: [[String]], _ layout: TableLayout, _ options: ReadingOptions,
    _ location: Location?
  ) throws(ExchangeError) {
    self.names = names.map(\.trimmed)
    self.sample = sample
    self.layout = layout
    uses = Array(repeating: nil, count: names.count)
    priorities = Array(repeating: .max, count: names.count)
    isKeyed = location == nil
    short = isKeyed ? Self.short(self.names) : self.names
    let mapped = try Self.mapped(options, self.names, location)
    takeNames(mapped)
    findLink(isMapped: mapped.values.contains(.url))
    if !layout.isTelling, layout.others == nil {
      findThings()
      findLinkByCells()
    }
    if layout.findsDates, !uses.contains(where: { Self.isDate($0) }) { findDates() }
    guard layout.isTelling || uses.contains(where: { Self.isTelling($0) }) else {
      let what = location == nil ? "key" : "column"
      throw .malformed(
        location,
        "no \(what) for titles or URLs in \(Self.list(self.names)); "
          + "--map title=\(what.uppercased()) names one")
    }
  }

  /// The columns, by priority for each field, and those for no field last.
  var sorted: [TableColumn] {
    var keys = MetadataKeys()
    var shared: [String: String] = [:]
    let columns = names.indices.map { index in
      let whole = keys.key(for: names[index], column: index + 1)
      var key = whole
      var isField = false
      if case .field? = uses[index] { isField = true }
      // Fields of a nested object that are not used get its name as a prefix.
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
      // If the layout says how to use all other columns, common names have no meaning.
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

  /// The fields that the user assigned to columns, by the index of the column.
  private static func mapped(
    _ options: ReadingOptions, _ names: [String], _ location: Location?
  ) throws(ExchangeError) -> [Int: TableField] {
    var mapped: [Int: TableField] = [:]
    for (name, column) in options.columns.sorted(by: { $0.key < $1.key }) {
      guard let field = TableField(named: name) else { continue }
      let found =
        names.firstIndex { $0.utf8.elementsEqual(column.trimmed.utf8) }
        ?? names.firstIndex { TableField.plain($0) == TableField.plain(column) }
      guard let found else {
        let what = location == nil ? "key" : "column"
        throw .malformed(location, "no \(what) is called '\(column)'; the names are \(list(names))")
      }
      mapped[found] = field
    }
    return mapped
  }

  /// The names of columns for an error message.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(20).map { "'\(String($0.unicodeScalars.prefix(40)))'" }
    return shown.joined(separator: ", ") + (names.count > shown.count ? " and others" : "")
  }

  /// The names with the prefix of a nested object removed, if that object has a title or a link,
  /// and the outer object has neither: `starred_at` and `html_url` for `repo.html_url`.
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

  /// If no column is named as a link, uses one that is named as the link of something, together
  /// with its title.
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
      let title = names.indices.first { index in
        uses[index] == nil
          && (TableNames.isTitle(TableField.plain(short[index]), of: owner)
            || TableNames.isTitle(TableField.parted(short[index]), of: owner))
      }
      if let title {
        uses[title] = .field(.title)
        priorities[title] = 0
      }
      return
    }
  }

  /// If there are titles, but no column is named as a link, uses the only column that contains just
  /// links.
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

  /// Uses columns named after the kind of item as titles, for rows without a better one.
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

  /// Whether a column contains only links, not all of them to images.
  static func isOfLinks(_ name: String, _ cells: [String]) -> Bool {
    !cells.isEmpty && !TableNames.isPicture(TableField.plain(name))
      && cells.allSatisfy { TableCell.isWebLink($0) }
      && !cells.allSatisfy { TableCell.isPicture($0) }
  }

  /// Uses the first column of dates with an unknown name for the time of creation.
  private mutating func findDates() {
    for index in names.indices where uses[index] == nil {
      let cells = cells(index)
      guard !cells.isEmpty, cells.allSatisfy({ ForeignDate.any($0) != nil }) else { continue }
      uses[index] = .field(.createdAt)
      priorities[index] = 0
      return
    }
  }

  /// The non-empty cells of a column in the sample.
  private func cells(_ index: Int) -> [String] {
    sample.compactMap { row in
      index < row.count && !row[index].trimmed.isEmpty ? row[index] : nil
    }
  }

  /// Whether most cells of a column are links.
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
