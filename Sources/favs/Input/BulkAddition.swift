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

  /// Adds every line.
  ///
  /// - Parameters:
  ///   - prepare: receives the lines, if all of them fit into memory, before the database is
  ///     locked.
  ///   - draft: returns the favourite in a line. It may run on a second thread.
  ///   - keep: adds the favourite.
  func run(
    in context: inout Context,
    preparing prepare: ([Line], inout Context) throws(Failure) -> Void = { _, _ in },
    drafting draft: @escaping (Line) -> Draft,
    _ keep: (inout Store, PreparedDraft) throws(StoreError) -> Addition
  ) throws(Failure) -> ExitCode {
    // Reads all input before the database is locked.
    var source = try context.waiting { () throws(Failure) in try LineSource() }
    var passedOver: [Failure] = []
    let ahead = try readAhead(&source, &passedOver)
    try prepare(ahead.items.map(\.line), &context)
    _ = try context.change(write, isLarge: true, runsOnce: true) { (store) throws(Failure) in
      var ids: [Int64] = []
      try ahead.each(
        of: &source, preparing: { ($1.prepared(draft($0.line)), $0.number) },
        reading: { (source, put) throws(Failure) in
          // Unreadable lines were recorded in the first pass.
          var known: [Failure] = []
          while let line = try next(of: &source, &known), put((line, source.number)) {}
        }
      ) { (line: (draft: PreparedDraft, number: Int)) throws(Failure) in
        do throws(StoreError) {
          ids.append(try keep(&store, line.draft).id)
        } catch {
          let refused = Failure(error, path: store.path).at(line: line.number)
          guard goesOn, refused.code == .invalidInput else { throw refused }
          passedOver.append(refused)
        }
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

  /// Returns the next readable line; collects unreadable ones before it, unless they end the run.
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
