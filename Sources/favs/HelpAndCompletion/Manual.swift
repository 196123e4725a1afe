/// Generates the manual pages from the command table, with the portable `man` macros.
enum Manual {
  /// The page of favs(1) itself.
  static func overview(_ pages: [CommandPage]) -> String {
    var text = heading("FAVS", summary: "keep favourites in ranked lists", name: "favs")
    text +=
      ".SH SYNOPSIS\n.B favs\n.I "
      + "COMMAND\n[\\fIOPTION\\fR\\&.\\|.\\|.]\n[\\fIOPERAND\\fR\\&.\\|.\\|.]\n"
    text += """
      .SH DESCRIPTION
      favs keeps links, books, films, places and commands in ranked lists, in one SQLite file, and
      finds them again.
      .PP
      .I REF
      names one favourite: an id (12), a rank in a category (books@1), a uid or at least the first 8
      characters of one, a stored URL, or an exact title.
      Ids take ranges: 3 7\\-9.

      """
    for topic in Topic.allCases {
      let listed = pages.filter { $0.topic == topic }
      guard !listed.isEmpty else { continue }
      text += ".SS \(escaped(topic.rawValue))\n"
      for page in listed {
        text += ".TP\n.BR favs\\-\(escaped(page.name)) (1)\n\(sentence(page.summary))\n"
      }
    }
    if let page = pages.first {
      text += ".SH OPTIONS\nThese work with every command.\n" + options(page.globalOptions)
      text += option(Help.helpOption)
    }
    text += ".SH EXIT STATUS\n" + exits(ExitCode.allCases)
    text += ".SH FILES\n" + terms(files) + ".SH ENVIRONMENT\n" + terms(environment)
    text += """
      .SH SEE ALSO
      .B favs help
      lists help topics.
      The guides are in share/doc/favs, next to share/man:

      """
    text += Set(
      HelpTopic.allCases.map(\.guide) + Topic.allCases.compactMap(\.guide) + ["docs/picking.md"]
    ).sorted()
      .map { "\\fI\(escaped(String($0.dropFirst(5))))\\fR" }.joined(separator: ",\n")
    return text + ".\n.PP\n.BR sqlite3 (1)\n"
  }

  /// The files that favs keeps.
  static let files = [
    ("favs.db", "the database, in $XDG_DATA_HOME/favs or ~/.local/share/favs"),
    ("favs.db.lock", "an empty file at which writers queue"),
    ("favs.db-journal", "part of the database while a change is written, or after a crash"),
    ("favs.db.backups/", "backups: those of favs backup, and automatic ones"),
    ("favs-edit-*/", "text being edited, in $XDG_RUNTIME_DIR or next to the database"),
    ("config", "settings, in $XDG_CONFIG_HOME/favs or ~/.config/favs: see favs config"),
    ("favs.log, favs.log.1", "the log, in $XDG_STATE_HOME/favs or ~/.local/state/favs"),
  ]

  /// The variables that favs reads.
  static let environment = [
    ("FAVS_DB", "the database, unless --db names one"),
    ("FAVS_LOG", "what is logged: off, error, slow (the default), info or debug"),
    ("BROWSER", "the browser for favs open; %s stands for the link"),
    ("VISUAL, EDITOR", "the editor for favs edit and favs config (default: vi)"),
    ("FAVS_CATEGORY", "the category that favs add uses without -c"),
    ("FAVS_SORT", "how favs list sorts without --sort"),
    ("FAVS_PER_PAGE", "how many favourites a page has"),
    ("FAVS_COLUMNS", "the columns of tables on a terminal"),
    ("FAVS_PICK", "what favs pick does with the choice"),
    ("FAVS_PICKER", "what draws favs pick: favs or fzf"),
    ("FAVS_FETCH", "whether favs add gets titles from web pages: on or off"),
    ("FAVS_TRASH_KEEP", "how long favs trash empty keeps what was removed"),
    ("PAGER", "the program that shows long output (default: less -FRX)"),
    ("LESS", "the options of less (default: FRX, as in git)"),
    ("NO_COLOR", "if set, output has no colour"),
    ("TERM", "if 'dumb', output has no colour"),
    ("COLUMNS", "the width of tables"),
    ("LINES", "the height of the screen, if the terminal does not say"),
    ("LC_ALL, LC_CTYPE, LANG", "whether UTF-8 characters are drawn"),
    ("TZ", "the time zone of dates (default: the system's)"),
    ("XDG_DATA_HOME", "the folder of favs/favs.db (default: ~/.local/share)"),
    ("XDG_STATE_HOME", "the folder of favs/favs.log (default: ~/.local/state)"),
    ("XDG_RUNTIME_DIR", "where favs edit keeps its text"),
    ("XDG_CONFIG_HOME", "the folder of favs/config, and of browsers (default: ~/.config)"),
    ("BUKU_DEFAULT_DBDIR", "where favs import --from buku looks"),
    ("TMPDIR", "the folder for temporary files (default: /tmp, /var/tmp or the current folder)"),
    ("GIT_SSH, GIT_SSH_COMMAND", "how git reaches the remote of favs sync by ssh"),
    ("HTTPS_PROXY, ALL_PROXY", "proxies for curl; http_proxy and https_proxy work as well"),
    ("HOME", "the folder of ~ above"),
    ("PATH", "where the browser, the editor, fzf, curl and iconv are found"),
  ]

