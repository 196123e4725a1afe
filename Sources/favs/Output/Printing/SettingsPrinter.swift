internal import Favourites
internal import Host

/// Prints settings: all of them, or the value of one.
struct SettingsPrinter {
  private let isJSON: Bool
  private let isTerminal: Bool

  init(_ global: GlobalOptions, _ output: Output) {
    isJSON = global.isJSON
    isTerminal = output.isTerminal
  }

  /// Prints one setting, or all. Reports invalid lines of the file on standard error.
  func print(
    _ settings: Settings, only setting: Setting?, _ context: inout Context
  ) throws(Failure) {
    if isJSON {
      try printJSON(settings, setting.map { [$0] } ?? Setting.all, &context)
    } else if let setting {
      try context.output.write(try settings.found(setting).text + "\n")
    } else if isTerminal {
      try printTable(settings, &context)
    } else {
      for setting in Setting.all {
        let (text, origin) = try settings.found(setting)
        let cells = [setting.name, text, origin.name]
        try context.output.write(cells.map(Escaping.forTSV).joined(separator: "\t") + "\n")
      }
    }
    guard let path = settings.path else { return }
    for mistake in settings.file.mistakes {
      try context.output.warn(Failure(mistake, in: path).message)
    }
  }

  private func printTable(_ settings: Settings, _ context: inout Context) throws(Failure) {
    var table = Table([
      .init(title: "KEY"), .init(title: "VALUE", isFlexible: true),
      .init(title: "FROM", isFlexible: true),
    ])
    for setting in Setting.all {
      let (text, origin) = try settings.found(setting)
      let place =
        switch origin {
        case .usual: "default"
        case .file(let line): "line \(line)"
        case .environment(let name): "$\(name)"
        }
      table.rows.append(
        [setting.name, text, place].map { Table.Cell(text: Escaping.forTerminal($0)) })
    }
    try context.print(table)
    if let path = settings.path {
      try context.output.note(
        settings.file.isEmpty ? "'\(path)' sets nothing" : "the file is '\(path)'")
    }
  }

  private func printJSON(
    _ settings: Settings, _ chosen: [Setting], _ context: inout Context
  ) throws(Failure) {
    try context.output.write(arrayOf: chosen) { (setting, json) throws(Failure) in
      let (text, origin) = try settings.found(setting)
      json.beginObject()
      for (key, value) in [
        ("key", setting.name), ("value", text), ("origin", origin.name),
        ("default", setting.usual), ("type", setting.type), ("summary", setting.summary),
      ] {
        json.member(key, value)
      }
      json.member("variables", of: setting.variables) { $0.string($1.name) }
      let line: Int64? = if case .file(let line) = origin { Int64(line) } else { nil }
      json.member("line", line)
      json.endObject()
    }
  }
}
