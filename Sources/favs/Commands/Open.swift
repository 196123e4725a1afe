internal import Favourites
internal import Host

/// Opens favourites with the programs of the user.
struct Open: Command {
  static let synopsis = Synopsis<Self>(
    "Open favourites by their URLs",
    details: [
      "Pages (http, https, ftp) are shown by the browser that $BROWSER names: a command, in which the word %s "
        + "stands for the link, or several with colons between, of which the first that is there is used. "
        + "Everything else, and all where $BROWSER is not set, goes to xdg-open (open on macOS). No shell is run.",
      "Only http, https, mailto, ftp, gemini, geo and tel are opened, unless --any-scheme is said: a "
        + "file: or javascript: link may do more than show something, and so may a mailto: link that fills in more "
        + "than to, cc, bcc, subject and body. Either all are opened, or, where one "
        + "of them may not be, none.",
      "Each opening is counted, when the program has taken the link; --sort used and --sort opened go by that. Three "
        + "or more are asked about on a terminal.",
    ],
    operands: .some("REF…", atLeast: 0, .reference),
    options: [
      .flag("any-scheme", nil, "open whatever the URL begins with", \.allowsAnyScheme)
    ] + SelectionOptions.writingOptions.lifted(to: \.selection)
      + WriteOptions.askingOptions.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs open links@1", "the best of the links"),
      Example("favs open -t today --has url", "all with this tag that have a URL"),
      Example("BROWSER='firefox --new-tab' favs open 12", "with this browser"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
      .invalidInput,
    ],
    seeAlso: ["show", "list"])

  var operands: [String] = []
  var global = GlobalOptions()
  var allowsAnyScheme = false
  var selection = SelectionOptions()
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let ids = try context.resolveToChange(operands, selection, write, verb: "Open")
    let openers = try openers(of: ids, &context)
    let opened = write.isRehearsal ? ids : try open(openers, &context)
    let now = context.now
    do throws(Failure) {
      _ = try context.change(write) { (store) throws(StoreError) in
        try store.countOpening(of: opened, at: now)
      } show: { (store, context, counted) throws(Failure) in
        try context.show(counted, in: &store, output)
        guard !counted.isEmpty else { return try context.output.note("nothing is to be opened") }
        try context.tell(
          Told(done: "\(counted.count) opened", would: "would open \(counted.count)"))
      }
    } catch {
      guard context.deed == nil, !write.isRehearsal, !opened.isEmpty else { throw error }
      throw Failure(
        error.code, "opened, but not counted: \(error.message)", hint: error.hint,
        systemError: error.systemError)
    }
    return opened.count == ids.count ? .done : .incomplete
  }

  /// What opens each, once it is known that every one may be; from a store that is closed before any is.
  private func openers(
    of ids: [Int64], _ context: inout Context
  ) throws(Failure) -> [(id: Int64, opener: Opener)] {
    let browser = try Places.variable("BROWSER")
    var store = try context.reading()
    var openers: [(id: Int64, opener: Opener)] = []
    for id in ids {
      let found = try context.opened { () throws(StoreError) in try store.favourite(id) }
      guard let found else {
        throw Failure(StoreError.noFavourite(String(id)), path: context.path)
      }
      let (url, scheme) = try openable(found)
      openers.append((id, try Opener(url, scheme, browser: browser)))
    }
    return openers
  }

  /// The URL of a favourite, where it may be opened.
  private func openable(_ favourite: Favourite) throws(Failure) -> (String, URLScheme) {
    guard let url = favourite.url else {
      throw Failure(
        .notFound, "favourite \(favourite.id) has no URL: '\(favourite.title)'",
        hint: "favs edit \(favourite.id) --url URL gives it one; --has url leaves out all without")
    }
    guard let scheme = URLScheme(of: url) else {
      throw Failure(
        .invalidInput, "the URL of favourite \(favourite.id) has no scheme such as https:",
        hint: "favs edit \(favourite.id) --url URL gives it another")
    }
    guard allowsAnyScheme || URLScheme.harmless.contains(scheme.name) else {
      throw Failure(
        .invalidInput,
        "favourite \(favourite.id) is not opened: its URL begins with '\(scheme.name):'",
        hint: "--any-scheme opens it all the same")
    }
    if !allowsAnyScheme, let field = URLScheme.unwantedField(ofMail: url) {
      throw Failure(
        .invalidInput,
        "favourite \(favourite.id) is not opened: its mailto: link asks for '\(field)'",
        hint: "--any-scheme opens it all the same")
    }
    return (url, scheme)
  }

  /// Opens one after another; gives the ids of those that were. Says of the others why not, and fails where none was.
  private func open(
    _ openers: [(id: Int64, opener: Opener)], _ context: inout Context
  ) throws(Failure) -> [Int64] {
    var opened: [Int64] = []
    var failures: [Failure] = []
    for (id, opener) in openers {
      do throws(Failure) {
        try context.waiting { () throws(Failure) in try opener.run() }
        opened.append(id)
      } catch {
        failures.append(error)
        if openers.count > 1 { try context.output.warn("\(id): \(error.message)") }
      }
    }
    if opened.isEmpty, let failure = failures.first { throw failure }
    return opened
  }
}
