internal import Favourites
internal import Sync

/// Lists conflicts, and resolves them.
struct SyncConflicts: Command {
  static let synopsis = Synopsis<Self>(
    "List conflicts, or settle them",
    details: [
      "A conflict is a field that two devices changed before they synced. The later value won; "
        + "the other one is kept here. Each is listed with its number, the favourite or category, "
        + "the field, the value of this device, that of the other, and which of them won.",
      "--take mine or --take theirs gives the field that value, as a change that is sent to all, "
        + "and removes the conflict from the list. If the favourite or category is in the trash, "
        + "nothing is settled: restore it first.",
    ],
    operands: .some("ID…", atLeast: 0),
    options: [
      .read(
        "take", nil, "WHICH", "use this value: mine or theirs", \.side,
        .choices(Side.allCases.map(\.rawValue)), by: Value.choice(Side.self)),
      .flag("all", nil, "all conflicts", \.isAll),
    ] + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example("favs sync conflicts", "list them"),
      Example("favs sync conflicts --take mine 3", "use the value of this device"),
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["undo"])

  /// The side whose value to use.
  enum Side: String, CaseIterable, Sendable {
    case mine, theirs
  }

  var operands: [String] = []
  var global = GlobalOptions()
  var side: Side?
  var isAll = false
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let known = try conflicts(context)
    guard let side else {
      guard operands.isEmpty, !isAll else {
        throw Failure(.usage, "--take mine or --take theirs says which value to use")
      }
      try list(known, &context)
      return .done
    }
    let chosen = try chosen(known)
    let path = context.file.path
    _ = try context.change(write) { (store) throws(Failure) in
      for conflict in chosen {
        let obstacle = try Failure.of(path) { () throws(StoreError) in
          try store.settle(conflict, takesMine: side == .mine)
        }
        if let obstacle { throw Failure(obstacle, of: conflict) }
      }
    } show: { (_, _, _) throws(Failure) in
    }
    let things = counted(chosen.count, "conflict", "conflicts")
    try context.tell(Told(done: "\(things) settled", would: "would settle \(things)"))
    return .done
  }

  private func conflicts(_ context: Context) throws(Failure) -> [SyncConflict] {
    let store = try context.reading()
    let known = try context.opened(store.isSynced() ? try store.syncConflicts() : nil)
    guard let known else { throw SyncStatus.notSynced }
    return known
  }

  private func chosen(_ known: [SyncConflict]) throws(Failure) -> [SyncConflict] {
    guard operands.isEmpty == isAll else {
      throw Failure(.usage, "name conflicts by their numbers, or use --all")
    }
    if isAll { return known }
    var chosen: [SyncConflict] = []
    for word in operands {
      guard let id = Int64(word), let conflict = known.first(where: { $0.id == id }) else {
        throw Failure(
          .notFound, "there is no conflict \(word)", hint: "favs sync conflicts lists them")
      }
      if !chosen.contains(conflict) { chosen.append(conflict) }
    }
    return chosen
  }

  private func list(_ conflicts: [SyncConflict], _ context: inout Context) throws(Failure) {
    let store = try context.reading()
    let told = try context.opened { () throws(StoreError) in
      var told: [Line] = []
      for conflict in conflicts { told.append(try Line(conflict, store)) }
      return told
    }
    guard global.isJSON else {
      for line in told {
        try context.output.write(line.cells.map(Escaping.forTSV).joined(separator: "\t") + "\n")
      }
      return
    }
    try context.output.write(arrayOf: told) { $0.write(to: &$1) }
  }

  /// A conflict in the list.
  private struct Line {
    let conflict: SyncConflict
    let name: String?
    let mine: String?
    let theirs: String?
    let kept: String

    init(_ conflict: SyncConflict, _ store: borrowing Store) throws(StoreError) {
      self.conflict = conflict
      name = try store.name(of: conflict)
      mine = try store.text(of: conflict, ofMine: true)
      theirs = try store.text(of: conflict, ofMine: false)
      kept = (conflict.isMineKept ? Side.mine : .theirs).rawValue
    }

    var cells: [String] {
      ["\(conflict.id)", name ?? "(gone)", conflict.fieldName, mine ?? "-", theirs ?? "-", kept]
    }

    func write(to json: inout JSONWriter) {
      json.beginObject()
      json.member("id", conflict.id)
      json.member("uid", conflict.uid.text)
      json.member("name", name)
      json.member("field", conflict.fieldName)
      json.member("mine", mine)
      json.member("theirs", theirs)
      json.member("kept", kept)
      json.endObject()
    }
  }
}
