internal import Favourites
internal import Host

/// Makes a backup of the database.
struct BackupCreate: Command {
  static let synopsis = Synopsis<Self>(
    "Back up the database",
    details: [
      "Without FILE, the copy goes to the folder 'favs.db.backups' next to the database. If FILE "
        + "is a folder, the copy in it is named after the time. If FILE is an older backup of the "
        + "same database, it is replaced. The copy is checked and synced to disk before it gets "
        + "its name, which is then printed.",
      "favs also makes backups before imports, repairs, restores and upgrades, and keeps the last "
        + "\(Store.automaticBackups). Emptying the trash removes them, since they contain what was "
        + "deleted.",
    ],
    operands: .optional("FILE", .file),
    options: [
      .read(
        "keep", nil, "N", "keep the N newest backups in the folder", \.kept, .none,
        by: Value.positive)
    ],
    examples: [
      Example("favs backup --keep 7", "for cron: keep the last seven"),
      Example("favs backup /mnt/usb/favs.db", "back up to another disk"),
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["export", "doctor"])

  var operands: [String] = []
  var global = GlobalOptions()
  var kept: Int64?

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let path = context.file.path
    for word in operands {
      do throws(ValueError) {
        _ = try Value.newFile(word)
      } catch {
        throw Failure(.usage, error.message, hint: error.hint)
      }
    }
    try context.file.requireFile(for: "back up")
    let mustBeOurs = !context.file.isNamed
    guard let target = operands.first, try Self.status(target)?.kind != .directory else {
      let folder = operands.first
      let made = try context.opened { () throws(StoreError) in
        let made = try Store.backUp(
          path, .asked, in: folder, mustBeOurs: mustBeOurs, meter: context.file.meter)
        if let kept { try Store.keepBackups(Int(clamping: kept), of: path, with: made, in: folder) }
        return made
      }
      context.deed = .file(made.path)
      try BackupPrinter.tell(made.path, made, global, &context)
      return .done
    }
    guard kept == nil else {
      throw Failure(.usage, "--keep works with a folder of backups, and FILE is not a folder")
    }
    try context.opened(
      Store.backUp(path, to: target, mustBeOurs: mustBeOurs, meter: context.file.meter))
    context.deed = .file(target)
    try BackupPrinter.tell(target, nil, global, &context)
    return .done
  }

  private static func status(_ path: String) throws(Failure) -> FileStatus? {
    return try Failure.of(FileStatus.of(path, followingLinks: true))
  }
}
