/// The code that a shell's start-up file evaluates: completions and, if requested, a function and
/// key bindings.
///
/// All commands bypass aliases and functions of the same name, and shell options that could break a
/// function are set for that function only. Evaluating the code exports nothing and runs no
/// program.
struct ShellInit {
  /// The name of the function that picks and opens; nil for none.
  let command: String?
  /// The keys that insert picked URLs; nil for none.
  let keys: KeySequence?

  /// The command that prints picked URLs, each terminated by NUL; valid in any of the shells.
  private static let picking = #"\command favs pick --action print --format '{url}' -0"#

  /// The code for a shell.
  func text(for shell: Completions.Shell) -> String {
    let parts: [String?] =
      switch shell {
      case .bash: [BashCompletion.text, command.map(bashFunction), keys.map(bashKeys)]
      case .zsh: [ZshCompletion.evaluated, command.map(zshFunction), keys.map(zshKeys)]
      case .fish: [FishCompletion.text, command.map(fishFunction), keys.map(fishKeys)]
      }
    return parts.compactMap(\.self).joined(separator: "\n")
  }

  // MARK: bash

  private func bashFunction(_ name: String) -> String {
    """
    # \(name): pick a favourite and open it.
    \\builtin unalias \(name) 2>/dev/null || \\builtin true
    function \(name)() {
      \\command favs pick --action open "$@"
    }

    """
  }

  private func bashKeys(_ keys: KeySequence) -> String {
    let maps = ["emacs-standard", "vi-insert", "vi-command"].map {
      #"  \builtin bind -m \#($0) -x '"\#(keys.bash)": __favs_insert' 2>/dev/null"#
    }.joined(separator: "\n")
    return #"""
      # Inserts the links that are picked, each quoted, and runs nothing.
      function __favs_insert() {
        \builtin local link quoted picked=""
        while IFS= \builtin read -r -d '' link; do
          if [[ -n $link ]]; then
            \builtin printf -v quoted '%q ' "$link"
            picked+=$quoted
          fi
        done < <(\#(Self.picking) </dev/tty)
        READLINE_LINE=${READLINE_LINE:0:READLINE_POINT}$picked${READLINE_LINE:READLINE_POINT}
        READLINE_POINT=$((READLINE_POINT + ${#picked}))
      }

      if [[ $- == *i* && ${BASH_VERSINFO[0]} -ge 4 ]]; then
      \#(maps)
      fi

      """#
  }

  // MARK: zsh

  private func zshFunction(_ name: String) -> String {
    """
    # \(name): pick a favourite and open it.
    \\builtin unalias -- \(name) 2>/dev/null || \\builtin true
    function \(name)() {
      \\command favs pick --action open "$@"
    }

    """
  }

  private func zshKeys(_ keys: KeySequence) -> String {
    let maps = ["emacs", "viins", "vicmd"].map {
      "  \\builtin bindkey -M \($0) '\(keys.zsh)' __favs_insert"
    }.joined(separator: "\n")
    return #"""
      # Inserts the links that are picked, each quoted, and runs nothing.
      function __favs_insert() {
        \builtin emulate -L zsh
        # Not from <( ): zsh runs that in the background, where nothing may use the terminal.
        \builtin local link picked="" all="$(\#(Self.picking) </dev/tty)"
        for link in "${(@0)all}"; do
          [[ -n $link ]] && picked+="${(q)link} "
        done
        \builtin zle reset-prompt
        LBUFFER+=$picked
      }

      if [[ -o zle ]]; then
        \builtin zle -N __favs_insert
      \#(maps)
      fi

      """#
  }

  // MARK: fish

  private func fishFunction(_ name: String) -> String {
    """
    function \(name) --description 'pick a favourite and open it'
        command favs pick --action open $argv
    end

    """
  }

  private func fishKeys(_ keys: KeySequence) -> String {
    #"""
    function __favs_insert --description 'insert the links that are picked, quoted'
        set -l picked
        \#(Self.picking.dropFirst()) </dev/tty | while read -lz link
            test -n "$link"; and set -a picked (string escape -- $link)
        end
        set -q picked[1]; and commandline -i -- (string join ' ' -- $picked)' '
        commandline -f repaint
    end

    if status is-interactive
        bind -M default \#(keys.fish) __favs_insert
        bind -M insert \#(keys.fish) __favs_insert
    end

    """#
  }
}
