internal import Favourites
internal import Sync

/// Starts to sync with a remote.
struct SyncInit: Command {
  static let makesFile = true

  static let synopsis = Synopsis<Self>(
    "Start syncing with a git repository or a shared folder",
    details: [
      "REMOTE is the address of a git repository, or dir:FOLDER for a folder that another program "
        + "copies between machines (Syncthing, Dropbox), or that is on a USB stick or a network "
        + "drive. The first device to use REMOTE uploads its favourites; every other device joins.",
      "When joining, favourites with the same link in the same category are merged into one, as "
        + "are categories with the same name. Values of the remote win over those that were never "
        + "changed here; values that lose are kept for favs sync conflicts. --match none merges "
        + "nothing but copies of the same favourite. If there are favourites on both sides, the "
        + "plan is shown first, and without a terminal --yes is required.",
      "--encrypt has the program age encrypt all that is sent. With own, it is encrypted for the "
        + "key in $XDG_CONFIG_HOME/favs/sync.key, which is created if it does not exist; copy that "
        + "file to your other devices before they join. With a file, it is encrypted for the "
        + "public keys in it, one on each line; every device needs a key of these in sync.key. A "
        + "remote that is encrypted stays so: a device that joins needs the key, and no option.",
    ],
    operands: .one("REMOTE", .file),
    options: [
      .read(
        "match", nil, "HOW", "merge favourites with the same link: link or none", \.match,
        .choices(Match.allCases.map(\.rawValue)), by: Value.choice(Match.self)),
      .text(
        "encrypt", nil, "KEYS", "encrypt with age: own, or a file of public keys", \.keys, .file),
    ] + WriteOptions.askingOptions.lifted(to: \.write),
    examples: [
      Example("favs sync init git@example.org:me/favs.git", "sync through a git repository"),
      Example("favs sync init dir:$HOME/Sync/favs", "sync through a shared folder"),
      Example("favs sync init --encrypt own dir:$HOME/Dropbox/favs", "encrypt what is sent"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
    ],
    seeAlso: ["undo"])

  /// Which favourites the first sync treats as the same.
  enum Match: String, CaseIterable, Sendable {
    case link, none
  }

  var operands: [String] = []
  var global = GlobalOptions()
  var match: Match?
  var keys: String?
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    var work = SyncWork()
    work.joining = try SyncPlace(operands[0])
    work.encryption = keys.map(SyncWork.Encryption.init)
    work.write = write
    work.request.isYes = write.isYes
    work.request.matches = match != Match.none
    let report = try work.run(in: &context)
    return try SyncPrinter.tell(report, isRehearsal: write.isRehearsal, &context)
  }
}
