/// The completions of bash, from the command table.
enum BashCompletion {
  /// The whole script.
  static func text(_ pages: [CommandPage]) -> String {
    let leaves = pages.flatMap { $0.children.isEmpty ? [$0] : $0.children }
    let names = pages.flatMap { [$0.name] + $0.aliases }.joined(separator: " ")
    let groups = pages.filter { !$0.children.isEmpty }
    return """
      # Completions of favs for bash. Written by favs completions bash; see make docs.

      _favs_values() {
        local IFS=$'\\n'
        COMPREPLY=($(compgen -W "$(FAVS_LOG=off favs "$@" --format '{name}\\n' 2>/dev/null)" -- "$cur"))
        [[ ${#COMPREPLY[@]} -gt 0 ]] && mapfile -t COMPREPLY < <(printf '%q\\n' "${COMPREPLY[@]}")
      }

      _favs() {
        local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
        local command="" word index options="" operands=""
        COMPREPLY=()
        for ((index = 1; index < COMP_CWORD; index++)); do
          word=${COMP_WORDS[index]}
          case "$command" in
      \(groups.map { "    \(quoted($0.name))) " + subcommands($0) + " ;;" }.joined(separator: "\n"))
            "") [[ $word != -* ]] && command=$word ;;
          esac
        done
        case "$command" in
          "") options="\(globalNames(pages)) --version"; operands="\(names)" ;;
      \(groups.map(groupCase).joined(separator: "\n"))
      \(leaves.map(optionsCase).joined(separator: "\n"))
        esac
        case "$command $prev" in
      \(leaves.compactMap(valuesCase).joined(separator: "\n"))
        esac
        case "$prev" in
      \(globalValues(pages))
        esac
        if [[ $cur == -* ]]; then
          COMPREPLY=($(compgen -W "$options" -- "$cur"))
        elif [[ -n $operands ]]; then
          COMPREPLY=($(compgen -W "$operands" -- "$cur"))
        else
          case "$command" in
      \(leaves.compactMap(operandsCase).joined(separator: "\n"))
          esac
        fi
      }

      complete -F _favs favs

      """
  }

  private static func quoted(_ text: String) -> String { "\"\(text)\"" }

  private static func subcommands(_ page: CommandPage) -> String {
    let names = page.children.map { String($0.name.dropFirst(page.name.count + 1)) }
    return
      "case \"$word\" in \(names.joined(separator: "|"))) command=\"\(page.name) $word\" ;; esac"
  }

  private static func globalNames(_ pages: [CommandPage]) -> String {
    (pages.first.map { $0.globalOptions + [Help.helpOption] } ?? []).map(names).joined(
      separator: " ")
  }

  private static func names(_ option: OptionPage) -> String {
    (option.short.map { "-\($0) " } ?? "") + "--\(option.long)"
  }

  private static func patterns(_ page: CommandPage) -> String {
    ([page.name] + page.aliases).map(quoted).joined(separator: "|")
  }

  private static func groupCase(_ page: CommandPage) -> String {
    let names = page.children.map { String($0.name.dropFirst(page.name.count + 1)) }
    return "    \(quoted(page.name))) operands=\"\(names.joined(separator: " "))\" ;;"
  }

  private static func optionsCase(_ page: CommandPage) -> String {
    let all = (page.options + page.globalOptions + [Help.helpOption]).map(names)
    return "    \(patterns(page))) options=\"\(all.joined(separator: " "))\" ;;"
  }

  private static func valuesCase(_ page: CommandPage) -> String? {
    let cases = page.options.filter { $0.value != nil }.map { option in
      let spellings = [option.short.map { "-\($0)" }, "--\(option.long)"].compactMap { $0 }
      let patterns = ([page.name] + page.aliases).flatMap { name in
        spellings.map { quoted("\(name) \($0)") }
      }
      let action = action(option.completion)
      return
        "    \(patterns.joined(separator: "|"))) \(action)\(action.isEmpty ? "" : "; ")return ;;"
    }
    return cases.isEmpty ? nil : cases.joined(separator: "\n")
  }

  private static func globalValues(_ pages: [CommandPage]) -> String {
    (pages.first?.globalOptions ?? []).filter { $0.value != nil }.map { option in
      "    --\(option.long)) \(action(option.completion)); return ;;"
    }.joined(separator: "\n")
  }

  private static func operandsCase(_ page: CommandPage) -> String? {
    let action = action(page.operands.completion)
    return action.isEmpty ? nil : "      \(patterns(page))) \(action) ;;"
  }

  private static func action(_ completion: Completion) -> String {
    switch completion {
    case .none, .reference, .trashed: ""
    case .file: "COMPREPLY=($(compgen -f -- \"$cur\"))"
    case .category: "_favs_values category list"
    case .tag: "_favs_values tag list"
    case .field: "COMPREPLY=($(compgen -W \"\(CompletionWords.fields)\" -- \"$cur\"))"
    case .command: "COMPREPLY=($(compgen -W \"\(CompletionWords.commands)\" -- \"$cur\"))"
    case .choices(let names):
      "COMPREPLY=($(compgen -W \"\(names.joined(separator: " "))\" -- \"$cur\"))"
    }
  }
}
