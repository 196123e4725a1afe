internal import Favourites
internal import Host

/// Prints backups.
enum BackupPrinter {
  /// Prints the path of a new backup.
  static func tell(
    _ path: String, _ backup: Backup?, _ global: GlobalOptions, _ context: inout Context
  ) throws(Failure) {
    guard global.isJSON else { return try context.output.write(Escaping.forTSV(path) + "\n") }
    var json = JSONWriter()
    if let backup {
      write(backup, to: &json)
    } else {
      json.beginObject()
      json.member("path", path)
      json.endObject()
    }
    json.newline()
    try context.output.write(json.bytes)
  }

  /// Prints a list of backups.
  static func list(
    _ backups: [Backup], _ global: GlobalOptions, _ context: inout Context
  ) throws(Failure) {
    if global.isJSON {
      return try context.output.write(arrayOf: backups) { write($0, to: &$1) }
    }
    guard context.output.isTerminal else {
      for backup in backups {
        try context.output.write(
          "\(backup.name)\t\(backup.at.text)\t\(backup.reason.word)\t\(backup.size)\n")
      }
      return
    }
    guard !backups.isEmpty else {
      return try context.output.note("no backups yet; favs backup makes one")
    }
    var table = Table([
      Table.Column(title: "NAME"), Table.Column(title: "MADE"), Table.Column(title: "WHY"),
      Table.Column(title: "BYTES", isNumber: true),
    ])
    table.rows = backups.map { backup in
      [
        backup.name, Age.text(from: backup.at, to: context.now), backup.reason.word,
        "\(backup.size)",
      ]
      .map { Table.Cell(text: $0) }
    }
    try context.print(table)
  }

  private static func write(_ backup: Backup, to json: inout JSONWriter) {
    json.beginObject()
    json.member("name", backup.name)
    json.member("path", backup.path)
    json.member("made_at", backup.at.text)
    json.member("reason", backup.reason.rawValue)
    json.member("bytes", backup.size)
    json.endObject()
  }
}

extension Backup.Reason {
  /// The reason in a word or two.
  fileprivate var word: String {
    switch self {
    case .asked: "requested"
    case .upgrade: "before an upgrade"
    case .importing: "before an import"
    case .repairing: "before a repair"
    case .restoring: "before a restore"
    case .emptying: "trash emptied"
    }
  }
}
