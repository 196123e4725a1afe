/// The completion script for zsh.
enum ZshCompletion {
  /// The whole script, to be installed as `_favs` in `$fpath`. It calls `favs complete`, and passes
  /// the answer on.
  static let text =
    """
    #compdef favs
    # Completions of favs for zsh. Written by favs completions zsh; see make docs.


    """ + function + """

      if [[ $funcstack[1] == _favs ]]; then _favs "$@"; else compdef _favs favs; fi

      """

  /// A variant for start-up files: registers itself if zsh's completion system is loaded, and
  /// otherwise does nothing.
  static let evaluated =
    "# Completions of favs for zsh.\n\n" + function
    + "\nif (( ${+functions[compdef]} )); then \\compdef _favs favs; fi\n"

  private static let function = #"""
    _favs() {
      local -a lines values shown
      local line kind value tab=$'\t'
      lines=("${(@f)$(FAVS_LOG=off \command favs complete zsh -- \
        "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
      kind=$lines[1]
      if [[ $kind == files || -z $kind ]]; then
        [[ $PREFIX != --*=* ]] || compset -P '*='
        _files
        return
      fi
      for line in "${(@)lines[2,-1]}"; do
        value=${line%%$tab*}
        values+=("$value")
        line=${line#*$tab}
        shown+=("$value${line:+  -- $line}")
      done
      (( $#values )) || return 1
      local -a how=(-l)
      [[ "${(j::)lines[2,-1]#*$tab}" == "" ]] && how=()
      [[ $kind == open ]] && how+=(-S '')
      if [[ $kind == replace ]]; then
        how+=(-U)
        (( $#values > 1 )) && compstate[insert]=menu
      else
        how+=(-M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}')
      fi
      compadd -V favs "${how[@]}" -d shown -a values
    }

    """#
}
