/// What the last word of a command line may become, as far as the command table tells.
struct CompletionQuestion: Equatable {
  /// What stands in the word before the part that is asked for: `--category=`, `-c`, `id,`.
  private(set) var kept = ""
  /// How that part begins.
  private(set) var beginning: String
  /// Where it may come from, in this order.
  private(set) var sources: [Source] = []
  /// The file that the line names.
  let database: String?
  /// True where a word that begins with a dash would be taken for an option.
  private(set) var avoidsDashes = false

  /// Where a part of a word may come from.
  enum Source: Equatable {
    /// The commands in a group; all, in none.
    case commands(in: [String])
    /// What help tells about that is no command.
    case topics
    case options([OptionPage])
    case value(Completion)
  }

  /// - Parameters:
  ///   - words: the words before the last one, without the program's name.
  ///   - current: the last one, which may be empty.
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

  /// An option, or the value that stands in one word with it.
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
      // Right behind its letter a value has not begun yet: that may be the end of the word.
      guard current.unicodeScalars.count > place + 2 else { break }
      keep(place + 2)
      return ask(option.completion)
    }
    sources = [.options(options)]
  }

  private mutating func ask(_ completion: Completion) {
    switch completion {
    case .none: return
    case .list, .field:
      if let comma = beginning.unicodeScalars.lastIndex(of: ",") {
        keep(beginning.unicodeScalars.prefix(through: comma).count)
      }
    case .order:
      if beginning.utf8.first == UInt8(ascii: "-") { keep(1) }
    case .file, .category, .trashedCategory, .tag, .reference, .trashed, .metadata, .assignment,
      .trait, .change, .backup, .command, .setting, .choices:
      break
    }
    sources.append(.value(completion))
  }

  /// Leaves so many characters of the part as they are.
  private mutating func keep(_ count: Int) {
    let scalars = beginning.unicodeScalars
    kept += String(String.UnicodeScalarView(scalars.prefix(count)))
    beginning = String(String.UnicodeScalarView(scalars.dropFirst(count)))
  }
}
