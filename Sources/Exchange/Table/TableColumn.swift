internal import Favourites

/// One column of a table: what it stands for, and what was learnt of its dates.
struct TableColumn: Sendable {
  /// As it is written.
  let name: String
  var use: TableLayout.Use
  /// What its cells are called as metadata.
  let key: String
  /// What they are called where another column is called so too.
  let wholeKey: String
  /// Which of several columns for one field counts: the lowest.
  let priority: Int
  /// Its place in a row.
  let index: Int
  /// Whether it is the key of objects.
  let isKey: Bool
  /// Whether its name, or a person, says that its dates are those of the favourite's making.
  let isSure: Bool
  /// Whether only its cells tell what it is.
  let isGuessed: Bool

  /// The first of its dates that puts the day first, the month first, and either.
  private var dayFirst: String?
  private var monthFirst: String?
  private var open: String?
  /// The order of other columns, where this one was read in it.
  private var borrowed: WrittenDate.Order?
  /// How many cells were read as no date, of how many, and the first of them.
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

  /// The order of its dates, where they tell one and none contradicts it.
  var order: WrittenDate.Order? {
    switch (dayFirst, monthFirst) {
    case (.some, nil): .dayFirst
    case (nil, .some): .monthFirst
    default: nil
    }
  }

  /// Looks at a date, to learn in which order its numbers stand.
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

  /// The instant that a cell tells; takes down that it tells none.
  /// - Parameter shared: the order of the table's other columns.
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

  /// What is to be said of it.
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
      // Two numbers that both can be months, and nothing in the table that tells which is.
      let isOpen = firstUnread.map { $0 == open } ?? false
      remarks.append(
        "\(name): \(cells) not read as a date, such as '\(shown(firstUnread))', and kept as metadata"
          + (isOpen ? "; no \(cell) shows whether the day or the month comes first" : ""))
    }
    return remarks
  }

  private func shown(_ text: String?) -> String { (text ?? "").cut(toBytes: 80) }
}
