internal import Favourites

/// Swaps two favourites.
struct Swap: Command {
  static let synopsis = Synopsis<Self>(
    "Swap two favourites",
    operands: .two("REF REF", .reference),
    options: WriteOptions.options.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [Example("favs swap books@1 books@2", "swap the first two books")],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["move"])

  var operands: [String] = []
  var global = GlobalOptions()
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    _ = try context.change(write) { (store) throws(StoreError) in
      let (first, second) = (try store.find(operands[0]), try store.find(operands[1]))
      try store.swap(first, second)
      return [first, second]
    } show: { (store, context, ids) throws(Failure) in
      try context.show(ids, in: &store, output)
    }
    return .done
  }
}
