internal import Favourites

/// Merges one tag into another.
struct TagMerge: Command {
  static let synopsis = Synopsis<Self>(
    "Merge one tag into another",
    operands: .two("TAG INTO", .tag),
    options: WriteOptions.options.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [Example("favs tag merge scifi sci-fi", "use one spelling for both")],
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput])

  var operands: [String] = []
  var global = GlobalOptions()
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let (tag, target) = (try context.tag(operands[0]), try context.tag(operands[1]))
    return try context.changeTag(write, output) { (store) throws(StoreError) in
      try store.renameTag(tag, to: target, mustExist: true)
    }
  }
}
