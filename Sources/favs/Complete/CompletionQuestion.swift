/// What can complete the last word of a command line, according to the command table.
struct CompletionQuestion: Equatable {
  /// The beginning of the word before the part to complete: `--category=`, `-c`, `id,`.
  private(set) var kept = ""
  /// The part to complete.
  private(set) var beginning: String
  /// The sources of candidates, in order of preference.
  private(set) var sources: [Source] = []
  /// The database named on the command line.
  let database: String?
  /// Whether a word that begins with a dash would be read as an option.
  private(set) var avoidsDashes = false

  /// A source of candidates.
  enum Source: Equatable {
    /// The commands of a group; all commands for an empty path.
    case commands(in: [String])
    /// The help topics that are not commands.
    case topics
    case options([OptionPage])
    case value(Completion)
  }

  /// - Parameters:
  ///   - words: the words before the last one, without the program's name.
  ///   - current: the last word, which may be empty.
  init(after words: [String], current: String) {
    let line = TypedLine(words)
    beginning = current
    database = line.database
    if let option = line.pending {
      ask(option.completion)
    } else if !line.isSeparated, current.utf8.first == UInt8(ascii: "-") {
      askOption(line, current)
    } else {
      askOperand(line)
    }
  }

  private mutating func askOperand(_ line: TypedLine) {
    avoidsDashes = !line.isSeparated
    if line.page == nil, !line.isSeparated, line.operands.isEmpty {
      sources.append(.commands(in: line.path))
    }
    guard let operands = (line.page ?? (line.usualTakesWords ? line.usual : nil))?.operands,
      line.operands.count < operands.count.upperBound
    else { return }
    if operands.completion == .command {
      sources.append(.commands(in: line.operands))
      if line.operands.isEmpty { sources.append(.topics) }
    } else if operands.completion == .setting, let name = line.operands.first {
      ask(Setting.named(name)?.completion ?? .none)
    } else {
      ask(operands.completion)
    }
  }

  /// Handles an option, with or without a value in the same word.
  private mutating func askOption(_ line: TypedLine, _ current: String) {
    if current.utf8.starts(with: "--".utf8) {
      let parts = current.unicodeScalars.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        sources = [.options(line.options)]
        return
      }
      guard let option = line.option(named: String(parts[0].dropFirst(2))), option.value != nil
      else { return }
      keep(parts[0].count + 1)
      return ask(option.completion)
    }
    let options = line.options
    for (place, letter) in current.unicodeScalars.dropFirst().enumerated() {
      guard let option = options.first(where: { $0.short == Character(letter) }) else { return }
      guard option.value != nil else { continue }
      // Directly after its letter the value has not begun: the word may end here.
      guard current.unicodeScalars.count > place + 2 else { break }
      keep(place + 2)
      return ask(option.completion)
    }
    sources = [.options(options)]
  }

  private mutating func ask(_ completion: Completion) {
    switch completion {
    case .none: return
    case .list, .field: keepItems()
    case .tags(let signs):
      keepItems()
      if let sign = beginning.unicodeScalars.first, signs.unicodeScalars.contains(sign) {
        keep(1)
        // A second sign belongs to the name.
        return sources.append(.value(.tag))
      }
    case .order, .ordering:
      if beginning.utf8.first == UInt8(ascii: "-") { keep(1) }
    case .file, .category, .trashedCategory, .tag, .reference, .trashed, .metadata, .assignment,
      .trait, .change, .subject, .point, .backup, .command, .setting, .choices:
      break
    }
    sources.append(.value(completion))
  }

  /// Keeps the items before the last comma.
  private mutating func keepItems() {
    guard let comma = beginning.unicodeScalars.lastIndex(of: ",") else { return }
    let rest = beginning.unicodeScalars[comma...].dropFirst().drop { $0 == " " }
    keep(beginning.unicodeScalars.count - rest.count)
  }

  /// Moves a number of characters from the part to complete to the part that is kept.
  private mutating func keep(_ count: Int) {
    let scalars = beginning.unicodeScalars
    kept += String(String.UnicodeScalarView(scalars.prefix(count)))
    beginning = String(String.UnicodeScalarView(scalars.dropFirst(count)))
  }
}
