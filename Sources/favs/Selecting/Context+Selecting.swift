internal import Favourites
internal import Host

// Selecting favourites, by the references and the filters of a command.

extension Context {
  /// The ids selected by references and filters; if both are given, those that match both.
  private func resolve(
    _ words: [String], _ options: SelectionOptions, in store: inout Store
  ) throws(Failure) -> [Int64] {
    let selection = try options.selection(at: now)
    guard !words.isEmpty else {
      guard !selection.isEmpty || options.isAll else {
        throw Failure(
          .conflict, "no favourites selected",
          hint: "name some, use filters, or use --all to select every favourite")
      }
      return try selected(selection, in: &store)
    }
    let named = try opened(store.findAll(words))
    guard !selection.isEmpty else { return named }
    let chosen = Set(try selected(selection, in: &store))
    return named.filter(chosen.contains)
  }

  /// The ids selected by references and filters; nil if neither is given, which means all.
  func chosen(
    _ words: [String], _ options: SelectionOptions, in store: inout Store
  ) throws(Failure) -> [Int64]? {
    guard !words.isEmpty || options.isAny else { return nil }
    return try resolve(words, options, in: &store)
  }

  /// The links of favourites, read from a store of their own.
  func links(_ ids: [Int64]) throws(Failure) -> [KnownLink] {
    guard !ids.isEmpty else { return [] }
    let store = try reading()
    return try opened(store.links(of: ids))
  }

  private func selected(
    _ selection: Selection, in store: inout Store
  ) throws(Failure) -> [Int64] {
    try opened(store.ids(selection))
  }

  /// Replaces `-` with the lines of standard input. Call it before a store is opened, since the
  /// user may take time to type.
  mutating func expanded(_ words: [String]) throws(Failure) -> [String] {
    guard words.contains("-") else { return words }
    var result: [String] = []
    for word in words {
      result += word == "-" ? try waiting { () throws(Failure) in try Input.lines() } : [word]
    }
    return result
  }

  /// Asks for confirmation before something irreversible, and throws if it cannot ask.
  mutating func confirmOrRefuse(
    _ question: String, otherwise reason: String, _ options: WriteOptions
  ) throws(Failure) {
    guard !options.isYes, !options.isRehearsal else { return }
    let canAsk = Terminal.isTerminal(0) && Terminal.isTerminal(2)
    guard canAsk, !options.asksNothing else {
      throw Failure(.conflict, reason, hint: "use --yes to skip the question")
    }
    try confirm(question, options)
  }

  /// Whether a question would be asked: the user is present, and has not confirmed yet.
  func mayAsk(_ options: WriteOptions) -> Bool {
    !options.isYes && !options.isRehearsal && Terminal.isTerminal(0) && Terminal.isTerminal(2)
  }

  /// Asks for confirmation before a large change; goes ahead if it cannot ask.
  mutating func confirm(_ question: String, _ options: WriteOptions) throws(Failure) {
    guard mayAsk(options) else { return }
    guard !options.asksNothing else {
      throw Failure(.conflict, "confirmation required", hint: "use --yes")
    }
    Output.tell("\(Escaping.forTerminal(question)) [y/N] ")
    let answer = try waiting { () throws(Failure) in try Input.answer() }.lowercased()
    guard answer == "y" || answer == "yes" else {
      throw Failure(.conflict, "nothing changed")
    }
  }
}

extension Context {
  /// The ids of the favourites to change; asks for confirmation if there are many.
  mutating func resolveToChange(
    _ words: [String], _ selection: SelectionOptions, _ options: WriteOptions, verb: String
  ) throws(Failure) -> [Int64] {
    let words = try namedOrPicked(
      words, isSelecting: selection.isAny, options, action: verb.lowercased())
    let ids = try resolve(words, selection)
    if ids.count >= Self.manyFrom { try confirm("\(verb) \(ids.count) favourites?", options) }
    return ids
  }

  /// Reads the ids from a store of its own, and closes it before asking: an open reader would block
  /// every writer.
  private mutating func resolve(
    _ words: [String], _ selection: SelectionOptions
  ) throws(Failure) -> [Int64] {
    let words = try expanded(words)
    var store = try reading()
    let ids = try resolve(words, selection, in: &store)
    mentions += store.mentions
    return ids
  }

  /// The number of favourites from which to ask for confirmation.
  private static let manyFrom = 3
}
