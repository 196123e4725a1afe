internal import Favourites

/// Parses a command line into a command with its arguments. Has no side effects.
///
/// It asks only whether a path exists: a group whose usual command takes one must not take it for a
/// mistake.
struct CommandLineParser {
  /// The known commands.
  let table: [Entry]
  /// Undocumented commands, found only by their full names.
  var hidden: [Entry] = []
  /// Whether unambiguous abbreviations are allowed: on a terminal, but never in a script.
  let allowsAbbreviations: Bool
  /// Whether a path exists.
  var isThere: (String) -> Bool = { _ in false }

  /// The result of parsing a command line.
  enum Outcome {
    /// Run a command, given with its full name.
    case run(String, any Command)
    /// Show the help for a command; the overview for an empty path.
    case help([String])
    /// Print the version.
    case version
  }

  /// Parses the words after the program's name.
  func parse(_ words: [String]) throws(UsageError) -> Outcome {
    do throws(UsageError) {
      return try outcome(of: words)
    } catch {
      // Among other letters, as in `-qh`.
      guard case .unknownOption("-h", let command, _) = error else { throw error }
      return .help(command.split(separator: " ").map(String.init))
    }
  }

  private func outcome(of words: [String]) throws(UsageError) -> Outcome {
    var table = table
    var path: [String] = []
    var rest = words[...]
    // Options common to all commands may come before the command, and any of its options behind the
    // name of its group. They are passed on to it.
    var early: [String] = []
    while let word = rest.first {
      if word == "-h" || word == "--help" { return .help(path) }
      if path.isEmpty, word == "--version" || word == "-V" { return .version }
      if word.hasPrefix("-"), word != "-" {
        let count =
          path.isEmpty ? try earlyOption(rest) : optionWords(beforeCommandOf: table, in: rest)
        guard count > 0 else { break }
        early += rest.prefix(count)
        rest = rest.dropFirst(count)
        continue
      }
      if isPath(word, under: path) { break }
      let unseen = path.isEmpty ? Entry.named(word, in: hidden, abbreviated: false) : nil
      guard
        let entry = unseen
          ?? Entry.named(word, in: table, abbreviated: allowsAbbreviations)
      else { break }
      path.append(entry.name)
      rest = rest.dropFirst()
      switch entry.body {
      case .command(let type):
        return try parse(type, path: path, early + rest)
      case .group(_, _, let entries): table = entries
      }
    }
    return try parseDefault(table, path: path, early, Array(rest))
  }

  /// Whether a word is not the full name of a command in a group whose usual command takes words,
  /// but a path that exists.
  private func isPath(_ word: String, under path: [String]) -> Bool {
    guard let name = path.first,
      case .group(_, .withWords, let entries)? = Entry.named(name, in: table, abbreviated: false)?
        .body,
      Entry.named(word, in: entries, abbreviated: false) == nil
    else { return false }
    return isThere(word)
  }

  private func parseDefault(
    _ entries: [Entry], path: [String], _ early: [String], _ rest: [String]
  ) throws(UsageError) -> Outcome {
    let words = early + rest
    if words.contains("--help") || words.contains("-h") { return .help(path) }
    let name = path.joined(separator: " ")
    let group = path.isEmpty ? nil : Entry.named(path[0], in: table, abbreviated: false)
    // A word that begins with an option's dash cannot be the name of a command.
    let first = rest.first.flatMap { $0.hasPrefix("-") && $0 != "-" ? nil : $0 }
    let names = entries.flatMap { [$0.name] + $0.aliases }
    let isPath = first.map { self.isPath($0, under: path) } ?? false
    let nearest = isPath ? nil : first.flatMap { Suggestion.command(for: $0, among: names) }
    if case .group(_, let usual, let children)? = group?.body, usual != .never,
      first == nil || (usual == .withWords && nearest == nil),
      case .command(let type) = children[0].body
    {
      return try parse(type, path: path + [children[0].name], words)
    }
    guard let first else {
      if path.isEmpty, words.isEmpty { return .help([]) }
      throw .missingCommand(under: name, names: entries.map(\.name))
    }
    throw .unknownCommand(first, under: name, nearest: nearest)
  }

