internal import Favourites
internal import Host

/// Replaces the database with a backup.
struct BackupRestore: Command {
  static let synopsis = Synopsis<Self>(
    "Replace the database with a backup",
    details: [
      "NAME is a name from favs backup list, or the path of a file. Everything goes back to that "
        + "state, including history and trash. The current database is backed up first; one too "
        + "damaged for that is kept under another name. Without a terminal, --yes is required."
    ],
    operands: .one("NAME|FILE", .backup),
    options: WriteOptions.askingOptions.filter { $0.long != "dry-run" }.lifted(to: \.write),
    examples: [
      Example("favs backup restore ~/usb/favs.db", "restore a backup from another disk")
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let (path, word) = (context.file.path, operands[0])
    let source = try source(word, path)
    try context.confirmOrRefuse(
      "Replace all favourites with this backup?",
      otherwise: "this would replace all favourites",
      write)
    let replaced = try context.opened(
      Store.restore(
        path, from: source, mustBeOurs: !context.file.isNamed, meter: context.file.meter))
    switch replaced {
    case .nothing: try context.output.note("restored")
    case .backedUp(let old):
      try context.output.note("restored; favs backup restore \(old.name) reverts it")
    case .setAside(let aside):
      try context.output.note(
        "restored; the damaged file was moved to '\(Escaping.forTerminal(aside))'")
    }
    return .done
  }

  private func source(_ word: String, _ path: String) throws(Failure) -> String {
    do throws(StoreError) {
      let known = try Store.backups(of: path)
      if let backup = known.first(where: { $0.name == word }) { return backup.path }
    } catch .unusable(let folder, let reason) {
      // The problem with the backup folder does not concern a file elsewhere.
      if !word.utf8.contains(UInt8(ascii: "/")) {
        throw Failure(.unusable(path: folder, reason), path: path)
      }
    } catch {
      // Without a folder there are no backups.
    }
    if try Failure.of(FileStatus.of(word, followingLinks: true)) != nil { return word }
    throw Failure(
      .notFound, "no backup is called '\(word)'", hint: "favs backup list shows them")
  }
}
