# Completions of favs for fish. Written by favs completions fish; see make docs.

function __favs_knows --description 'ask favs for completions; false if a file is wanted'
    set -l current (commandline -ct)
    set -g __favs_answer (FAVS_LOG=off command favs complete fish -- \
        (commandline -opc) "$current" 2>/dev/null </dev/null)
    test (count $__favs_answer) -gt 0; and test "$__favs_answer[1]" != files
end

function __favs_answered --description 'print what favs answered, one per line'
    set -q __favs_answer[2]; and printf '%s\n' $__favs_answer[2..-1]
    set -e __favs_answer
end

complete -c favs -f -k -n __favs_knows -a '(__favs_answered)'
