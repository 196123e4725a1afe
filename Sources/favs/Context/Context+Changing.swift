internal import Favourites

// All writing: changes, loaded archives, and results of link checks.

extension Context {
  /// Makes one change and shows its result: once it is durable or, in a dry run, before it is
  /// rolled back.
  ///
  /// If there is no file yet, tries the change in memory first, and creates a file only if the
  /// change stores something.
  /// - Parameters:
  ///   - isLarge: whether the change affects many rows.
  ///   - runsOnce: whether the body consumes input that cannot be read twice, which rules out a
  ///     trial in memory.
  ///   - wayBack: how the change can be reverted.
  /// - Returns: the result of the body.
  mutating func change<Result, Refusal: Tellable>(
    _ options: WriteOptions, isLarge: Bool = false, runsOnce: Bool = false,
    wayBack: WayBack = .undo,
    _ body: (inout Store) throws(Refusal) -> Result,
    show: (inout Store, inout Context, Result) throws(Failure) -> Void
  ) throws(Failure) -> Result {
    let request = ChangeRequest(
      command: (deedWords ?? words).kept, isRehearsal: options.isRehearsal, isLarge: isLarge)
    let there = try file.writing(options, makesFile: runsOnce)
    if there == nil {
      var trial = try file.inMemory()
      let (result, number) = try Failure.of(file.path) { () throws(Refusal) in
        try trial.change(request, body)
      }
      guard number != nil else {
        try show(&trial, &self, result)
        return result
      }
    }
    var store = if let there { there } else { try file.made() }
    store.mentions = mentions
    store.tellsSights = tellsSights
    var context = self
    if options.isRehearsal { context.output.holdBack() }
    defer { self = context }
    let path = file.path
    let (result, number) = try store.change(request) { (store) throws(Failure) in
      let result = try Failure.of(path) { () throws(Refusal) in try body(&store) }
      if options.isRehearsal { try show(&store, &context, result) }
      return result
    }
    if options.isRehearsal { try context.output.release() }
    if !options.isRehearsal, let number { context.deed = .change(number, wayBack) }
    if !options.isRehearsal { try show(&store, &context, result) }
    if global.isVerbose, deedWords == nil, let number {
      try context.tell(
        Told(
          done: "change \(number)", would: "would be change \(number)",
          wayBack: wayBack.rawValue))
    }
    return result
  }

  /// Loads an archive into a database that has never held anything.
  mutating func load(
    _ options: WriteOptions, _ body: (inout Store) throws(Failure) -> Void
  ) throws(Failure) {
    guard var store = try file.writing(options, makesFile: false) else {
      return try Store.loading(new: file.path, meter: file.meter, body)
    }
    try store.loading(isRehearsal: options.isRehearsal, body)
  }

  /// Saves the results of link checks, which are not part of the history.
  mutating func keep(_ sights: [(url: String, sight: LinkSight)]) throws(Failure) {
    guard var store = try file.writing(WriteOptions(), makesFile: false) else { return }
    try opened(store.keep(sights))
    deed = deed ?? .sights
  }
}
