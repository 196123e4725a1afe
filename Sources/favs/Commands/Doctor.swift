internal import Favourites
internal import Host

/// Looks the file over, and puts right what follows from the rest of it.
struct Doctor: Command {
  static let synopsis = Synopsis<Self>(
    "Look whether the file is sound and private",
    details: [
      "Says what it looked at, one a line, with what is wrong: whether SQLite finds the file sound and only you may "
        + "read it and its backups, whether what was entered can be read, and whether all else follows from it. "
        + "Exit code 1 where something is wrong, or stays so.",
      "With --fix, after a backup, it makes indexes, counts, keys of categories and missing ranks anew, which follow "
        + "from the favourites, and takes from others the right to read; favourites it never touches. It is "
        + "rehearsed first: where nothing would be mended, nothing is done. With --dry-run it stays at that.",
      "--salvage gets what can be read out of a damaged file into a new one: favourites, categories and trash, "
        + "under new ids and without their history. The damaged file is not touched; a write that was broken off "
        + "is taken back in a copy. It counts what could not be read, and what is kept with something of it mended: "
        + "a text, a uid, a category's name, tags or metadata. Exit code 1 where there is any of that, and 6 where "
        + "nothing of favourites is in the file; then no new one is made.",
    ],
    options: [
      .flag("fix", nil, "make anew what follows from the rest of the file", \.repairs),
      .text("salvage", nil, "NEWFILE", "get what can be read into a new file", \.target, .file),
    ] + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example("favs doctor", "a look at everything"),
      Example("favs doctor --fix", "make a damaged search index anew"),
      Example("favs doctor --salvage saved.db", "what is left of a damaged file"),
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
      guard !repairs else { throw Failure(.usage, "--fix and --salvage do not go together") }
      guard !write.isRehearsal else {
        throw Failure(.usage, "--dry-run and --salvage do not go together")
      }
      return try Salvaging(from: context.path, isNamed: context.isNamed, to: target).run(
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
    for inspection in found {
      let subject = inspection.subject
      guard let problem = inspection.problem else {
        try context.output.write("ok\t\(subject)\t\n")
        continue
      }
      try context.output.write("bad\t\(subject)\t\(Escaping.forTSV(problem))\n")
    }
    let bad = found.filter { $0.problem != nil }
    guard !bad.isEmpty else { return .done }
    if !repairs, bad.contains(where: \.isRepairable) {
      try context.output.note("favs doctor --fix puts right what follows from the rest of the file")
    }
    if bad.contains(where: { $0.isDamage }) {
      try context.output.note(
        "favs backup list shows what to go back to; favs doctor --salvage NEWFILE gets out what is left"
      )
    }
    return .incomplete
  }

  private func inspect(_ context: inout Context) throws(Failure) -> [Inspection] {
    let path = context.path
    // One that is not there is told as such, before its folder is looked at.
    if context.isNamed { try context.requireFile(for: "look at") }
    var found = try context.opened { () throws(StoreError) in
      try Store.privacy(of: path) + Store.surroundings(of: path)
    }
    if !repairs, let soundness = try context.inspectionOfOlder() {
      try context.output.note(
        "the file is of an older favs: favs doctor --fix brings it up to date, after a backup, and looks at the rest"
      )
      return found + [soundness]
    }
    found += try inspectFile(&context)
    guard !FileStatus.isReadOnly(path), !FileStatus.isReadOnly(Directory.above(path)) else {
      try context.output.note(
        "whether the search index can be written to was not tried: that takes the right to write")
      return found
    }
    return try context.change(rehearsal) { [found] (store) throws(StoreError) in
      try store.tryingSearch(found)
    } show: { (_, _, _) throws(Failure) in
    }
  }

  /// Looks at the file as it stands, before a rehearsal writes to it what a change begins with. One that is not there
  /// has nothing wrong with it.
  private func inspectFile(_ context: inout Context) throws(Failure) -> [Inspection] {
    var store = try context.reading()
    let (found, isInDanger) = try context.opened { () throws(StoreError) in
      (try store.inspect(), try store.isInDangerOfReset())
    }
    if isInDanger {
      try context.output.note(
        "the file is in WAL mode, in which SQLite \(Store.libraryVersion) may damage it when two programs write: "
          + "see https://www.sqlite.org/wal.html#walresetbug")
    }
    return found
  }

  private var rehearsal: WriteOptions {
    var options = WriteOptions()
    options.isRehearsal = true
    return options
  }

  /// Puts right what can be, and looks again. It is rehearsed first: what would mend nothing is not done, so that no
  /// backup of a file as damaged as before pushes a good one out.
  private func repaired(
    _ found: [Inspection], _ context: inout Context
  ) throws(Failure) -> [Inspection] {
    let path = context.path
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
      try context.backUp(.repairing)
      _ = try context.change(WriteOptions(), isLarge: true) { (store) throws(StoreError) in
        try store.repair()
      } show: { (_, _, _) throws(Failure) in
      }
    }
    let privacy = try context.opened { () throws(StoreError) in
      Set(try Store.privacy(of: path).map(\.subject))
    }
    let isMended = { (inspection: Inspection) in
      inspection.problem != nil && inspection.isRepairable
        && (rehearsed.contains(inspection.subject)
          || (isPrivate && privacy.contains(inspection.subject)))
    }
    let something = found.contains(where: isMended)
    try context.tell(
      something
        ? Told(
          done: "what could be made anew was", would: "what can be made anew would be, as told here"
        )
        : Told(
          done: "nothing of it could be put right", would: "nothing of it would be put right"))
    guard write.isRehearsal || !something else { return try inspect(&context) }
    return found.map { inspection in
      guard isMended(inspection) else { return inspection }
      return Inspection(subject: inspection.subject, problem: nil, isRepairable: true)
    }
  }

  /// What would be right after all that is derived was made anew.
  private func rehearsedRepair(
    _ found: [Inspection], _ context: inout Context
  ) throws(Failure) -> Set<String> {
    let bad = Set(found.filter { $0.problem != nil && $0.isRepairable }.map(\.subject))
    // In a file that is damaged itself nothing is written; there are backups, and --salvage.
    guard !found.contains(where: \.isDamage), !bad.isEmpty else { return [] }
    do {
      let after = try context.change(rehearsal, isLarge: true) { (store) throws(StoreError) in
        try store.repair()
        return try store.inspectDerived()
      } show: { (_, _, _) throws(Failure) in
      }
      return bad.intersection(after.filter { $0.problem == nil }.map(\.subject))
    } catch let failure where failure.code == .database {
      try context.output.note("it cannot be made anew: \(failure.message)")
      return []
    }
  }

  private func writeJSON(_ found: [Inspection], _ output: inout Output) throws(Failure) {
    var json = JSONWriter()
    json.beginArray()
    for inspection in found {
      json.beginObject()
      json.key("check")
      json.string(inspection.subject)
      json.key("ok")
      json.bool(inspection.problem == nil)
      json.key("problem")
      json.stringOrNull(inspection.problem)
      json.key("fixable")
      json.bool(inspection.isRepairable)
      json.endObject()
    }
    json.endArray()
    json.newline()
    try output.write(json.bytes)
  }
}
