internal import Favourites

/// Renames a tag.
struct TagRename: Command {
  static let synopsis = Synopsis<Self>(
    "Rename a tag on all favourites",
    operands: .two("TAG NEW", .tag),
    options: WriteOptions.options.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput])

  var operands: [String] = []
  var global = GlobalOptions()
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let (tag, target) = (try context.tag(operands[0]), try context.tag(operands[1]))
    return try context.changeTag(write, output) { (store) throws(StoreError) in
      try store.renameTag(tag, to: target, mustExist: false)
    }
  }
}

extension Context {
  /// Makes a change to a tag and prints the affected favourites.
  mutating func changeTag(
    _ write: WriteOptions, _ options: OutputOptions,
    _ body: (inout Store) throws(StoreError) -> [Int64]
  ) throws(Failure) -> ExitCode {
    _ = try change(write, isLarge: true, body) { (store, context, ids) throws(Failure) in
      try context.show(ids, in: &store, options)
      try context.tell(Told(done: "\(ids.count) changed", would: "would change \(ids.count)"))
    }
    return .done
  }
}
