internal import Favourites

/// Prints the code that a shell's start-up file evaluates.
struct Init: Command {
  static let synopsis = Synopsis<Self>(
    "Print what a shell's start-up file evaluates",
    details: [
      "For your shell's start-up file: completions, and a function f that lets you pick a "
        + "favourite and opens it. bash: eval \"$(favs init bash)\" in ~/.bashrc. zsh: eval "
        + "\"$(favs init zsh)\" in ~/.zshrc, after compinit. fish: favs init fish | source in "
        + "~/.config/fish/config.fish.",
      "No key is bound unless --key names one: ^G is Control-G, ^Xf is Control-X and then f, ^[g "
        + "is Alt-G. It inserts the links that you pick at the cursor, quoted, and runs nothing.",
    ],
    operands: .one("SHELL", .choices(Completions.Shell.allCases.map(\.rawValue))),
    options: [
      .read("cmd", nil, "NAME", "call the function NAME (default: f)", \.name, by: functionName),
      .flag("no-cmd", nil, "define no function", \.hasNoFunction),
      .read("key", nil, "KEYS", "insert picked links with these keys", \.keys) {
        (text) throws(ValueError) in try KeySequence(text)
      },
    ],
    examples: [
      Example("favs init bash --cmd fav --key '^Xf'", "call the function fav, and bind a key")
    ],
    exits: [.done, .usage, .inputOutput],
    seeAlso: ["completions", "open"])

  static let opensFile = false

  var operands: [String] = []
  var global = GlobalOptions()
  var name: String?
  var hasNoFunction = false
  var keys: KeySequence?

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    guard let shell = Completions.Shell(rawValue: operands[0]) else {
      throw Failure(.usage, "no support for '\(operands[0])'", hint: "bash, zsh, fish")
    }
    guard name == nil || !hasNoFunction else {
      throw Failure(.usage, "--cmd and --no-cmd cannot be used together")
    }
    let start = ShellInit(command: hasNoFunction ? nil : name ?? "f", keys: keys)
    try context.output.write(start.text(for: shell))
    return .done
  }

  /// Parses the name of a function: letters, digits, `-` and `_`, which need no quoting in any
  /// shell, and not a shell keyword.
  private static func functionName(_ text: String) throws(ValueError) -> String {
    let isName =
      text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x5F }
      && text.utf8.first.map { $0.isASCIILetter || $0 == 0x5F } ?? false
    guard isName, !grammar.contains(text) else {
      throw ValueError("'\(text)' cannot be the name of a function")
    }
    guard text != "favs", text != "command", text != "builtin" else {
      throw ValueError("a function '\(text)' would call itself")
    }
    return text
  }

  private static let grammar = [
    "if", "then", "else", "elif", "fi", "case", "esac", "for", "foreach", "end", "while", "until",
    "do", "done", "function", "select", "time", "coproc", "repeat", "nocorrect", "begin", "switch",
    "and", "or", "not", "in",
  ]
}
