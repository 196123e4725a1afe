/// The completions of fish, from the command table.
enum FishCompletion {
  /// The whole script.
  static func text(_ pages: [CommandPage]) -> String {
    let groups = pages.filter { !$0.children.isEmpty }
    var lines = [
      "# Completions of favs for fish. Written by favs completions fish; see make docs.",
      "",
      "function __favs_command --description 'the command that is being typed'",
      "    set -l words (commandline -opc | string match -v -- '-*')",
      "    set -l found $words[2]",
    ]
    for page in groups {
      let names = page.children.map { String($0.name.dropFirst(page.name.count + 1)) }
      lines.append(
        "    if test \"$found\" = \(page.name); and contains -- \"$words[3]\" "
          + names.joined(separator: " "))
      lines.append("        set found \"\(page.name) $words[3]\"")
      lines.append("    end")
    }
    lines += [
      "    echo $found",
      "end",
      "",
      "function __favs_is --description 'whether one of these commands is being typed'",
      "    contains -- (__favs_command) $argv",
      "end",
      "",
      "complete -c favs -f",
    ]
    for page in pages {
      lines.append(
        "complete -c favs -n '__favs_is \"\"' -a \(page.name) -d \(quoted(page.summary))")
      for child in page.children {
        let name = String(child.name.dropFirst(page.name.count + 1))
        lines.append(
          "complete -c favs -n '__favs_is \(page.name)' -a \(name) -d \(quoted(child.summary))")
      }
    }
    lines.append("complete -c favs -l version -d 'print the version' -n '__favs_is \"\"'")
    for option in (pages.first?.globalOptions ?? []) + [Help.helpOption] {
      lines.append("complete -c favs" + self.option(option))
    }
    for page in pages.flatMap({ $0.children.isEmpty ? [$0] : $0.children }) {
      let names = ([page.name] + page.aliases).map { "\"\($0)\"" }.joined(separator: " ")
      let condition = " -n '__favs_is \(names)'"
      for option in page.options {
        lines.append("complete -c favs" + condition + self.option(option))
      }
      if let words = action(page.operands.completion) {
        lines.append("complete -c favs\(condition) \(words)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func option(_ option: OptionPage) -> String {
    let short = option.short.map { " -s \($0)" } ?? ""
    let value =
      option.value == nil ? "" : " -r" + (action(option.completion).map { " " + $0 } ?? "")
    return "\(short) -l \(option.long)\(value) -d \(quoted(option.summary))"
  }

  private static func action(_ completion: Completion) -> String? {
    switch completion {
    case .none, .reference, .trashed: nil
    case .file: "-F"
    case .category: "-a '(FAVS_LOG=off favs category list --format \"{name}\\\\n\" 2>/dev/null)'"
    case .tag: "-a '(FAVS_LOG=off favs tag list --format \"{name}\\\\n\" 2>/dev/null)'"
    case .field: "-a '\(CompletionWords.fields)'"
    case .command: "-a '\(CompletionWords.commands)'"
    case .choices(let names): "-a '\(names.joined(separator: " "))'"
    }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'")
      + "'"
  }
}
