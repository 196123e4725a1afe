internal import Favourites
internal import Host

/// Checks the database, and repairs whatever can be derived from the rest of it.
struct Doctor: Command {
  static let synopsis = Synopsis<Self>(
    "Check the database for damage and unsafe permissions",
    details: [
      "Prints one check per line (on a terminal, those that failed; -v prints all), with what is "
        + "wrong: damage that SQLite finds, permissions of "
        + "the database and its backups, unreadable entries, and everything derived from them. "
        + "Exits with 1 if a problem is found, or is left after --fix.",
      "--fix makes a backup, then rebuilds indexes, counts, category keys and missing ranks, and "
        + "takes permissions away from other users. It never changes favourites. It is tried out "
        + "first: if it would repair nothing, nothing is done. With --dry-run it only shows what "
        + "it would do.",
      "--salvage copies what can be read from a damaged file to a new one: favourites, categories "
        + "and trash, with new ids and without history. The damaged file is not changed; an "
        + "interrupted write is rolled back in a copy. It counts what could not be read and what "
        + "had to be repaired: texts, uids, category names, tags or metadata. Exits with 1 if "
        + "there is any of that, and with 6, without a new file, if neither favourites nor "
        + "categories are found.",
    ],
    options: [
      .flag("fix", nil, "rebuild everything that is derived from the favourites", \.repairs),
      .read(
        "salvage", nil, "NEWFILE", "copy what can be read to a new file", \.target, .file,
        by: Value.newFile),
    ] + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example("favs doctor", "check everything"),
      Example("favs doctor --fix", "rebuild a damaged search index"),
      Example("favs doctor --salvage saved.db", "rescue what is left in a damaged file"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
    ],
    seeAlso: ["backup", "logs"])

