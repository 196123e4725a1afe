internal import Favourites

/// Moves a category to the trash.
struct CategoryRemove: Command {
  static let synopsis = Synopsis<Self>(
    "Move a category and everything in it to the trash",
    details: ["favs restore -c restores all of it."],
    operands: .one("CATEGORY", .category),
    options: WriteOptions.askingOptions.lifted(to: \.write)
      + OutputOptions.options.lifted(to: \.output),
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["restore", "undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let path = try context.category(operands[0])
    let category = try read(path, context)
    if category.total >= 3 {
      try context.confirm("Remove '\(category.name)' with \(category.total) favourites?", write)
    }
    _ = try context.change(write) { (store) throws(StoreError) in
      try store.removeCategory(path)
    } show: { (store, context, ids) throws(Failure) in
      try context.show(ids, in: &store, output)
      let things =
        "'\(category.name)' and \(counted(favourites: ids.count))"
      try context.tell(
        Told(
          done: "moved \(things) to the trash", would: "would move \(things) to the trash",
          wayBack: "favs undo or favs restore -c \(ShellWord.quoted(category.name)) reverts it"))
    }
    return .done
  }

  /// Reads the category from a store of its own, which is closed before the change begins: an open
  /// reader would block the commit.
  private func read(_ path: CategoryPath, _ context: Context) throws(Failure) -> Category {
    let store = try context.reading()
    return try context.opened(store.category(path))
  }
}
