internal import Favourites
internal import Host

/// Lists the backups of the database.
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
      // Without a folder there are no backups.
      backups = []
    } catch {
      throw Failure(error, path: path)
    }
    // The backups of a lost database must still be listed.
    if backups.isEmpty, context.file.isNamed { try context.file.requireFile(for: "list") }
    try BackupPrinter.list(backups, global, &context)
    return .done
  }
}