  var operands: [String] = []
  var global = GlobalOptions()
  var repairs = false
  var target: String?
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    if let target {
      guard !repairs else { throw Failure(.usage, "--fix and --salvage cannot be used together") }
      guard !write.isRehearsal else {
        throw Failure(.usage, "--dry-run and --salvage cannot be used together")
      }
      return try Salvaging(from: context.file.path, isNamed: context.file.isNamed, to: target).run(
        in: &context)
    }
    var found = try inspect(&context)
    if repairs, found.contains(where: { $0.problem != nil }) {
      found = try repaired(found, &context)
    }
    guard !global.isJSON else {
      try writeJSON(found, &context.output)
      return found.contains { $0.problem != nil } ? .incomplete : .done
    }
    let bad = found.filter { $0.problem != nil }
    let isShort = context.output.isTerminal && !global.isVerbose
    if isShort, bad.isEmpty { return try tellSound(found.count, &context) }
    for inspection in isShort ? bad : found {
      let subject = inspection.check.words
      guard let problem = inspection.problem else {
        try context.output.write("ok\t\(subject)\t\n")
        continue
      }
      try context.output.write("bad\t\(subject)\t\(Escaping.forTSV(problem))\n")
    }
    guard !bad.isEmpty else { return .done }
    if !repairs, bad.contains(where: \.isRepairable) {
      try context.output.note("favs doctor --fix repairs this")
    }
    if bad.contains(where: { $0.isDamage }) {
      try context.output.note(
        "favs backup list shows backups; favs doctor --salvage NEWFILE rescues what is left"
      )
    }
    return .incomplete
  }

  /// Prints one line that says that all checks passed.
  private func tellSound(_ count: Int, _ context: inout Context) throws(Failure) -> ExitCode {
    var parts = ["All \(count) checks passed", Escaping.forTerminal(context.file.path)]
    let path = context.file.path
    let size = try context.opened(Store.size(of: path))
    parts.append(Quantity.bytes(size))
    var held = try context.reading()
    let favourites = try context.opened(held.count(Selection()))
    parts.append(Quantity.counted(favourites, "favourite", "favourites"))
    try context.output.show(parts.joined(separator: " · ") + "\n")
    return .done
  }

  private func inspect(_ context: inout Context) throws(Failure) -> [Inspection] {
    let path = context.file.path
    // Reports a missing file as such, before its folder is checked.
    if context.file.isNamed { try context.file.requireFile(for: "check") }
    var found = try context.opened(Store.privacy(of: path) + Store.surroundings(of: path))
    if !repairs, let soundness = try context.file.inspectionOfOlder() {
      try context.output.note(
        "the file was made by an older favs: favs doctor --fix makes a backup, upgrades it and "
          + "checks the rest"
      )
      return found + [soundness]
    }
    found += try inspectFile(&context)
    guard !FileStatus.isReadOnly(path), !FileStatus.isReadOnly(Directory.above(path)) else {
      try context.output.note(
        "whether the search index can be written to was not checked: the file is read-only")
      return found
    }
    return try context.change(rehearsal) { [found] (store) throws(StoreError) in
      try store.tryingSearch(found)
    } show: { (_, _, _) throws(Failure) in
    }
  }

  /// Checks the file as it stands, before a dry run writes what every change begins with. A missing
  /// file has no problems.
  private func inspectFile(_ context: inout Context) throws(Failure) -> [Inspection] {
    var store = try context.reading()
    let (found, isInDanger) = try context.opened { () throws(StoreError) in
      (try store.inspect(), try store.isInDangerOfReset())
    }
    if isInDanger {
      try context.output.note(
        "the file is in WAL mode, in which SQLite \(Store.libraryVersion) may damage it when two "
          + "programs write: see https://www.sqlite.org/wal.html#walresetbug")
    }
    return found
  }

  private var rehearsal: WriteOptions {
    var options = WriteOptions()
    options.isRehearsal = true
    return options
  }

  /// Repairs what can be repaired, and checks again. A dry run comes first: if it repairs nothing,
  /// no backup is made, so that one of a damaged file does not push out a good one.
  private func repaired(
    _ found: [Inspection], _ context: inout Context
  ) throws(Failure) -> [Inspection] {
    let path = context.file.path
    let rehearsed = try rehearsedRepair(found, &context)
    var isPrivate = true
    if !write.isRehearsal {
      isPrivate = try context.opened { () throws(StoreError) in
        try Store.makePrivate(path)
        return try Store.privacy(of: path).allSatisfy { $0.problem == nil || !$0.isRepairable }
      }
    }
    let mends = !rehearsed.isEmpty
    if mends, !write.isRehearsal {
      try context.file.backUp(.repairing)
      _ = try context.change(WriteOptions(), isLarge: true) { (store) throws(StoreError) in
        try store.repair()
      } show: { (_, _, _) throws(Failure) in
      }
    }
    let privacy = try context.opened { () throws(StoreError) in
      Set(try Store.privacy(of: path).map(\.check))
    }
    let isMended = { (inspection: Inspection) in
      inspection.problem != nil && inspection.isRepairable
        && (rehearsed.contains(inspection.check)
          || (isPrivate && privacy.contains(inspection.check)))
    }
    let something = found.contains(where: isMended)
    try context.tell(
      something
        ? Told(
          done: "everything that could be rebuilt was rebuilt",
          would: "everything that can be rebuilt would be, as shown here"
        )
        : Told(
          done: "nothing could be repaired", would: "nothing would be repaired"))
    guard write.isRehearsal || !something else { return try inspect(&context) }
    return found.map { inspection in
      guard isMended(inspection) else { return inspection }
      return Inspection(check: inspection.check, problem: nil, isRepairable: true)
    }
  }

  /// The checks that would pass after all derived data was rebuilt.
  private func rehearsedRepair(
    _ found: [Inspection], _ context: inout Context
  ) throws(Failure) -> Set<Check> {
    let bad = Set(found.filter { $0.problem != nil && $0.isRepairable }.map(\.check))
    // Never writes to a damaged file; that is what backups and --salvage are for.
    guard !found.contains(where: \.isDamage), !bad.isEmpty else { return [] }
    do {
      let after = try context.change(rehearsal, isLarge: true) { (store) throws(StoreError) in
        try store.repair()
        return try store.inspectDerived()
      } show: { (_, _, _) throws(Failure) in
      }
      return bad.intersection(after.filter { $0.problem == nil }.map(\.check))
    } catch let failure where failure.code == .database {
      try context.output.note("it cannot be rebuilt: \(failure.message)")
      return []
    }
  }

  private func writeJSON(_ found: [Inspection], _ output: inout Output) throws(Failure) {
    try output.write(arrayOf: found) { (inspection, json) in
      json.beginObject()
      json.member("check", inspection.check.words)
      json.member("ok", inspection.problem == nil)
      json.member("problem", inspection.problem)
      json.member("fixable", inspection.isRepairable)
      json.endObject()
    }
  }
}
