internal import Favourites
internal import Host

/// Opens favourites in the user's programs.
struct Open: Command {
  static let synopsis = Synopsis<Self>(
    "Open favourites in the browser",
    details: [
      "Web pages (http, https, ftp) open in the browser from $BROWSER, else from the settings: a "
        + "command in which %s, or --name=%s, takes the link, or several commands separated by "
        + "colons, of which the first that is installed is used. Other links, and all links if no "
        + "browser is set, open with xdg-open (open on macOS). No shell is run.",
      "Only http, https, mailto, ftp, gemini, geo and tel are opened, unless --any-scheme is "
        + "given: file: and javascript: links can do more than show something, and so can mailto: "
        + "links that set more than to, cc, bcc, subject and body. If one link is refused, none is "
        + "opened.",
      "Each opening is counted once a program has taken the link; --sort used and --sort opened "
        + "use the count. On a terminal, opening three or more asks first.",
      "Without REF and filters, on a terminal, favs lets you pick.",
    ],
    operands: .some("REF…", atLeast: 0, .reference),
    options: [
      .flag("any-scheme", nil, "open URLs of any scheme", \.allowsAnyScheme)
    ] + SelectionOptions.writingOptions.lifted(to: \.selection)
      + WriteOptions.askingOptions.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs open links@1", "open the first link"),
      Example("favs open -t today --has url", "open all links with this tag"),
      Example("BROWSER='firefox --new-tab' favs open 12", "use this browser"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
      .invalidInput, .interrupted,
    ],
    seeAlso: ["show", "list"])

  var operands: [String] = []
  var global = GlobalOptions()
  var allowsAnyScheme = false
  var selection = SelectionOptions()
  var write = WriteOptions()
  var output = OutputOptions()
  /// The descriptor of the terminal for the programs; nil for the standard streams.
  var terminal: Int32?
  /// Whether to print the result; false if the caller does.
  var tells = true

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let ids = try context.resolveToChange(operands, selection, write, verb: "Open")
    let opened = try open(ids, in: &context)
    return opened.count == ids.count ? .done : .incomplete
  }

  /// Opens favourites and counts the openings; returns the ids of those opened.
  func open(_ ids: [Int64], in context: inout Context) throws(Failure) -> [Int64] {
    let openers = try openers(of: ids, &context)
    let opened = write.isRehearsal ? ids : try open(openers, &context)
    let now = context.now
    do throws(Failure) {
      _ = try context.change(write) { (store) throws(StoreError) in
        try store.countOpening(of: opened, at: now)
      } show: { [tells] (store, context, counted) throws(Failure) in
        guard tells else { return }
        try context.show(counted, in: &store, output)
        guard !counted.isEmpty else { return try context.output.note("nothing to open") }
        try context.tell(
          Told(done: "\(counted.count) opened", would: "would open \(counted.count)"))
      }
    } catch {
      guard context.deed == nil, !write.isRehearsal, !opened.isEmpty else { throw error }
      throw Failure(
        error.code, "opened, but not counted: \(error.message)", hint: error.hint,
        systemError: error.systemError)
    }
    return opened
  }

  /// The program for each favourite, or an error if one must not be opened. Closes the store before
  /// anything is opened.
  private func openers(
    of ids: [Int64], _ context: inout Context
  ) throws(Failure) -> [(id: Int64, opener: Opener)] {
    var store = try context.reading()
    var openers: [(id: Int64, opener: Opener)] = []
    for id in ids {
      let found = try context.opened(store.favourite(id))
      guard let found else {
        throw Failure(StoreError.noFavourite(String(id)), path: context.file.path)
      }
      let (url, scheme) = try openable(found)
      openers.append((id, try Opener(url, scheme, context.settings)))
    }
    return openers
  }

  /// The URL of a favourite, or an error if it must not be opened.
  private func openable(_ favourite: Favourite) throws(Failure) -> (String, URLScheme) {
    guard let url = favourite.url else {
      throw Failure(
        .notFound, "favourite \(favourite.id) has no URL: '\(favourite.title)'",
        hint: "favs edit \(favourite.id) --url URL sets one; --has url skips favourites without one"
      )
    }
    guard let scheme = URLScheme(of: url) else {
      throw Failure(
        .invalidInput, "the URL of favourite \(favourite.id) has no scheme such as https:",
        hint: "favs edit \(favourite.id) --url URL changes it")
    }
    guard allowsAnyScheme || URLScheme.harmless.contains(scheme.name) else {
      throw Failure(
        .invalidInput,
        "favourite \(favourite.id) was not opened: its URL starts with '\(scheme.name):'",
        hint: "--any-scheme opens it anyway")
    }
    if !allowsAnyScheme, let field = URLScheme.unwantedField(ofMail: url) {
      throw Failure(
        .invalidInput,
        "favourite \(favourite.id) was not opened: its mailto: link sets '\(field)'",
        hint: "--any-scheme opens it anyway")
    }
    return (url, scheme)
  }

  /// Opens favourites one by one; returns the ids of those opened. Reports each failure, and throws
  /// if all failed.
  private func open(
    _ openers: [(id: Int64, opener: Opener)], _ context: inout Context
  ) throws(Failure) -> [Int64] {
    var opened: [Int64] = []
    var failures: [Failure] = []
    for (id, opener) in openers {
      do throws(Failure) {
        try context.waiting { () throws(Failure) in try opener.run(on: terminal) }
        opened.append(id)
      } catch {
        failures.append(error)
        if openers.count > 1, tells { try context.output.warn("\(id): \(error.message)") }
      }
    }
    if opened.isEmpty, let failure = failures.first { throw failure }
    return opened
  }
}
