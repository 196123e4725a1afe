internal import Favourites
internal import Host

// Which favourites a command is about: those its words name, those its filters choose.

extension Context {
  /// The ids that words and filters mean; where both are given, those that both mean.
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

  /// The ids that words and filters mean; nil where neither is given, so that all are meant.
  func chosen(
    _ words: [String], _ options: SelectionOptions, in store: inout Store
  ) throws(Failure) -> [Int64]? {
    guard !words.isEmpty || options.isAny else { return nil }
    return try resolve(words, options, in: &store)
  }

  /// Links of favourites, read by themselves.
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

  /// Words with those of standard input in the place of `-`, one a line. To be asked for before a store is
  /// opened: who types them takes his time.
  mutating func expanded(_ words: [String]) throws(Failure) -> [String] {
    guard words.contains("-") else { return words }
    var result: [String] = []
    for word in words {
      result += word == "-" ? try waiting { () throws(Failure) in try Input.lines() } : [word]
    }
    return result
  }

  /// Asks before what is for good, or replaces everything; refuses where nobody can be asked.
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

  /// Whether a question would be asked: a person can answer, and has not yet.
  func mayAsk(_ options: WriteOptions) -> Bool {
    !options.isYes && !options.isRehearsal && Terminal.isTerminal(0) && Terminal.isTerminal(2)
  }

  /// Asks before much is done; goes on unasked where nobody can be asked.
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
  /// The ids that a command is to change; asks first where they are many.
  mutating func resolveToChange(
    _ words: [String], _ selection: SelectionOptions, _ options: WriteOptions, verb: String
  ) throws(Failure) -> [Int64] {
    let words = try namedOrPicked(
      words, isSelecting: selection.isAny, options, action: verb.lowercased())
    let ids = try resolve(words, selection)
    if ids.count >= Self.manyFrom { try confirm("\(verb) \(ids.count) favourites?", options) }
    return ids
  }

  /// Reads them from a store of its own, which is closed again before anybody is asked: one that reads
  /// keeps every writer waiting.
  private mutating func resolve(
    _ words: [String], _ selection: SelectionOptions
  ) throws(Failure) -> [Int64] {
    let words = try expanded(words)
    var store = try reading()
    let ids = try resolve(words, selection, in: &store)
    mentions += store.mentions
    return ids
  }

  /// From how many on a person is asked.
  private static let manyFrom = 3
}
