/// One line of the command table. Names a command, and builds nothing until that command is used.
struct Entry: Sendable {
  let name: String
  let aliases: [String]
  let topic: Topic
  let body: Body

  /// The kind of an entry.
  enum Body: Sendable {
    /// A command.
    case command(any Command.Type)
    /// A group of subcommands.
    case group(summary: String, usual: Usual, [Entry])
  }

  /// When a group's name alone stands for its first command.
  enum Usual: Sendable {
    case never
    /// If no word follows the group's name.
    case withoutWords
    /// If the word that follows is not the name of a command in the group, or similar to one.
    case withWords
  }

  init(_ name: String, _ aliases: String..., topic: Topic, _ type: any Command.Type) {
    self.name = name
    self.aliases = aliases
    self.topic = topic
    body = .command(type)
  }

  init(
    _ name: String, topic: Topic, _ summary: String, usual: Usual = .never, _ entries: [Entry]
  ) {
    self.name = name
    aliases = []
    self.topic = topic
    body = .group(summary: summary, usual: usual, entries)
  }

  /// The entry as the help, the manual and the completions show it.
  func page(under parent: String = "") -> CommandPage {
    let whole = parent.isEmpty ? name : "\(parent) \(name)"
    switch body {
    case .command(let type): return type.page(whole, aliases, topic)
    case .group(let summary, let usual, let entries):
      let children = entries.map { $0.page(under: whole) }
      let details =
        usual != .never
        ? ["'favs \(whole)' alone means 'favs \(whole) \(entries[0].name)'."] : []
      return CommandPage(
        name: whole, aliases: [], topic: topic, summary: summary, details: details,
        operands: Operands(name: "COMMAND", count: 1...1, completion: .command), options: [],
        globalOptions: GlobalOptions.options.map(\.page), examples: [], terms: nil, exits: [],
        seeAlso: [],
        children: children)
    }
  }

  /// The entry with a name; also finds an unambiguous abbreviation, if allowed.
  static func named(_ word: String, in table: [Entry], abbreviated: Bool) -> Entry? {
    if let entry = table.first(where: { $0.name == word || $0.aliases.contains(word) }) {
      return entry
    }
    guard abbreviated, !word.isEmpty else { return nil }
    let matches = table.filter { $0.name.hasPrefix(word) }
    return matches.count == 1 ? matches[0] : nil
  }
}
