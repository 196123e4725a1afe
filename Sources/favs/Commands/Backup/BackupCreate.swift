internal import Favourites
internal import Host

/// Makes a backup of the file.
struct BackupCreate: Command {
  static let synopsis = Synopsis<Self>(
    "Copy the file, and check the copy",
    details: [
      "Without FILE the copy goes to the folder 'favs.db.backups' beside the file. A FILE that is a folder gets "
        + "a copy named by the time; one that is an older backup of the same file is replaced. The copy is read through and "
        + "on the disk before it gets its name. Prints where it is.",
      "favs makes backups of its own before imports, restores and upgrades, and keeps the last "
        + "\(Store.automaticBackups). Emptying the trash removes those, since they hold what is to be forgotten.",
    ],
    operands: .optional("FILE", .file),
    options: [
      .read(
        "keep", nil, "N", "remove the oldest backups in the same folder but N", \.kept, .none,
        by: Value.positive)
    ],
    examples: [
      Example("favs backup --keep 7", "a line for cron: the last seven stay"),
      Example("favs backup /mnt/usb/favs.db", "a copy elsewhere"),
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["export", "doctor"])

  var operands: [String] = []
  var global = GlobalOptions()
  var kept: Int64?

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let path = context.path
    try context.requireFile(for: "back up")
    let mustBeOurs = !context.isNamed
    guard let target = operands.first, try Self.status(target)?.kind != .directory else {
      let folder = operands.first
      let made = try context.opened { () throws(StoreError) in
        let made = try Store.backUp(
          path, .asked, in: folder, mustBeOurs: mustBeOurs, meter: context.meter)
        if let kept { try Store.keepBackups(Int(clamping: kept), of: path, with: made, in: folder) }
        return made
      }
      context.noteMade(made.path)
      try BackupPrinter.tell(made.path, made, global, &context)
      return .done
    }
    guard kept == nil else {
      throw Failure(.usage, "--keep counts the backups of a folder, and FILE is none")
    }
    try context.opened { () throws(StoreError) in
      try Store.backUp(path, to: target, mustBeOurs: mustBeOurs, meter: context.meter)
    }
    context.noteMade(target)
    try BackupPrinter.tell(target, nil, global, &context)
    return .done
  }

  private static func status(_ path: String) throws(Failure) -> FileStatus? {
    do throws(HostError) {
      return try FileStatus.of(path, followingLinks: true)
    } catch {
      throw Failure(error)
    }
  }
}
