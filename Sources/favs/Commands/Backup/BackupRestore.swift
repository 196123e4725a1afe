internal import Favourites
internal import Host

/// Puts a backup in the place of the file.
struct BackupRestore: Command {
  static let synopsis = Synopsis<Self>(
    "Put a backup in the place of the file",
    details: [
      "NAME is one that favs backup list shows, or the path of a file. Everything becomes as it was then, history "
        + "and trash too. What was there before becomes a backup itself; a file too damaged for that is "
        + "kept under another name. Off a terminal --yes is needed."
    ],
    operands: .one("NAME|FILE", .backup),
    options: WriteOptions.askingOptions.filter { $0.long != "dry-run" }.lifted(to: \.write),
    examples: [
      Example("favs backup restore ~/usb/favs.db", "go back to a copy that was put away")
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let (path, word) = (context.path, operands[0])
    let source = try source(word, path)
    try context.confirmOrRefuse(
      "Put this backup in the place of all favourites?",
      otherwise: "restoring replaces all favourites",
      write)
    let replaced = try context.opened { () throws(StoreError) in
      try Store.restore(
        path, from: source, mustBeOurs: !context.isNamed, meter: context.meter)
    }
    switch replaced {
    case .nothing: try context.output.note("restored")
    case .backedUp(let old):
      try context.output.note("restored; favs backup restore \(old.name) takes it back")
    case .setAside(let aside):
      try context.output.note(
        "restored; the damaged file is kept as '\(Escaping.forTerminal(aside))'")
    }
    return .done
  }

  private func source(_ word: String, _ path: String) throws(Failure) -> String {
    do throws(StoreError) {
      let known = try Store.backups(of: path)
      if let backup = known.first(where: { $0.name == word }) { return backup.path }
    } catch .unusable(let folder, let reason) {
      // A file elsewhere is not what is refused there.
      if !word.utf8.contains(UInt8(ascii: "/")) {
        throw Failure(.unusable(path: folder, reason), path: path)
      }
    } catch {
      // Where there is no folder, there is no backup.
    }
    do throws(HostError) {
      if try FileStatus.of(word, followingLinks: true) != nil { return word }
    } catch {
      throw Failure(error)
    }
    throw Failure(
      .notFound, "there is no backup '\(word)'", hint: "favs backup list shows those there are")
  }
}
