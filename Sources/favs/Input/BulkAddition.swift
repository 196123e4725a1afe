internal import Favourites
internal import Host

/// Adds favourites from standard input, as one change.
struct BulkAddition {
  let write: WriteOptions
  let output: OutputOptions
  /// Whether to report invalid lines and continue; otherwise, the first one cancels the change.
  let goesOn: Bool

  /// One line of the input.
  enum Line {
    case word(String)
    case draft(Draft)
  }

  /// Adds every line with the given function.
  func run(
    in context: inout Context,
    preparing prepare: ([Line], inout Context) throws(Failure) -> Void = { _, _ in },
    _ keep: (inout Store, Line) throws(StoreError) -> Addition
  ) throws(Failure) -> ExitCode {
    // Reads all input before the database is locked.
    var source = try context.waiting { () throws(Failure) in try LineSource() }
    var passedOver: [Failure] = []
    let ahead = try readAhead(&source, &passedOver)
    try prepare(ahead.items.map(\.line), &context)
    _ = try context.change(write, isLarge: true, runsOnce: true) { (store) throws(Failure) in
      var ids: [Int64] = []
      func add(_ line: Line, _ number: Int, to store: inout Store) throws(Failure) {
        do throws(StoreError) {
          ids.append(try keep(&store, line).id)
        } catch {
          let refused = Failure(error, path: store.path).at(line: number)
          guard goesOn, refused.code == .invalidInput else { throw refused }
          passedOver.append(refused)
        }
      }
      for (line, number) in ahead.items { try add(line, number, to: &store) }
      guard !ahead.isWhole else { return ids }
      // Unreadable lines were already collected by the first pass.
      var known: [Failure] = []
      while let line = try next(of: &source, &known) {
        try add(line, source.number, to: &store)
      }
      return ids
    } show: { (store, context, ids) throws(Failure) in
      try context.show(added: ids, in: &store, output)
      for failure in passedOver { try context.output.warn(failure.message) }
      if !passedOver.isEmpty {
        try context.output.warn(
          passedOver.count == 1
            ? "1 line was skipped" : "\(passedOver.count) lines were skipped")
      }
    }
    return passedOver.isEmpty ? .done : .incomplete
  }

  /// The next readable line; collects unreadable ones before it, unless they end the run.
  private func next(
    of source: inout LineSource, _ passedOver: inout [Failure]
  ) throws(Failure) -> Line? {
    while true {
      do throws(Failure) {
        return try source.next()
      } catch {
        guard goesOn, error.code == .invalidInput, source.canGoOn else { throw error }
        passedOver.append(error)
      }
    }
  }

  /// Reads all lines; keeps them in memory, or rewinds the input.
  private func readAhead(
    _ source: inout LineSource, _ passedOver: inout [Failure]
  ) throws(Failure) -> ReadAhead<(line: Line, number: Int)> {
    var ahead = ReadAhead<(line: Line, number: Int)>()
    try source.begin()
    while let line = try next(of: &source, &passedOver) {
      let size =
        switch line {
        case .word(let word): 64 + word.utf8.count
        case .draft(let draft): draft.approximateSize
        }
      ahead.keep((line, source.number), size: size)
    }
    if !ahead.isWhole { try source.rewind() }
    return ahead
  }
}

extension Failure {
  /// The same failure with the line of the input in its message.
  func at(line: Int) -> Failure {
    Failure(code, "standard input: line \(line): \(message)", hint: hint, systemError: systemError)
  }
}
