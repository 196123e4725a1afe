/// The completion script for bash.
enum BashCompletion {
  /// The whole script. It calls `favs complete`, and passes the answer to readline.
  static let text = #"""
    # shellcheck shell=bash
    # Completions of favs for bash. Written by favs completions bash; see make docs.

    _favs() {
      local kind="" line
      COMPREPLY=()
      # No mapfile and no compopt: macOS has bash 3.2. Nothing of what is read is expanded.
      while IFS= read -r line; do
        if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("$line"); fi
      done < <(FAVS_LOG=off \command favs complete bash -- "${COMP_LINE:0:COMP_POINT}" \
        "$COMP_WORDBREAKS" "${COMP_TYPE:-9}" 2>/dev/null </dev/null)
      if [[ ${BASH_VERSINFO[0]} -ge 4 ]]; then
        compopt -o nosort 2>/dev/null
        case $kind in
          files) compopt -o default ;;
          open) compopt -o nospace ;;
        esac
      fi
    }

    if [[ ${BASH_VERSINFO[0]} -ge 4 ]]; then
      complete -F _favs favs
    else
      complete -o default -F _favs favs
    fi

    """#
}
