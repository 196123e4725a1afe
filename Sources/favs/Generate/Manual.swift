/// The pages of the manual, from the command table, in the `man` macros that every man reads.
enum Manual {
  /// The page of favs itself.
  static func overview(_ pages: [CommandPage]) -> String {
    var text = heading("FAVS", summary: "keep what you value in ranked categories", name: "favs")
    text +=
      ".SH SYNOPSIS\n.B favs\n.I COMMAND\n[\\fIOPTION\\fR\\&.\\|.\\|.]\n[\\fIOPERAND\\fR\\&.\\|.\\|.]\n"
    text += """
      .SH DESCRIPTION
      favs keeps links, books, films, places, files and commands in ranked categories, in one local
      SQLite file, with a trash, restore, undo, paging and search.
      .PP
      A favourite is named by
      .IR REF :
      an id (12), a rank in a category (books#1), a uid or its first 8 characters or more, a URL that is
      stored, or an exact title.
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
      text += ".SH OPTIONS\nEvery command takes these.\n" + options(page.globalOptions)
      text += option(Help.helpOption)
    }
    text += ".SH EXIT STATUS\n" + exits(ExitCode.allCases)
    text += """
      .SH ENVIRONMENT
      .TP
      .B FAVS_DB
      The file of favourites, where \\-\\-db does not name one.
      .TP
      .B XDG_DATA_HOME
      The file is favs/favs.db in it, or in ~/.local/share.
      .TP
      .B FAVS_LOG
      What is written to the diagnostics log: off, error, slow (errors and what takes over 250 ms, as without
      it), info (every run) or debug (every SQL statement too).
      .TP
      .B XDG_STATE_HOME
      The diagnostics log is favs/favs.log in it, or in ~/.local/state.
      .TP
      .B NO_COLOR
      Set to anything, there is no colour.
      .TP
      .B COLUMNS
      The width that tables are cut to.
      .SH SEE ALSO
      .BR sqlite3 (1)

      """
    return text
  }

  /// The page of a command, with those under it.
  static func page(_ page: CommandPage) -> String {
    var text = heading(
      "FAVS-\(page.name.uppercased())", summary: lowered(page.summary), name: "favs-\(page.name)")
    text += ".SH SYNOPSIS\n"
    let shown = page.children.isEmpty ? [page] : page.children
    text += shown.map(synopsis).joined(separator: ".br\n")
    if !page.aliases.isEmpty {
      text +=
        ".PP\nAlso called \(page.aliases.map { "\\fBfavs \(escaped($0))\\fR" }.joined(separator: ", ")).\n"
    }
    text += ".SH DESCRIPTION\n\(sentence(page.summary))\n" + paragraphs(page.details)
    if page.children.isEmpty {
      if !page.options.isEmpty { text += ".SH OPTIONS\n" + options(page.options) }
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
    let related = ["\\fBfavs\\fR(1)"] + page.seeAlso.map { "\\fBfavs\\-\(escaped($0))\\fR(1)" }
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

  /// Text that roff takes as it is: backslashes and hyphens escaped, nothing that begins a request.
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