  /// The number of words that an option before the command takes; 0 if it is not one of the options
  /// common to all commands.
  private func earlyOption(_ words: ArraySlice<String>) throws(UsageError) -> Int {
    guard let word = words.first, word != "--" else { return 0 }
    let options = GlobalOptions.options
    if word.hasPrefix("--") {
      let name = word.dropFirst(2).prefix { $0 != "=" }
      guard let option = options.first(where: { $0.long == name }) else {
        throw .unknownOption(
          "--\(name)", command: "",
          nearest: Suggestion.nearest(to: String(name), among: options.map(\.long)).map {
            "--" + $0
          })
      }
      return option.value == nil || word.utf8.contains(UInt8(ascii: "=")) ? 1 : 2
    }
    let letters = word.dropFirst()
    for (index, letter) in zip(letters.indices, letters) {
      guard let option = options.first(where: { $0.short == letter }) else {
        throw .unknownOption("-\(letter)", command: "", nearest: nil)
      }
      if option.value != nil { return letters.index(after: index) == letters.endIndex ? 2 : 1 }
    }
    return 1
  }

  /// The number of words before the name of one of these commands, if they are options and their
  /// values; 0 if they are not, or no name follows.
  private func optionWords(
    beforeCommandOf entries: [Entry], in words: ArraySlice<String>
  ) -> Int {
    let options = GlobalOptions.options.map(\.page) + entries.flatMap { $0.page().options }
    var rest = words
    while let word = rest.first, word != "--" {
      guard word.hasPrefix("-"), word != "-" else {
        let entry = Entry.named(word, in: entries, abbreviated: allowsAbbreviations)
        return entry == nil ? 0 : words.count - rest.count
      }
      rest = rest.dropFirst(Self.takesNext(word, options) ? 2 : 1)
    }
    return 0
  }

  /// Whether the value of an option is in the word behind it, in any of the commands.
  private static func takesNext(_ word: String, _ options: [OptionPage]) -> Bool {
    if word.hasPrefix("--") {
      let name = word.dropFirst(2)
      return options.contains { $0.long == name && $0.value != nil }
    }
    let letters = word.dropFirst()
    let valued = letters.firstIndex { letter in
      options.contains { $0.short == letter && $0.value != nil }
    }
    return valued.map { letters.index(after: $0) == letters.endIndex } ?? false
  }

  private func parse(
    _ type: any Command.Type, path: [String], _ words: [String]
  ) throws(UsageError) -> Outcome {
    let separator = words.firstIndex(of: "--") ?? words.endIndex
    if words[..<separator].contains(where: { $0 == "--help" || $0 == "-h" }) { return .help(path) }
    let name = path.joined(separator: " ")
    return .run(name, try read(type, name, words))
  }

  private func read<Arguments: Command>(
    _ type: Arguments.Type, _ name: String, _ words: [String]
  ) throws(UsageError) -> any Command {
    var arguments = Arguments()
    if words.contains(where: { $0.utf8.first == UInt8(ascii: "-") && $0.utf8.count > 1 }) {
      let reader = ArgumentReader<Arguments>(
        command: name, options: Arguments.allOptions, allowsAbbreviations: allowsAbbreviations,
        takesSigned: Arguments.synopsis.operands.isSigned,
        takesQuery: Arguments.synopsis.operands.isQuery)
      arguments.operands = try reader.read(words, into: &arguments)
    } else {
      // Without options, there is no need to build their table.
      arguments.operands = words
    }
    if let other = arguments.output.formatWithoutEnds(arguments.global) {
      throw .apart("--print0", other)
    }
    let operands = Arguments.synopsis.operands
    guard arguments.operands.count >= operands.count.lowerBound else {
      throw .missingOperand(command: name, name: operands.name)
    }
    guard arguments.operands.count <= operands.count.upperBound else {
      throw .tooManyOperands(command: name, arguments.operands[operands.count.upperBound])
    }
    return arguments
  }
}
