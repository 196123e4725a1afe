/// The parsed beginning of a command line that is still being typed.
///
/// Reads words as `CommandLineParser` does, but never fails: an unfinished line may be invalid.
struct TypedLine {
  /// The names of the groups so far.
  private(set) var path: [String] = []
  /// The command, once it is clear.
  private(set) var page: CommandPage?
  /// The default command of the group, if there is one.
  private(set) var usual: CommandPage?
  /// Whether the default command applies even if operands follow the name of the group.
  private(set) var usualTakesWords = false
  /// The arguments that are not options.
  private(set) var operands: [String] = []
  /// The option whose value comes next.
  private(set) var pending: OptionPage?
  /// Whether `--` has ended the options.
  private(set) var isSeparated = false
  /// The database named on the command line.
  private(set) var database: String?
  private var table = Commands.all

  /// Parses words, without the program's name.
  init(_ words: [String]) {
    for word in words { read(word) }
  }

  /// The options allowed here.
  var options: [OptionPage] {
    let global = GlobalOptions.options.map(\.page) + [Help.helpOption]
    if let page = page ?? usual { return page.options + global }
    return global + [Self.versionOption]
  }

  private static let versionOption = OptionPage(
    long: "version", short: "V", value: nil, summary: "print the version", completion: .none)

  /// The option with a name, or with an unambiguous beginning of a name.
  func option(named name: String) -> OptionPage? {
    let options = options
    if let option = options.first(where: { $0.long == name }) { return option }
    let matches = options.filter { $0.long.hasPrefix(name) }
    return matches.count == 1 ? matches[0] : nil
  }

  private mutating func read(_ word: String) {
    if let option = pending {
      pending = nil
      return note(option, word)
    }
    if !isSeparated, word.utf8.first == UInt8(ascii: "-"), word.utf8.count > 1 {
      if word == "--" {
        isSeparated = true
      } else if word.utf8.starts(with: "--".utf8) {
        readLong(word)
      } else {
        readShort(word)
      }
      return
    }
    guard page == nil, !isSeparated, operands.isEmpty,
      let entry = Entry.named(word, in: table, abbreviated: true)
    else {
      if page == nil { page = usual }
      return operands.append(word)
    }
    switch entry.body {
    case .command:
      page = entry.page(under: path.joined(separator: " "))
    case .group(_, let whenMeant, let entries):
      path.append(entry.name)
      table = entries
      usualTakesWords = whenMeant == .withWords
      usual = whenMeant == .never ? nil : entries[0].page(under: entry.name)
    }
  }

  private mutating func readLong(_ word: String) {
    let parts = word.unicodeScalars.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let option = option(named: parts.first.map(String.init) ?? ""), option.value != nil
    else { return }
    if parts.count == 2 {
      note(option, String(parts[1]))
    } else {
      pending = option
    }
  }

  private mutating func readShort(_ word: String) {
    let options = options
    var letters = word.unicodeScalars.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = options.first(where: { $0.short == Character(letter) }) else { return }
      guard option.value != nil else { continue }
      if letters.isEmpty { pending = option }
      return
    }
  }

  private mutating func note(_ option: OptionPage, _ value: String) {
    if option.long == "db" { database = value }
  }
}
