internal import Favourites
internal import Host

/// Adds what comes on standard input, as one change.
struct BulkAddition {
  let write: WriteOptions
  let output: OutputOptions

  /// One line of the input.
  enum Line {
    case word(String)
    case draft(Draft)
  }

  /// Adds every line by a function.
  func run(
    in context: inout Context,
    _ keep: (inout Store, Line) throws(StoreError) -> Addition
  ) throws(Failure) {
    // All of the input is read before another favs is made to wait.
    var source = try context.waiting { () throws(Failure) in try LineSource() }
    let ahead = try Self.readAhead(&source)
    var failure: Failure?
    do throws(Failure) {
      _ = try context.change(write, isLarge: true, runsOnce: true) { (store) throws(StoreError) in
        var ids: [Int64] = []
        func add(_ line: Line, _ number: Int, to store: inout Store) throws(Failure) {
          do throws(StoreError) {
            ids.append(try keep(&store, line).id)
          } catch {
            throw Failure(error, path: store.path).at(line: number)
          }
        }
        do throws(Failure) {
          for (line, number) in ahead.items { try add(line, number, to: &store) }
          if !ahead.isWhole {
            while let line = try source.next() { try add(line, source.number, to: &store) }
          }
        } catch {
          // The library is told to give the change up; the user is told why.
          failure = error
          throw .abandoned
        }
        return ids
      } show: { (store, context, ids) throws(Failure) in
        try context.show(added: ids, in: &store, output)
      }
    } catch {
      throw failure ?? error
    }
  }

  /// Reads all lines; holds them, or goes back to the first.
  private static func readAhead(
    _ source: inout LineSource
  ) throws(Failure) -> ReadAhead<(line: Line, number: Int)> {
    var ahead = ReadAhead<(line: Line, number: Int)>()
    try source.begin()
    while let line = try source.next() {
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
  /// The same failure, with the line of the input that it is about.
  func at(line: Int) -> Failure {
    Failure(code, "standard input: line \(line): \(message)", hint: hint, systemError: systemError)
  }
}
