/// The completions of zsh, from the command table.
enum ZshCompletion {
  /// The whole script, to be found as `_favs` in `$fpath`.
  static func text(_ pages: [CommandPage]) -> String {
    let groups = pages.filter { !$0.children.isEmpty }
    let leaves = pages.filter { $0.children.isEmpty }
    return """
      #compdef favs
      # Completions of favs for zsh. Written by favs completions zsh; see make docs.

      _favs_values() {
        local -a values
        values=(${(f)"$(FAVS_LOG=off favs "$@" --format '{name}\\n' 2>/dev/null)"})
        compadd -a values
      }
      _favs_categories() { _favs_values category list }
      _favs_tags() { _favs_values tag list }

      _favs() {
        local context state state_descr line
        typeset -A opt_args
        local -a commands
        commands=(
      \(pages.map { describe($0, under: nil) }.joined(separator: "\n"))
        )
        _arguments -C \\
      \(options(pages.first?.globalOptions ?? [], indent: "    ")) \\
          '--version[print the version]' \\
          '1:command:->command' \\
          '*::argument:->argument'
        case $state in
          command) _describe -t commands command commands ;;
          argument)
            case $line[1] in
      \(leaves.map { leafCase($0, indent: "        ") }.joined(separator: "\n"))
      \(groups.map(groupCase).joined(separator: "\n"))
            esac
            ;;
        esac
      }

      if [[ $funcstack[1] == _favs ]]; then _favs "$@"; else compdef _favs favs; fi

      """
  }

  private static func describe(_ page: CommandPage, under parent: CommandPage?) -> String {
    let name = parent.map { String(page.name.dropFirst($0.name.count + 1)) } ?? page.name
    return "    '\(name):\(quoted(page.summary))'"
  }

  private static func leafCase(_ page: CommandPage, indent: String) -> String {
    let name = page.name.split(separator: " ").last.map(String.init) ?? page.name
    let names = ([name] + page.aliases).joined(separator: "|")
    return "\(indent)\(names)) _arguments -s \\\n"
      + options(page.options + page.globalOptions, indent: indent + "  ") + operands(page, indent)
      + " ;;"
  }

  private static func groupCase(_ page: CommandPage) -> String {
    """
            \(page.name))
              commands=(
    \(page.children.map { describe($0, under: page) }.joined(separator: "\n"))
              )
              _arguments -C '1:command:->command' '*::argument:->argument'
              case $state in
                command) _describe -t commands command commands ;;
                argument)
                  case $line[1] in
    \(page.children.map { leafCase($0, indent: "                ") }.joined(separator: "\n"))
                  esac
                  ;;
              esac
              ;;
    """
  }

  private static func options(_ options: [OptionPage], indent: String) -> String {
    (options + [Help.helpOption]).map { option in
      let value =
        option.value.map { ":\(quoted($0.lowercased())):\(action(option.completion))" } ?? ""
      let long = "--\(option.long)" + (option.value == nil ? "" : "=")
      let summary = "[\(quoted(option.summary))]\(value)"
      guard let short = option.short else { return "\(indent)'*\(long)\(summary)'" }
      let shortName = "-\(short)" + (option.value == nil ? "" : "+")
      return "\(indent)'*'{\(shortName),\(long)}'\(summary)'"
    }.joined(separator: " \\\n")
  }

  private static func operands(_ page: CommandPage, _ indent: String) -> String {
    guard page.operands != .none else { return "" }
    let name = quoted(page.operands.name.lowercased())
    return " \\\n\(indent)  '*:\(name):\(action(page.operands.completion))'"
  }

  private static func action(_ completion: Completion) -> String {
    switch completion {
    case .none, .reference, .trashed: " "
    case .file: "_files"
    case .category: "_favs_categories"
    case .tag: "_favs_tags"
    case .field: "(\(CompletionWords.fields))"
    case .command: "(\(CompletionWords.commands))"
    case .choices(let names): "(\(names.joined(separator: " ")))"
    }
  }

  /// For a description in single quotes: what `_arguments` and `_describe` take for signs is escaped.
  private static func quoted(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'": result += "'\\''"
      case ":", "[", "]", "\\": result += "\\" + String(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
