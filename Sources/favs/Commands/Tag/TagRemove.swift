internal import Favourites

/// Removes a tag from all favourites.
struct TagRemove: Command {
  static let synopsis = Synopsis<Self>(
    "Remove a tag from all favourites",
    operands: .one("TAG", .tag),
    options: WriteOptions.options.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput],
    seeAlso: ["undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let tag = try context.tag(operands[0])
    return try context.changeTag(write, output) { (store) throws(StoreError) in
      try store.removeTag(tag)
    }
  }
}
