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
    _ add: (inout Store, Line) throws(StoreError) -> Addition
  ) throws(Failure) {
    // All of the input is at hand before another favs is made to wait.
    var source = try context.waiting { () throws(Failure) in try LineSource() }
    try source.begin()
    var failure: Failure?
    do throws(Failure) {
      _ = try context.change(write, isLarge: true, runsOnce: true) { (store) throws(StoreError) in
        var ids: [Int64] = []
        do throws(Failure) {
          while let line = try source.next() {
            do throws(StoreError) {
              ids.append(try add(&store, line).id)
            } catch {
              throw Failure(error, path: store.path).at(line: source.number)
            }
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
}

extension Failure {
  /// The same failure, with the line of the input that it is about.
  func at(line: Int) -> Failure {
    Failure(code, "standard input: line \(line): \(message)", hint: hint, systemError: systemError)
  }
}
