# Completions of favs for bash. Written by favs completions bash; see make docs.

_favs_values() {
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$(FAVS_LOG=off favs "$@" --format '{name}\n' 2>/dev/null)" -- "$cur"))
  [[ ${#COMPREPLY[@]} -gt 0 ]] && mapfile -t COMPREPLY < <(printf '%q\n' "${COMPREPLY[@]}")
}

_favs() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
  local command="" word index options="" operands=""
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    case "$command" in
    "category") case "$word" in list|add|show|edit|rename|merge|rm) command="category $word" ;; esac ;;
    "tag") case "$word" in list|rename|merge|rm) command="tag $word" ;; esac ;;
    "trash") case "$word" in list|show|empty) command="trash $word" ;; esac ;;
    "backup") case "$word" in create|list|restore) command="backup $word" ;; esac ;;
      "") [[ $word != -* ]] && command=$word ;;
    esac
  done
  case "$command" in
    "") options="--db --json -q --quiet -v --verbose --profile --color -h --help --version"; operands="add edit rm list ls search find show open move mv swap category tag restore trash undo redo history log diff backup import export doctor logs help version completions man" ;;
    "category") operands="list add show edit rename merge rm" ;;
    "tag") operands="list rename merge rm" ;;
    "trash") operands="list show empty" ;;
    "backup") operands="create list restore" ;;
    "add") options="-c --category -u --url --note -t --tag --rank --set --update --duplicate -n --dry-run --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "edit") options="--title -c --category -u --url --note -t --tag --untag --rank --set --unset --clear --in --tagged --any-tag --no-tag --untagged --where --since --until --modified-since --has --no --change --all -n --dry-run -y --yes --no-input --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "rm") options="-c --category -t --tag --any-tag --no-tag --untagged --where --since --until --modified-since --has --no --change --all -n --dry-run -y --yes --no-input --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "list"|"ls") options="-c --category -t --tag --any-tag --no-tag --untagged --where --since --until --modified-since --has --no --change --sort --page --per-page --after --limit --envelope --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "search"|"find") options="--count --facets --snippets --explain --fuzzy --no-fuzzy --substring --regex -c --category -t --tag --any-tag --no-tag --untagged --where --since --until --modified-since --has --no --change --sort --page --per-page --after --limit --envelope --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "show") options="--at --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "open") options="--any-scheme -c --category -t --tag --any-tag --no-tag --untagged --where --since --until --modified-since --has --no --change --all -n --dry-run -y --yes --no-input --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "move"|"mv") options="--to --rank --first --last --before --after -c --category -t --tag --any-tag --no-tag --untagged --where --since --until --modified-since --has --no --change --all -n --dry-run -y --yes --no-input --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "swap") options="-n --dry-run --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "category list") options="--format -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "category add") options="--note --field -n --dry-run --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "category show") options="--format -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "category edit") options="--note --field --unset-field -n --dry-run --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "category rename") options="-n --dry-run --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "category merge") options="-n --dry-run --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "category rm") options="-n --dry-run -y --yes --no-input --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "tag list") options="--format -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "tag rename") options="-n --dry-run --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "tag merge") options="-n --dry-run --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "tag rm") options="-n --dry-run --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "restore") options="--last --change --all -c --category --on-conflict -n --dry-run --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "trash list") options="-c --category -t --tag --since --until --change --categories --sort --page --per-page --format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "trash show") options="--format --fields -0 --print0 --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "trash empty") options="--older-than --all -n --dry-run -y --yes --no-input --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "undo") options="--last --list -n --dry-run --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "redo") options="--last -n --dry-run --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "history"|"log") options="-c --category --since --page --per-page --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "diff") options="--at --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "backup create") options="--keep --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "backup list") options="--db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "backup restore") options="-y --yes --no-input --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "import") options="--from --into --folders -t --tag --on-duplicate --format --map --header --clean --strict -n --dry-run --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "export") options="--format --full -c --category -t --tag --any-tag --no-tag --untagged --where --since --until --modified-since --has --no --change --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "doctor") options="--fix --salvage -n --dry-run --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "logs") options="--level --since --slow --follow --summary --db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "help") options="--db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "version") options="--db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "completions") options="--db --json -q --quiet -v --verbose --profile --color -h --help" ;;
    "man") options="--db --json -q --quiet -v --verbose --profile --color -h --help" ;;
  esac
  case "$command $prev" in
    "add -c"|"add --category") _favs_values category list; return ;;
    "add -u"|"add --url") return ;;
    "add --note") return ;;
    "add -t"|"add --tag") _favs_values tag list; return ;;
    "add --rank") return ;;
    "add --set") return ;;
    "add --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "add --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "edit --title") return ;;
    "edit -c"|"edit --category") _favs_values category list; return ;;
    "edit -u"|"edit --url") return ;;
    "edit --note") return ;;
    "edit -t"|"edit --tag") _favs_values tag list; return ;;
    "edit --untag") _favs_values tag list; return ;;
    "edit --rank") return ;;
    "edit --set") return ;;
    "edit --unset") return ;;
    "edit --clear") COMPREPLY=($(compgen -W "url note tags metadata" -- "$cur")); return ;;
    "edit --in") _favs_values category list; return ;;
    "edit --tagged") _favs_values tag list; return ;;
    "edit --no-tag") _favs_values tag list; return ;;
    "edit --where") return ;;
    "edit --since") return ;;
    "edit --until") return ;;
    "edit --modified-since") return ;;
    "edit --has") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "edit --no") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "edit --change") return ;;
    "edit --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "edit --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "rm -c"|"rm --category") _favs_values category list; return ;;
    "rm -t"|"rm --tag") _favs_values tag list; return ;;
    "rm --no-tag") _favs_values tag list; return ;;
    "rm --where") return ;;
    "rm --since") return ;;
    "rm --until") return ;;
    "rm --modified-since") return ;;
    "rm --has") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "rm --no") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "rm --change") return ;;
    "rm --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "rm --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "list -c"|"list --category"|"ls -c"|"ls --category") _favs_values category list; return ;;
    "list -t"|"list --tag"|"ls -t"|"ls --tag") _favs_values tag list; return ;;
    "list --no-tag"|"ls --no-tag") _favs_values tag list; return ;;
    "list --where"|"ls --where") return ;;
    "list --since"|"ls --since") return ;;
    "list --until"|"ls --until") return ;;
    "list --modified-since"|"ls --modified-since") return ;;
    "list --has"|"ls --has") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "list --no"|"ls --no") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "list --change"|"ls --change") return ;;
    "list --sort"|"ls --sort") COMPREPLY=($(compgen -W "rank title category created modified opened used id" -- "$cur")); return ;;
    "list --page"|"ls --page") return ;;
    "list --per-page"|"ls --per-page") return ;;
    "list --after"|"ls --after") return ;;
    "list --limit"|"ls --limit") return ;;
    "list --format"|"ls --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "list --fields"|"ls --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "search --facets"|"find --facets") COMPREPLY=($(compgen -W "category tag" -- "$cur")); return ;;
    "search -c"|"search --category"|"find -c"|"find --category") _favs_values category list; return ;;
    "search -t"|"search --tag"|"find -t"|"find --tag") _favs_values tag list; return ;;
    "search --no-tag"|"find --no-tag") _favs_values tag list; return ;;
    "search --where"|"find --where") return ;;
    "search --since"|"find --since") return ;;
    "search --until"|"find --until") return ;;
    "search --modified-since"|"find --modified-since") return ;;
    "search --has"|"find --has") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "search --no"|"find --no") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "search --change"|"find --change") return ;;
    "search --sort"|"find --sort") COMPREPLY=($(compgen -W "rank title category created modified opened used id" -- "$cur")); return ;;
    "search --page"|"find --page") return ;;
    "search --per-page"|"find --per-page") return ;;
    "search --after"|"find --after") return ;;
    "search --limit"|"find --limit") return ;;
    "search --format"|"find --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "search --fields"|"find --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "show --at") return ;;
    "show --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "show --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "open -c"|"open --category") _favs_values category list; return ;;
    "open -t"|"open --tag") _favs_values tag list; return ;;
    "open --no-tag") _favs_values tag list; return ;;
    "open --where") return ;;
    "open --since") return ;;
    "open --until") return ;;
    "open --modified-since") return ;;
    "open --has") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "open --no") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "open --change") return ;;
    "open --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "open --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "move --to"|"mv --to") _favs_values category list; return ;;
    "move --rank"|"mv --rank") return ;;
    "move --before"|"mv --before") return ;;
    "move --after"|"mv --after") return ;;
    "move -c"|"move --category"|"mv -c"|"mv --category") _favs_values category list; return ;;
    "move -t"|"move --tag"|"mv -t"|"mv --tag") _favs_values tag list; return ;;
    "move --no-tag"|"mv --no-tag") _favs_values tag list; return ;;
    "move --where"|"mv --where") return ;;
    "move --since"|"mv --since") return ;;
    "move --until"|"mv --until") return ;;
    "move --modified-since"|"mv --modified-since") return ;;
    "move --has"|"mv --has") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "move --no"|"mv --no") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "move --change"|"mv --change") return ;;
    "move --format"|"mv --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "move --fields"|"mv --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "swap --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "swap --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "category list --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "category add --note") return ;;
    "category add --field") return ;;
    "category show --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "category edit --note") return ;;
    "category edit --field") return ;;
    "category edit --unset-field") return ;;
    "category rm --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "category rm --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "tag list --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "tag rename --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "tag rename --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "tag merge --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "tag merge --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "tag rm --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "tag rm --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "restore --change") return ;;
    "restore -c"|"restore --category") return ;;
    "restore --on-conflict") COMPREPLY=($(compgen -W "skip rename merge fail" -- "$cur")); return ;;
    "restore --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "restore --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "trash list -c"|"trash list --category") _favs_values category list; return ;;
    "trash list -t"|"trash list --tag") _favs_values tag list; return ;;
    "trash list --since") return ;;
    "trash list --until") return ;;
    "trash list --change") return ;;
    "trash list --sort") COMPREPLY=($(compgen -W "deleted title category id" -- "$cur")); return ;;
    "trash list --page") return ;;
    "trash list --per-page") return ;;
    "trash list --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "trash list --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "trash show --format") COMPREPLY=($(compgen -W "table tsv csv json jsonl" -- "$cur")); return ;;
    "trash show --fields") COMPREPLY=($(compgen -W "id uid title url note category rank tags metadata created_at modified_at opened_at opened deleted_at score matched snippet" -- "$cur")); return ;;
    "trash empty --older-than") return ;;
    "undo --last") return ;;
    "redo --last") return ;;
    "history -c"|"history --category"|"log -c"|"log --category") _favs_values category list; return ;;
    "history --since"|"log --since") return ;;
    "history --page"|"log --page") return ;;
    "history --per-page"|"log --per-page") return ;;
    "diff --at") return ;;
    "backup create --keep") return ;;
    "import --from") COMPREPLY=($(compgen -W "firefox chrome chromium brave edge vivaldi buku" -- "$cur")); return ;;
    "import --into") _favs_values category list; return ;;
    "import --folders") COMPREPLY=($(compgen -W "category tags ignore" -- "$cur")); return ;;
    "import -t"|"import --tag") _favs_values tag list; return ;;
    "import --on-duplicate") COMPREPLY=($(compgen -W "skip update keep" -- "$cur")); return ;;
    "import --format") COMPREPLY=($(compgen -W "pet sqlite firefox chromium linkwarden karakeep pinboard omnivore wallabag taskwarrior buku favs xbel opml atom rss pinboard-xml pocket-html html pocket raindrop instapaper readwise matter mymind goodreads storygraph librarything letterboxd imdb exportify youtube reddit diigo onetab csv nb org markdown urls" -- "$cur")); return ;;
    "import --map") return ;;
    "import --header") return ;;
    "export --format") COMPREPLY=($(compgen -W "jsonl json html xbel opml atom csv tsv markdown org urls elasticsearch" -- "$cur")); return ;;
    "export -c"|"export --category") _favs_values category list; return ;;
    "export -t"|"export --tag") _favs_values tag list; return ;;
    "export --no-tag") _favs_values tag list; return ;;
    "export --where") return ;;
    "export --since") return ;;
    "export --until") return ;;
    "export --modified-since") return ;;
    "export --has") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "export --no") COMPREPLY=($(compgen -W "url note tags" -- "$cur")); return ;;
    "export --change") return ;;
    "doctor --salvage") return ;;
    "logs --level") COMPREPLY=($(compgen -W "debug info slow error" -- "$cur")); return ;;
    "logs --since") return ;;
  esac
  case "$prev" in
    --db) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
  elif [[ -n $operands ]]; then
    COMPREPLY=($(compgen -W "$operands" -- "$cur"))
  else
    case "$command" in
      "list"|"ls") _favs_values category list ;;
      "category list") _favs_values category list ;;
      "category show") _favs_values category list ;;
      "category edit") _favs_values category list ;;
      "category rename") _favs_values category list ;;
      "category merge") _favs_values category list ;;
      "category rm") _favs_values category list ;;
      "tag rename") _favs_values tag list ;;
      "tag merge") _favs_values tag list ;;
      "tag rm") _favs_values tag list ;;
      "backup create") COMPREPLY=($(compgen -f -- "$cur")) ;;
      "backup restore") COMPREPLY=($(compgen -f -- "$cur")) ;;
      "import") COMPREPLY=($(compgen -f -- "$cur")) ;;
      "export") COMPREPLY=($(compgen -f -- "$cur")) ;;
      "help") COMPREPLY=($(compgen -W "add edit rm list search show open move swap category tag restore trash undo redo history diff backup import export doctor logs help version completions man" -- "$cur")) ;;
      "completions") COMPREPLY=($(compgen -W "bash zsh fish" -- "$cur")) ;;
      "man") COMPREPLY=($(compgen -W "add edit rm list search show open move swap category tag restore trash undo redo history diff backup import export doctor logs help version completions man" -- "$cur")) ;;
    esac
  fi
}

complete -F _favs favs