  private static func terms(_ terms: [(String, String)]) -> String {
    terms.map { ".TP\n.B \(escaped($0.0))\n\(sentence($0.1))\n" }.joined()
  }

  /// The page of a command and its subcommands.
  static func page(_ page: CommandPage) -> String {
    var text = heading(
      "FAVS-\(page.name.uppercased())", summary: lowered(page.summary), name: "favs-\(page.name)")
    text += ".SH SYNOPSIS\n"
    let shown = page.children.isEmpty ? [page] : page.children
    text += shown.map(synopsis).joined(separator: ".br\n")
    if !page.aliases.isEmpty {
      text +=
        ".PP\nAlso called "
        + page.aliases.map { "\\fBfavs \(escaped($0))\\fR" }.joined(separator: ", ") + ".\n"
    }
    text += ".SH DESCRIPTION\n\(sentence(page.summary))\n" + paragraphs(page.details)
    if page.children.isEmpty {
      if !page.options.isEmpty { text += ".SH OPTIONS\n" + options(page.options) }
      if let list = page.terms { text += ".SH \(list.title.uppercased())\n" + terms(list.rows) }
      text += examples(page.examples)
    } else {
      text += ".SH COMMANDS\n"
      for child in page.children {
        text += ".SS favs \(escaped(child.name))\n\(sentence(child.summary))\n"
        text += paragraphs(child.details) + options(child.options)
        for example in child.examples { text += self.example(example) }
      }
    }
    let codes = Set(page.exits + page.children.flatMap(\.exits))
    text += ".SH EXIT STATUS\n" + exits(ExitCode.allCases.filter(codes.contains))
    var related = ["\\fBfavs\\fR(1)"] + page.seeAlso.map { "\\fBfavs\\-\(escaped($0))\\fR(1)" }
    if let guide = page.guide {
      related.append("\\fIshare/doc/favs/\(guide.dropFirst(5))\\fR")
    }
    return text + ".SH SEE ALSO\n" + related.joined(separator: ",\n") + "\n"
  }

  private static func heading(_ title: String, summary: String, name: String) -> String {
    """
    .\\" Written by favs man; see make docs.
    .TH \(escaped(title)) 1 "\(Program.date)" "favs \(escaped(Program.version))" "favs manual"
    .SH NAME
    \(escaped(name)) \\- \(escaped(summary))

    """
  }

  private static func synopsis(_ page: CommandPage) -> String {
    var text = ".B favs \(escaped(page.name))\n[\\fIOPTION\\fR\\&.\\|.\\|.]\n"
    if !page.operands.usage.isEmpty { text += "\\fI\(escaped(page.operands.usage))\\fR\n" }
    return text
  }

  private static func paragraphs(_ details: [String]) -> String {
    details.map { ".PP\n\(escaped($0))\n" }.joined()
  }

  private static func options(_ options: [OptionPage]) -> String {
    options.map(option).joined()
  }

  private static func option(_ option: OptionPage) -> String {
    let short = option.short.map { "\\fB\\-\($0)\\fR, " } ?? ""
    let value = option.value.map { " \\fI\(escaped($0))\\fR" } ?? ""
    return
      ".TP\n\(short)\\fB\\-\\-\(escaped(option.long))\\fR\(value)\n\(sentence(option.summary))\n"
  }

  private static func examples(_ examples: [Example]) -> String {
    examples.isEmpty ? "" : ".SH EXAMPLES\n" + examples.map(example).joined()
  }

  private static func example(_ example: Example) -> String {
    ".TP\n\\fB\(escaped(example.line))\\fR\n\(sentence(example.meaning))\n"
  }

  private static func exits(_ codes: [ExitCode]) -> String {
    codes.map { ".TP\n.B \($0.rawValue)\n\(sentence($0.meaning))\n" }.joined()
  }

  private static func lowered(_ text: String) -> String {
    guard let first = text.first else { return text }
    return first.lowercased() + text.dropFirst()
  }

  private static func sentence(_ text: String) -> String {
    guard let first = text.first else { return text }
    let whole = first.uppercased() + text.dropFirst()
    return escaped(whole.hasSuffix(".") ? whole : whole + ".")
  }

  /// Text escaped for roff: backslashes, hyphens, and characters that would begin a request.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "…": result += "\\&.\\|.\\|."
      case "'": result += "\\(aq"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "`": result += "\\(ga"
      case "·": result += "\\(pc"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result.hasPrefix(".") ? "\\&" + result : result
  }
}
