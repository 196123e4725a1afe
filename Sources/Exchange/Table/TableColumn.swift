internal import Favourites

/// A column of a table: its use, and the order of day and month in its dates.
struct TableColumn: Sendable {
  /// The name, as written.
  let name: String
  var use: TableLayout.Use
  /// The key of its cells as metadata.
  let key: String
  /// The key if another column has the same short name.
  let wholeKey: String
  /// The priority among columns for the same field: the lowest number wins.
  let priority: Int
  /// The index in a row.
  let index: Int
  /// Whether it is a key of JSON objects.
  let isKey: Bool
  /// Whether its name, or the user, makes it certain that its dates are those of the favourite's
  /// creation.
  let isSure: Bool
  /// Whether its use was determined only from its cells.
  let isGuessed: Bool

  /// The first date that has the day first, the first that has the month first, and the first that
  /// is ambiguous.
  private var dayFirst: String?
  private var monthFirst: String?
  private var open: String?
  /// The order of other columns, if it was used for this one.
  private var borrowed: WrittenDate.Order?
  /// The number of cells that were not read as dates, the number of all cells, and the first unread
  /// one.
  private var unread = 0
  private var all = 0
  private var firstUnread: String?

  init(
    name: String, use: TableLayout.Use, key: String, wholeKey: String, priority: Int, index: Int,
    isKey: Bool, isSure: Bool, isGuessed: Bool
  ) {
    self.name = name
    self.use = use
    self.key = key
    self.wholeKey = wholeKey
    self.priority = priority
    self.index = index
    self.isKey = isKey
    self.isSure = isSure
    self.isGuessed = isGuessed
  }

  var isDate: Bool {
    if case .field(let field) = use { field.isDate } else { false }
  }

  /// The order in its dates, if they show one, and none contradicts it.
  var order: WrittenDate.Order? {
    switch (dayFirst, monthFirst) {
    case (.some, nil): .dayFirst
    case (nil, .some): .monthFirst
    default: nil
    }
  }

  /// Checks the order of day and month in a date.
  mutating func survey(_ text: String) {
    guard dayFirst == nil || monthFirst == nil || open == nil,
      let written = WrittenDate(text), written.pair != nil
    else { return }
    switch written.order {
    case .dayFirst: dayFirst = dayFirst ?? text.trimmed
    case .monthFirst: monthFirst = monthFirst ?? text.trimmed
    case nil: open = open ?? text.trimmed
    }
  }

  /// The date in a cell; records a failure.
  /// - Parameter shared: the order in other columns of the table.
  mutating func instant(_ text: String, _ shared: WrittenDate.Order?) -> Timestamp? {
    all += 1
    let isContradictory = dayFirst != nil && monthFirst != nil
    let known = order ?? (isContradictory ? nil : shared)
    if order == nil, open != nil { borrowed = known }
    if let instant = ForeignDate.any(text, order: known, isOfMaking: isSure) { return instant }
    unread += 1
    firstUnread = firstUnread ?? text.trimmed
    return nil
  }

  /// Remarks on the column.
  var remarks: [String] {
    var remarks: [String] = []
    let name = "\(isKey ? "key" : "column") '\(name.trimmed.cut(toBytes: 80))'"
    if isGuessed { remarks.append("\(name): taken for the link, by what is in it") }
    if open != nil, let known = order ?? borrowed {
      let first = known == .dayFirst ? "day" : "month"
      let why = (dayFirst ?? monthFirst).map { ", as in '\(shown($0))'" } ?? ", as in other columns"
      remarks.append("\(name): read with the \(first) first" + why)
    }
    if unread > 0 {
      let cell = isKey ? "value" : "cell"
      let cells = all == 1 ? "1 \(cell) is" : "\(unread) of \(all) \(cell)s are"
      // Both numbers can be months, and nothing else in the table shows which one is.
      let isOpen = firstUnread.map { $0 == open } ?? false
      remarks.append(
        "\(name): \(cells) not read as a date, such as '\(shown(firstUnread))', "
          + "and kept as metadata"
          + (isOpen ? "; no \(cell) shows whether the day or the month comes first" : ""))
    }
    return remarks
  }

  private func shown(_ text: String?) -> String { (text ?? "").cut(toBytes: 80) }
}
