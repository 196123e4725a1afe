internal import Favourites
internal import Host

/// Draws with fzf, while favs does the searching: for users who have fzf set up to their taste.
///
/// fzf runs its commands in a shell. The commands are constant: the program's path and the filters
/// are passed in variables, fzf quotes what is typed, and only the ids of favourites are inserted.
struct FzfPicker {
  private let words: [String]
  private let variables: [(name: String, value: String)]

  /// The variables added to fzf's environment; `favs feed` reads them.
  static let programVariable = "FAVS_FEED_PROGRAM"
  static let wordsVariable = "FAVS_FEED_WORDS"

  /// The first version with the features used here: `start` and `reload`.
  private static let needed = (major: 0, minor: 35)

  init(
    query: String, _ options: PickOptions, action: String, _ context: Context
  ) throws(Failure) {
    let feed = "\"$\(Self.programVariable)\" feed -- {q}"
    var height = "40%"
    switch options.height {
    case .lines(let lines): height = String(lines)
    case .percent(let percent): height = "\(percent)%"
    case nil: break
    }
    words =
      [
        "fzf", "--disabled", "--read0", "--print0", "--multi", "--no-sort", "--layout=reverse",
        "--delimiter=\t", "--with-nth=2..", "--query=\(query)", "--header=Enter: \(action)",
        "--bind=start:reload:\(feed)", "--bind=change:reload:\(feed)",
        "--preview=\"$\(Self.programVariable)\" show -- {1}",
      ] + (options.isFull ? ["--height=100%"] : ["--height=\(height)"])
    var variables = [
      (name: Self.programVariable, value: try Self.program()),
      (name: Self.wordsVariable, value: context.words.json),
      // The commands are written for this shell, whatever the user's is.
      (name: "SHELL", value: "/bin/sh"),
    ]
    if context.file.isNamed { variables.append((name: "FAVS_DB", value: context.file.path)) }
    self.variables = variables
  }

  private static func program() throws(Failure) -> String {
    return try Failure.of(ThisProcess.program())
  }

  /// Runs the picker.
  func run(in context: inout Context) throws(Failure) -> Picker.Outcome {
    try Self.checkVersion()
    let words = words
    let variables = variables
    let (status, bytes) = try context.waiting { () throws(Failure) in
      try Self.output(of: words, adding: variables, onTerminal: true)
    }
    switch status {
    case 0:
      let ids = bytes.split(separator: 0).compactMap { line in
        Int64(String(decoding: line.prefix { $0 != 0x09 }, as: UTF8.self))
      }
      return ids.isEmpty ? .nothing : .chosen(ids)
    case 1: return .nothing
    case 130: return .left
    default: throw Failure(.inputOutput, "fzf exited with \(status)")
    }
  }

  private static func checkVersion() throws(Failure) {
    let (_, bytes) = try output(of: ["fzf", "--version"], adding: [], onTerminal: false)
    let text = String(decoding: bytes.prefix(100), as: UTF8.self)
    let numbers = text.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
    guard numbers.count == 2,
      (numbers[0], numbers[1]) >= (needed.major, needed.minor)
    else {
      throw Failure(
        .inputOutput, "fzf is too old: favs needs \(needed.major).\(needed.minor)",
        hint: "without FAVS_PICKER=fzf, favs draws itself")
    }
  }

  /// The output of fzf. It can be no longer than the lines that we gave it.
  private static func output(
    of words: [String], adding variables: [(name: String, value: String)], onTerminal: Bool
  ) throws(Failure) -> (status: Int32, bytes: [UInt8]) {
    do {
      return try Child.output(
        of: words, adding: variables, onTerminal: onTerminal, atMost: 1 << 20)
    } catch {
      guard !error.isNotFound else {
        throw Failure(
          .inputOutput, "fzf is not installed",
          hint: "install it, or let favs draw: unset FAVS_PICKER and the setting 'picker'")
      }
      throw Failure(error)
    }
  }
}
