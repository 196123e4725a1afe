internal import Favourites
internal import Sync

/// Prints the result of a sync.
enum SyncPrinter {
  /// One line: `received 3 added, 12 changed · sent 5 · change 1234`.
  static func text(_ report: SyncWork.Report, isRehearsal: Bool) -> String {
    let tally = report.tally
    var received: [String] = []
    for (count, what) in [
      (tally.added, "added"), (tally.changed.count, "changed"),
      (tally.trashed.count, "to the trash"), (tally.purged.count, "deleted for good"),
    ] where count > 0 {
      received.append("\(count) \(what)")
    }
    var parts: [String] = []
    if !received.isEmpty {
      parts.append(
        (isRehearsal ? "would receive " : "received ") + received.joined(separator: ", "))
    }
    if report.sent > 0 { parts.append((isRehearsal ? "would send " : "sent ") + "\(report.sent)") }
    if isRehearsal, report.conflicts > 0 {
      parts.append("would leave \(counted(report.conflicts, "conflict", "conflicts"))")
    }
    if let change = report.change, !isRehearsal { parts.append("change \(change)") }
    if !parts.isEmpty { return parts.joined(separator: " · ") }
    return report.isFirst ? "nothing to send or receive yet" : "nothing to do"
  }

  /// Prints the result of a sync; returns the exit code.
  static func tell(
    _ report: SyncWork.Report, isRehearsal: Bool, _ context: inout Context
  ) throws(Failure) -> ExitCode {
    if context.global.isJSON {
      try context.output.write(json(report))
    } else {
      try context.output.note(text(report, isRehearsal: isRehearsal))
      for note in report.tally.notes { try context.output.warn(Escaping.forTerminal(note)) }
      for name in Set(report.tally.waiting).sorted() {
        try context.output.warn("waiting for files of '\(Escaping.forTerminal(name))'")
      }
      if report.conflicts > 0, !isRehearsal {
        let conflicts = counted(report.conflicts, "conflict", "conflicts")
        try context.output.warn("\(conflicts): favs sync conflicts")
      }
    }
    return report.conflicts > 0 || !report.tally.waiting.isEmpty ? .incomplete : .done
  }

  private static func json(_ report: SyncWork.Report) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("received")
    json.beginObject()
    json.member("added", Int64(report.tally.added))
    json.member("changed", Int64(report.tally.changed.count))
    json.member("trashed", Int64(report.tally.trashed.count))
    json.member("deleted", Int64(report.tally.purged.count))
    json.endObject()
    json.member("sent", Int64(report.sent))
    json.member("conflicts", Int64(report.conflicts))
    json.member("waiting", of: Set(report.tally.waiting).sorted()) { $0.string($1) }
    json.member("notes", of: report.tally.notes) { $0.string($1) }
    json.member("change", report.change)
    json.member("seq", report.seq)
    json.endObject()
    json.newline()
    return json.bytes
  }
}
