internal import Favourites
internal import Host

// Selecting favourites, by the references and the filters of a command.

extension Context {
  /// The ids selected by references and filters; nil if neither is given, which means all.
  func chosen(
    _ words: [String], _ options: SelectionOptions, in store: inout Store
  ) throws(Failure) -> [Int64]? {
    guard !words.isEmpty || options.isAny else { return nil }
    return try Choice(words, options, self).ids(in: &store)
  }

  /// The links of favourites, read from a store of their own.
  func links(_ ids: [Int64]) throws(Failure) -> [KnownLink] {
    guard !ids.isEmpty else { return [] }
    let store = try reading()
    return try opened(store.links(of: ids))
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
  /// Makes one change to the favourites that references and filters select, and shows its result,
  /// as `change` does. Asks for confirmation if there are many and a person can be asked.
  ///
  /// They are looked up within the change, so that no one else's change comes in between; where a
  /// person may be asked, before it, since nobody could write while the question stands.
  /// - Parameter verb: what is to be done to them, as the question says it.
  mutating func changeSelected<Result>(
    _ words: [String], _ selection: SelectionOptions, _ options: WriteOptions, verb: String,
    _ body: (inout Store, [Int64]) throws(StoreError) -> Result,
    show: (inout Store, inout Context, [Int64], Result) throws(Failure) -> Void
  ) throws(Failure) {
    let choice = try choice(words, selection, options, verb: verb)
    let confirmed = mayAsk(options) ? try confirmed(choice, options, verb: verb) : nil
    let path = file.path
    _ = try change(options) { (store) throws(Failure) in
      let ids: [Int64]
      if let confirmed { ids = confirmed } else { ids = try choice.ids(in: &store) }
      return (ids, try Failure.of(path, body(&store, ids)))
    } show: { (store, context, done) throws(Failure) in
      try show(&store, &context, done.0, done.1)
    }
  }

  /// The ids of the favourites to change; asks for confirmation if there are many.
  mutating func resolveToChange(
    _ words: [String], _ selection: SelectionOptions, _ options: WriteOptions, verb: String
  ) throws(Failure) -> [Int64] {
    let choice = try choice(words, selection, options, verb: verb)
    return try confirmed(choice, options, verb: verb)
  }

  /// What references, or the picker, and filters select.
  private mutating func choice(
    _ words: [String], _ selection: SelectionOptions, _ options: WriteOptions, verb: String
  ) throws(Failure) -> Choice {
    let words = try namedOrPicked(
      words, isSelecting: selection.isAny, options, action: verb.lowercased())
    return try Choice(expanded(words), selection, self)
  }

  /// Reads the ids from a store of its own, and closes it before asking: an open reader would block
  /// every writer.
  private mutating func confirmed(
    _ choice: Choice, _ options: WriteOptions, verb: String
  ) throws(Failure) -> [Int64] {
    let ids = try read(choice)
    if ids.count >= Self.manyFrom { try confirm("\(verb) \(ids.count) favourites?", options) }
    return ids
  }

  private mutating func read(_ choice: Choice) throws(Failure) -> [Int64] {
    var store = try reading()
    let ids = try choice.ids(in: &store)
    mentions += store.mentions
    return ids
  }

  /// The number of favourites from which to ask for confirmation.
  private static let manyFrom = 3
}
