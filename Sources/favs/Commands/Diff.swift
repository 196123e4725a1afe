internal import Favourites

/// Shows what has changed in favourites since a point in time.
struct Diff: Command {
  static let synopsis = Synopsis<Self>(
    "Show what changed in favourites",
    details: [
      "Compares the favourites as they were with what they are now: '-' marks the old value, '+' "
        + "the new one; on a terminal, short values are shown as 'old → new'. Without --at, "
        + "compares with the state before the last change to each."
    ],
    operands: .some("REF…", .reference),
    options: [
      .text("at", nil, "DATE|AGE|@N", "compare with this date, age or change", \.time, .point)
    ],
    examples: [
      Example("favs diff 12", "show the last change to favourite 12"),
      Example("favs diff 'Dune' --at 2024-01-31", "show what changed since that day"),
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["show", "history"])

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()
  var time: String?

  /// The most lines of a note to compare line by line.
  private static let lineLimit = 5_000

  /// The longest values, in bytes, that are shown side by side on one line.
  private static let shortest = 60

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let words = try context.expanded(operands)
    var store = try context.reading()
    let ids = try context.findEver(words, in: &store)
    let point: Int64? =
      if let time { try HistoryPoint.change(time, "--at", in: store, context) } else { nil }
    var passages: [Passage<Favourite>] = []
    for id in ids {
      passages.append(
        try context.opened { () throws(StoreError) in
          try store.comparison(of: id, since: point)
        })
    }
    guard !context.global.isJSON else { return try write(passages, &context.output) }
    let isShort = context.output.isTerminal
    for passage in passages {
      try context.output.show(text(passage, context.output.style, isShort: isShort))
    }
    return .done
  }

  private func write(
    _ passages: [Passage<Favourite>], _ output: inout Output
  ) throws(Failure) -> ExitCode {
    try output.write(arrayOf: passages) { ChangedItem.favourite($0).write(to: &$1) }
    return .done
  }

  /// - Parameter isShort: whether to show short values on one line.
  private func text(_ passage: Passage<Favourite>, _ style: Style, isShort: Bool) -> String {
    let item = ChangedItem.favourite(passage)
    let title = style.bold(Escaping.forTerminal(item.title ?? ""))
    let event = item.event.map { "  \($0)" } ?? ""
    var text = "\(passage.id) \(title)  since @\(passage.change)\(event)\n"
    let width = item.differences.reduce(0) { max($0, TextWidth.of($1.name)) }
    for difference in item.differences {
      let name = Escaping.forTerminal(difference.name)
      if isShort, let line = Self.line(difference, style) {
        text += "  \(style.dim(TextWidth.padded(name, to: width)))  \(line)\n"
        continue
      }
      for line in Self.lines(difference) {
        let shown = "\(name): \(Escaping.forTerminal(line.text))"
        text += line.isNew ? style.added("+ \(shown)") + "\n" : style.removed("- \(shown)") + "\n"
      }
    }
    return text
  }

  /// The old and new value on one line, if both are short; otherwise nil.
  private static func line(_ difference: FieldDifference, _ style: Style) -> String? {
    let texts = [difference.before, difference.after]
    guard texts.allSatisfy({ !$0.contains("\n") && $0.utf8.count <= shortest }) else { return nil }
    let before = texts[0].isEmpty ? "" : style.removed(Escaping.forTerminal(texts[0])) + " "
    let after = texts[1].isEmpty ? "nothing" : style.added(Escaping.forTerminal(texts[1]))
    return "\(before)→ \(after)"
  }

  /// The removed and added lines, in the order of the text; an empty text has none.
  private static func lines(_ difference: FieldDifference) -> [(isNew: Bool, text: String)] {
    let before = lines(difference.before)
    let after = lines(difference.after)
    guard before.count <= lineLimit, after.count <= lineLimit else {
      return before.map { (false, $0) } + after.map { (true, $0) }
    }
    let changes = after.difference(from: before) { $0.utf8.elementsEqual($1.utf8) }
    var removed = Set<Int>()
    var inserted = Set<Int>()
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var result: [(isNew: Bool, text: String)] = []
    var (old, new) = (0, 0)
    while old < before.count || new < after.count {
      if removed.contains(old) {
        result.append((false, before[old]))
        old += 1
      } else if inserted.contains(new) {
        result.append((true, after[new]))
        new += 1
      } else {
        old += 1
        new += 1
      }
    }
    return result
  }

  private static func lines(_ text: String) -> [String] {
    text.isEmpty
      ? []
      : text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(
        String.init)
  }
}
