internal import Favourites
internal import Host

/// Lists the backups of the file.
struct BackupList: Command {
  static let synopsis = Synopsis<Self>(
    "List backups",
    details: ["Newest first: its name, when and why it was made, and its size in bytes."],
    exits: [.done, .usage, .inputOutput],
    seeAlso: ["export"])

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let path = context.file.path
    let backups: [Backup]
    do throws(StoreError) {
      backups = try Store.backups(of: path)
    } catch .host(let error) where error.isNotFound {
      // Where there is no folder yet, there is no backup.
      backups = []
    } catch {
      throw Failure(error, path: path)
    }
    // Those of a file that is lost are what it is asked for.
    if backups.isEmpty, context.file.isNamed { try context.file.requireFile(for: "list") }
    try BackupPrinter.list(backups, global, &context)
    return .done
  }
}
