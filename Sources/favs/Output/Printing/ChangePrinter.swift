internal import Favourites
internal import Host

/// Prints changes of the history.
struct ChangePrinter {
  private let isJSON: Bool
  private let isTerminal: Bool
  private let style: Style
  private let now: Timestamp
  private var count = 0
  private var looks = PastLooks()

  /// The most items of a change to include in a list. All of them are shown for a change requested
  /// by its number.
  static let itemLimit: Int64 = 1_000
  /// The minimum width for a command after a long summary, in columns.
  private static let leastCommand = 16
  /// The most titles to show for a change that was undone.
  private static let titleLimit = 10

  init(_ context: Context) {
    isJSON = context.global.isJSON
    isTerminal = context.output.isTerminal
    style = context.output.style
    now = context.now
  }

  /// Begins a list.
  func begin(_ output: inout Output) throws(Failure) {
    if isJSON { try output.write("[") }
  }

  /// Ends a list.
  func finish(_ output: inout Output) throws(Failure) {
    if isJSON { try output.write("]\n") }
  }

  /// Prints changes in a list: a line for each, or an object with all its items.
  mutating func add(
    _ changes: [Change], in store: inout Store, _ context: inout Context
  ) throws(Failure) {
    let width = summaryWidth(changes)
    for change in changes {
      guard isJSON else {
        try context.output.show(line(change, summaryWidth: width))
        continue
      }
      try open(change, &context)
      try writeItems(of: change.number, upTo: Self.itemLimit, in: &store, &context)
      try context.output.write("}")
    }
  }

  /// Prints one change with all its items.
  mutating func describe(
    _ change: Change, in store: inout Store, _ context: inout Context
  ) throws(Failure) {
    guard !isJSON else {
      try open(change, &context)
      try writeItems(of: change.number, upTo: .max, in: &store, &context)
      return try context.output.write("}")
    }
    if isTerminal { try context.output.show(line(change, summaryWidth: summaryWidth([change]))) }
    for name in try context.opened(store.items(of: change.number)) {
      let item = try context.opened(store.item(name, of: change.number, &looks))
      guard let item else { continue }
      if isTerminal {
        let title = Escaping.forTerminal(item.title ?? "forgotten")
        let id = item.kind == "favourite" ? String(item.id) : item.kind
        let event = item.event.map { "  " + style.dim($0) } ?? ""
        try context.output.show("  \(style.dim(id)) \(style.bold(title))\(event)\n")
      }
      try context.output.show(lines(item, at: change.at, isTitled: true))
    }
  }

  /// Prints the history of one item.
  mutating func life(
    _ life: [(change: Change, item: ChangedItem)], in store: inout Store, _ context: inout Context
  ) throws(Failure) {
    for (change, item) in life {
      guard isJSON else {
        if isTerminal {
          try context.output.show(line(change, summaryWidth: summaryWidth([change])))
        }
        try context.output.show(lines(item, at: change.at, isTitled: false))
        continue
      }
      let count = try context.opened(store.countItems(of: change.number))
      var json = JSONWriter()
      item.write(to: &json)
      try open(change, &context)
      try context.output.write("\"item_count\":\(count),\"items\":[")
      try context.output.write(json.bytes)
      try context.output.write("]}")
    }
  }

  /// Reports which changes were undone or redone, and which favourites they concern.
  mutating func report(
    _ told: Told, _ changes: [Change], in store: inout Store, _ context: inout Context
  ) throws(Failure) {
    guard !isJSON else {
      try begin(&context.output)
      try add(changes, in: &store, &context)
      return try finish(&context.output)
    }
    let verb = told.text(isRehearsal: context.isRehearsal)
    for change in changes {
      let command = Escaping.forTerminal(change.command)
      try context.output.write("\(verb) @\(change.number)  \(command)  \(change.summary)\n")
      let (names, left) = try context.opened { () throws(StoreError) in
        let items = try store.items(of: change.number)
        return (items.prefix(Self.titleLimit), items.count - Self.titleLimit)
      }
      for name in names {
        let item = try context.opened(store.item(name, of: change.number, &looks))
        guard let title = item?.title.map(Escaping.forTerminal) else { continue }
        let kind = if case .category = name { "category " } else { "" }
        try context.output.write("  \(kind)\(title)\n")
      }
      if left > 0 { try context.output.write("  … and \(left) more\n") }
    }
  }

  /// What a change did, and its relation to others.
  private static func summary(_ change: Change) -> String {
    var summary = change.summary
    if let by = change.undoneBy { summary += " (undone by @\(by))" }
    if let undone = change.undoes { summary = "undo of @\(undone): \(summary)" }
    if let redone = change.redoes { summary = "redo of @\(redone): \(summary)" }
    return summary
  }

