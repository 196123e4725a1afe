internal import Favourites

/// The actions of the picker: they do what the commands do, but print nothing.
struct PickDeeds {
  let write: WriteOptions
  /// The descriptor of the terminal, for the programs that run on it.
  let terminal: Int32

  /// Opens favourites.
  func open(_ ids: [Int64], in context: inout Context) throws(Failure) -> String {
    var command = Open()
    command.write = write
    command.terminal = terminal
    command.tells = false
    context.deedWords = CommandWords(["open"] + ids.map(String.init))
    let opened = try command.open(ids, in: &context)
    let things = try told(opened, in: context)
    return said(Told(done: "opened \(things)", would: "would open \(things)"))
  }

  /// Opens a favourite in the editor.
  func edit(_ id: Int64, in context: inout Context) throws(Failure) -> String {
    guard let favourite = try favourites([id], in: context).first else {
      throw Failure(StoreError.noFavourite(String(id)), path: context.file.path)
    }
    var command = Edit()
    command.write = write
    command.terminal = terminal
    command.tells = false
    context.deedWords = CommandWords(["edit", String(id)])
    let before = context.deed
    try command.change(favourite, in: &context)
    let isChanged = context.deed != before
    return isChanged ? "edited \(try told([id], in: context))" : "nothing changed"
  }

  /// Moves favourites to the trash.
  func remove(_ ids: [Int64], in context: inout Context) throws(Failure) -> String {
    let things = try told(ids, in: context)
    context.deedWords = CommandWords(["rm"] + ids.map(String.init))
    _ = try context.change(write) { (store) throws(StoreError) in
      try store.remove(ids)
    } show: { (_, _, _) throws(Failure) in
    }
    return said(
      Told(
        done: "moved \(things) to the trash", would: "would move \(things) to the trash",
        wayBack: "^Z undoes it"))
  }

  /// Changes the rank of a favourite in its category.
  func shift(_ id: Int64, by offset: Int64, in context: inout Context) throws(Failure) -> String {
    guard let favourite = try favourites([id], in: context).first else {
      throw Failure(StoreError.noFavourite(String(id)), path: context.file.path)
    }
    let rank = max(1, favourite.rank + offset)
    context.deedWords = CommandWords(["move", String(id), "--rank", String(rank)])
    _ = try context.change(write) { (store) throws(StoreError) in
      var patch = Patch()
      patch.placing = .rank(rank)
      return try store.edit([id], patch)
    } show: { (_, _, _) throws(Failure) in
    }
    let now = try favourites([id], in: context).first ?? favourite
    return said(
      Told(
        done: "now \(now.category)@\(now.rank)", would: "would move to \(now.category)@\(rank)"))
  }

  /// The last change that can be undone; nil if there is none.
  func lastChange(in context: Context) throws(Failure) -> Change? {
    let query = ChangeQuery(.state(.undoable), limit: 1)
    let store = try context.reading()
    return try context.opened(store.changes(query).first)
  }

  /// Undoes a change.
  func undo(_ number: Int64, in context: inout Context) throws(Failure) -> String {
    context.deedWords = CommandWords(["undo", String(number)])
    let change = try context.change(write, isLarge: true, wayBack: .redo) {
      (store) throws(StoreError) in
      try store.undo(number)
    } show: { (_, _, _) throws(Failure) in
    }
    return said(
      Told(
        done: "undone: \(change.command)", would: "would undo: \(change.command)",
        wayBack: "^R redoes it"))
  }

  /// Redoes the change that was undone last.
  func redo(in context: inout Context) throws(Failure) -> String {
    context.deedWords = CommandWords(["redo"])
    let changes = try context.change(write, isLarge: true) { (store) throws(StoreError) in
      try store.redo(last: 1)
    } show: { (_, _, _) throws(Failure) in
    }
    let command = changes.first?.command ?? ""
    return said(
      Told(
        done: "redone: \(command)", would: "would redo: \(command)", wayBack: "^Z undoes it"))
  }

  /// The URLs of favourites, in the given order, and a note on those that have none; throws if none
  /// has one, or one is in the trash.
  func links(
    of ids: [Int64], in context: Context
  ) throws(Failure) -> (links: [String], note: String?) {
    let favourites = try present(ids, in: context)
    let links = favourites.compactMap(\.url)
    let lacking = favourites.filter { $0.url == nil }
    guard let first = lacking.first else { return (links, nil) }
    guard !links.isEmpty else {
      throw Failure(
        .notFound, lacking.count == 1 ? "'\(first.title)' has no link" : "none of them has a link")
    }
    let others = lacking.count == 1 ? "" : " and \(lacking.count - 1) more"
    return (links, "'\(first.title)'\(others) \(lacking.count == 1 ? "has" : "have") no link")
  }

  /// The favourites, in the given order; throws if one went to the trash, or is gone, since it was
  /// shown.
  @discardableResult
  func present(_ ids: [Int64], in context: Context) throws(Failure) -> [Favourite] {
    var store = try context.reading()
    return try context.opened { () throws(StoreError) in
      var found: [Favourite] = []
      for id in ids {
        guard let favourite = try store.favourite(id), favourite.deletedAt == nil else {
          throw try store.missing(id)
        }
        found.append(favourite)
      }
      return found
    }
  }

  private func favourites(_ ids: [Int64], in context: Context) throws(Failure) -> [Favourite] {
    var store = try context.reading()
    return try context.opened { () throws(StoreError) in
      var found: [Favourite] = []
      for id in ids {
        if let favourite = try store.favourite(id) { found.append(favourite) }
      }
      return found
    }
  }

  /// Favourites for a message: a single one by its title.
  private func told(_ ids: [Int64], in context: Context) throws(Failure) -> String {
    guard ids.count == 1, let one = try favourites(ids, in: context).first else {
      return counted(favourites: ids.count)
    }
    return "'\(one.title)'"
  }

  private func said(_ told: Told) -> String { told.text(isRehearsal: write.isRehearsal) }
}
