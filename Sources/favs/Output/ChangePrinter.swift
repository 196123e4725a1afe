internal import Favourites

/// Prints changes of the history.
struct ChangePrinter {
  private let isJSON: Bool
  private let isTerminal: Bool
  private let style: Style
  private let now: Timestamp

  init(_ context: Context) {
    isJSON = context.global.isJSON
    isTerminal = context.output.isTerminal
    style = context.output.style
    now = context.now
  }

  /// Prints a list of them.
  func print(_ changes: [Change], _ context: inout Context) throws(Failure) {
    guard !isJSON else {
      var json = JSONWriter()
      json.beginArray()
      for change in changes { write(change, to: &json) }
      json.endArray()
      json.newline()
      return try context.output.write(json.bytes)
    }
    for change in changes { try context.output.write(line(change) + "\n") }
  }

  /// Says what became of one change.
  func report(_ verb: String, _ change: Change, _ context: inout Context) throws(Failure) {
    guard !isJSON else { return try print([change], &context) }
    let command = Escaping.forTerminal(change.command)
    try context.output.write("\(verb) #\(change.number)  \(command)  \(change.summary)\n")
  }

  private func line(_ change: Change) -> String {
    let number = "#\(change.number)"
    var summary = change.summary
    if let by = change.undoneBy { summary += " (undone by #\(by))" }
    if let undone = change.undoes { summary = "undo of #\(undone): \(summary)" }
    if let redone = change.redoes { summary = "redo of #\(redone): \(summary)" }
    guard isTerminal else {
      return [String(change.number), change.at.text, change.command, summary]
        .map(Escaping.forTSV).joined(separator: "\t")
    }
    let age = Age.text(from: change.at, to: now)
    return [
      style.bold(TextWidth.padded(number, to: 6)), style.dim(TextWidth.padded(age, to: 12)),
      Escaping.forTerminal(change.command), style.dim(summary),
    ].joined(separator: "  ")
  }

  private func write(_ change: Change, to json: inout JSONWriter) {
    json.beginObject()
    json.key("number")
    json.integer(change.number)
    json.key("uid")
    json.string(change.uid.text)
    json.key("at")
    json.string(change.at.text)
    json.key("device")
    json.string(change.device)
    json.key("command")
    json.string(change.command)
    json.key("summary")
    json.string(change.summary)
    for (key, number) in [
      ("undoes", change.undoes), ("redoes", change.redoes), ("undone_by", change.undoneBy),
    ] {
      json.key(key)
      if let number { json.integer(number) } else { json.null() }
    }
    json.endObject()
  }
}