  /// The width of summaries, so that the commands of a list are aligned.
  private func summaryWidth(_ changes: [Change]) -> Int {
    guard isTerminal else { return 0 }
    return changes.reduce(0) { max($0, TextWidth.of(Escaping.forTerminal(Self.summary($1)))) }
  }

  /// A change on one line: what was done, and as much of the command as fits.
  private func line(_ change: Change, summaryWidth: Int) -> String {
    let summary = Self.summary(change)
    guard isTerminal else {
      return [String(change.number), change.at.text, change.command, summary]
        .map(Escaping.forTSV).joined(separator: "\t") + "\n"
    }
    let number = TextWidth.padded("@\(change.number)", to: 6)
    let age = TextWidth.padded(Age.text(from: change.at, to: now), to: 12)
    let width = Terminal.width()
    let room = max(Self.leastCommand, width - TextWidth.of("\(number)  \(age)  "))
    let whatWidth = min(summaryWidth, max(room / 2, room - 2 - Self.leastCommand))
    let what = TextWidth.padded(
      TextWidth.cut(Escaping.forTerminal(summary), to: whatWidth), to: whatWidth)
    let command = TextWidth.cut(Escaping.forTerminal(change.command), to: room - whatWidth - 2)
    // Changes that were undone are dimmed.
    guard change.undoneBy == nil else {
      return style.dim([number, age, what, command].joined(separator: "  ")) + "\n"
    }
    return [style.bold(number), style.dim(age), what, style.dim(command)]
      .joined(separator: "  ") + "\n"
  }

  /// The changes to one item, with one line for each field.
  private func lines(_ item: ChangedItem, at time: Timestamp, isTitled: Bool) -> String {
    let differences = item.differences
    // An item that was moved and has been shifted back since shows no known difference.
    let event = item.event ?? (differences.isEmpty ? "moved" : nil)
    guard isTerminal else {
      let head = [String(item.change), time.text, item.kind, String(item.id)]
      var rows = differences.map { head + [$0.name, $0.before, $0.after] }
      if rows.isEmpty { rows = [head + [event ?? "", "", ""]] }
      return rows.map { $0.map(Escaping.forTSV).joined(separator: "\t") + "\n" }.joined()
    }
    let width = differences.reduce(0) { max($0, TextWidth.of($1.name)) }
    var text = ""
    if !isTitled, let event { text += "        \(event)\n" }
    for difference in differences where difference.name != "deleted_at" {
      let name = style.dim(TextWidth.padded(Escaping.forTerminal(difference.name), to: width))
      text += "        \(name)  \(Self.arrow(difference))\n"
    }
    return text
  }

  private static func arrow(_ difference: FieldDifference) -> String {
    func shown(_ text: String) -> String {
      if difference.isTime, let time = Timestamp(rfc3339: text) {
        return Zone.system.text(of: time)
      }
      return TextWidth.cut(Escaping.forTerminal(text), to: 60)
    }
    guard !difference.before.isEmpty else { return shown(difference.after) }
    let after = difference.after.isEmpty ? "nothing" : shown(difference.after)
    return "\(shown(difference.before)) → \(after)"
  }

  /// Writes the beginning of a change as an object; its items and its end must follow.
  private mutating func open(_ change: Change, _ context: inout Context) throws(Failure) {
    var json = JSONWriter()
    json.beginObject()
    json.member("number", change.number)
    json.member("uid", change.uid.text)
    json.member("at", change.at.text)
    json.member("device", change.device)
    json.member("command", change.command)
    json.member("summary", change.summary)
    for (key, number) in [
      ("undoes", change.undoes), ("redoes", change.redoes), ("undone_by", change.undoneBy),
    ] {
      json.member(key, number)
    }
    if count > 0 { try context.output.write(",\n") }
    count += 1
    try context.output.write(json.bytes)
    try context.output.write(",")
  }

  private mutating func writeItems(
    of number: Int64, upTo limit: Int64, in store: inout Store, _ context: inout Context
  ) throws(Failure) {
    let count = try context.opened(store.countItems(of: number))
    try context.output.write("\"item_count\":\(count),\"items\":")
    guard count <= limit else { return try context.output.write("null") }
    try context.output.write("[")
    var isFirst = true
    for name in try context.opened(store.items(of: number)) {
      let item = try context.opened(store.item(name, of: number, &looks))
      guard let item else { continue }
      var json = JSONWriter()
      item.write(to: &json)
      if !isFirst { try context.output.write(",") }
      isFirst = false
      try context.output.write(json.bytes)
    }
    try context.output.write("]")
  }
}
