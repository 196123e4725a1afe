internal import Favourites
internal import Host

/// Gets what can be read out of a damaged file into a new one.
struct Salvaging {
  private let source: String
  private let target: String

  init(from source: String, to target: String) {
    self.source = source
    self.target = target
  }

  /// Makes the new file, and tells what is in it.
  func run(in context: inout Context) throws(Failure) -> ExitCode {
    try check()
    let found: Salvaged
    do throws(StoreError) {
      found = try Store.salvage(
        source, into: target, command: "doctor --salvage", meter: context.meter)
    } catch {
      throw Failure(error, path: target)
    }
    if context.global.isJSON {
      try writeJSON(found, &context.output)
    } else {
      try context.output.write(
        "\(found.favourites)\tfavourites\n\(found.trashed)\tin the trash\n"
          + "\(found.categories)\tcategories\n\(found.lostRows)\trows that were lost\n"
          + "\(found.damagedPages)\tpages that could not be read\n")
    }
    try context.output.note(
      "'\(Escaping.forTerminal(source))' was not touched; favs --db '\(Escaping.forTerminal(target))' list shows what was saved"
    )
    return found.lostRows == 0 && found.damagedPages == 0 ? .done : .incomplete
  }

  private func check() throws(Failure) {
    let (old, new): (FileStatus?, FileStatus?)
    do throws(HostError) {
      old = try FileStatus.of(source, followingLinks: true)
      new = try FileStatus.of(target, followingLinks: false)
    } catch {
      throw Failure(error)
    }
    guard new == nil else {
      throw Failure(
        .conflict, "'\(target)' exists already", hint: "name a file that is not there yet")
    }
    guard old?.kind == .regular else {
      throw Failure(.notFound, "'\(source)' does not exist, or is no file")
    }
  }

  private func writeJSON(_ found: Salvaged, _ output: inout Output) throws(Failure) {
    var json = JSONWriter()
    json.beginObject()
    for (key, count) in [
      ("favourites", found.favourites), ("trashed", found.trashed),
      ("categories", found.categories), ("lost_rows", found.lostRows),
      ("damaged_pages", found.damagedPages),
    ] {
      json.key(key)
      json.integer(Int64(count))
    }
    json.endObject()
    json.newline()
    try output.write(json.bytes)
  }
}
