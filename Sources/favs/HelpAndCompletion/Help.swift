/// Generates the help from the command table.
enum Help {
  /// The help for a command; the overview for an empty path.
  static func text(for path: [String]) throws(Failure) -> String {
    if path.count == 1, let topic = HelpTopic(rawValue: path[0]) { return topic.text }
    guard let first = path.first else { return overview(Commands.all.map { $0.page() }) }
    var page = try found(first, in: Commands.all, under: "").page()
    for name in path.dropFirst() {
      guard let child = page.children.first(where: { $0.name == "\(page.name) \(name)" }) else {
        throw Failure(
          UsageError.unknownCommand(
            name, under: page.name,
            nearest: Suggestion.nearest(
              to: name, among: page.children.map { String($0.name.dropFirst(page.name.count + 1)) })
          ))
      }
      page = child
    }
    return text(page)
  }

  private static func found(
    _ name: String, in table: [Entry], under parent: String
  ) throws(Failure) -> Entry {
    if let entry = Entry.named(name, in: table, abbreviated: false) { return entry }
    let names = table.flatMap { [$0.name] + $0.aliases }
    throw Failure(
      UsageError.unknownCommand(
        name, under: parent, nearest: Suggestion.nearest(to: name, among: names)))
  }

  /// The overview: all commands by topic.
  static func overview(_ pages: [CommandPage]) -> String {
    var text = """
      Keep links, books, films, places and commands in ranked lists you can search.

      Usage: favs COMMAND [OPTION…] [OPERAND…]

      """
    for topic in Topic.allCases {
      let listed = pages.filter { $0.topic == topic }
      guard !listed.isEmpty else { continue }
      text += "\n\(topic.rawValue):\n"
      for page in listed {
        let name = ([page.name] + page.aliases).joined(separator: ", ")
        text += "  \(TextWidth.padded(name, to: 14))  \(page.summary)\n"
      }
    }
    text += "\nGlobal options:\n"
    if let page = pages.first { text += options(page.globalOptions + [helpOption]) }
    text += """

      Exit codes:
      \(exits(ExitCode.allCases))
      Run favs help COMMAND for help on a command, or favs help TOPIC for one of:
      \(topics)

      """
    return text
  }

  private static var topics: String {
    wrapped(HelpTopic.allCases.map(\.rawValue).joined(separator: ", ") + ".", indent: 0)
  }

  /// The help for one command.
  static func text(_ page: CommandPage) -> String {
    var text = "\(page.summary).\n\nUsage: \(usage(page))\n"
    if !page.aliases.isEmpty {
      text += "Also:  favs \(page.aliases.joined(separator: ", favs "))\n"
    }
    for paragraph in page.details { text += "\n\(wrapped(paragraph, indent: 0))\n" }
    if !page.children.isEmpty {
      text += "\nCommands:\n"
      for child in page.children {
        let name = String(child.name.dropFirst(page.name.count + 1))
        text += "  \(TextWidth.padded(name, to: 14))  \(child.summary)\n"
      }
    }
    if !page.options.isEmpty { text += "\nOptions:\n\(options(page.options))" }
    text += "\nGlobal options:\n\(options(page.globalOptions + [helpOption]))"
    if let terms = page.terms { text += "\n\(terms.title):\n" + rows(terms.rows) }
    if !page.examples.isEmpty {
      text += "\nExamples:\n"
      for example in page.examples { text += "  \(example.line)\n      \(example.meaning)\n" }
    }
    if !page.exits.isEmpty { text += "\nExit codes:\n\(exits(page.exits))" }
    let related = page.seeAlso + (page.guide.map { [$0] } ?? [])
    if !related.isEmpty { text += "\nSee also: \(related.joined(separator: ", "))\n" }
    return text
  }

  /// `favs add [OPTION…] TITLE|URL…`
  static func usage(_ page: CommandPage) -> String {
    (["favs", page.name, "[OPTION…]", page.operands.usage]).filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// The option that the parser handles itself.
  static let helpOption = OptionPage(
    long: "help", short: "h", value: nil, summary: "show this help", completion: .none)

  static func options(_ options: [OptionPage]) -> String {
    let names = options.map(name)
    let width = min(30, names.reduce(0) { max($0, TextWidth.of($1)) })
    return zip(options, names).map { option, name in
      let summary = wrapped(option.summary, indent: width + 4)
      return TextWidth.of(name) > width
        ? "  \(name)\n\(String(repeating: " ", count: width + 4))\(summary)\n"
        : "  \(TextWidth.padded(name, to: width))  \(summary)\n"
    }.joined()
  }

  /// `-c, --category PATH`
  static func name(_ option: OptionPage) -> String {
    let short = option.short.map { "-\($0), " } ?? "    "
    return short + "--\(option.long)" + (option.value.map { " \($0)" } ?? "")
  }

  static func exits(_ codes: [ExitCode]) -> String {
    codes.map { code in
      let number = String(code.rawValue)
      return "  \(String(repeating: " ", count: 3 - number.count))\(number)  \(code.meaning)\n"
    }.joined()
  }

  /// Terms and their descriptions in two columns.
  static func rows(_ rows: [(String, String)]) -> String {
    let width = min(24, rows.reduce(0) { max($0, TextWidth.of($1.0)) })
    return rows.map { name, meaning in
      "  \(TextWidth.padded(name, to: width))  \(wrapped(meaning, indent: width + 4))\n"
    }.joined()
  }

  /// Text wrapped at 80 columns, with lines after the first indented.
  static func wrapped(_ text: String, indent: Int) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, TextWidth.of(line) + 1 + TextWidth.of(String(word)) > 80 - indent {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    lines.append(line)
    return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
  }
}
