internal import Favourites
internal import Host

/// Looks the file over, and puts right what follows from the rest of it.
struct Doctor: Command {
  static let synopsis = Synopsis<Self>(
    "Look whether the file is sound and private",
    details: [
      "Says what it looked at, one a line, with what is wrong. With --fix, after a backup, it makes indexes, counts "
        + "and missing ranks anew, which follow from the favourites, and takes from others the right to "
        + "read; favourites it never touches. Exit code 1 where something is wrong, or stays so.",
      "--salvage gets what can be read out of a damaged file into a new one: favourites, categories and trash, "
        + "under new ids and without their history. The damaged file is not touched; a write that was broken off "
        + "is taken back in a copy. It counts what could not be read, and what is kept with something of it mended: "
        + "a text, a uid, a category's name, tags or metadata. Exit code 1 where there is any of that, and 6 where "
        + "nothing of favourites is in the file; then no new one is made.",
    ],
    options: [
      .flag("fix", nil, "make anew what follows from the rest of the file", \.repairs),
      .text("salvage", nil, "NEWFILE", "get what can be read into a new file", \.target),
    ],
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

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    if let target {
      guard !repairs else { throw Failure(.usage, "--fix and --salvage do not go together") }
      return try Salvaging(from: context.path, to: target).run(in: &context)
    }
    // A file that is not there has nothing wrong with it.
    _ = try context.reading()
    var found = try inspect(&context)
    if repairs, found.contains(where: { $0.problem != nil && $0.isRepairable }) {
      try context.backUp(.repairing)
      let path = context.path
      try context.opened { () throws(StoreError) in try Store.makePrivate(path) }
      _ = try context.change(WriteOptions()) { (store) throws(StoreError) in
        try store.repair()
      } show: { (_, context, _) throws(Failure) in
        try context.output.note("what could be made anew was")
      }
      found = try inspect(&context)
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
    var found = try context.opened { () throws(StoreError) in
      try Store.privacy(of: path) + Store.surroundings(of: path)
    }
    var rehearsal = WriteOptions()
    rehearsal.isRehearsal = true
    guard !FileStatus.isReadOnly(path), !FileStatus.isReadOnly(Directory.above(path)) else {
      try context.output.note(
        "the words of the search index were not looked at: that takes the right to write")
      var store = try context.reading()
      found += try context.opened { () throws(StoreError) in try store.inspect() }
      return found
    }
    found += try context.change(rehearsal) { (store) throws(StoreError) in
      try store.inspect()
    } show: { (_, _, _) throws(Failure) in
    }
    return found
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
