internal import Favourites
internal import Sync

/// Begins to sync.
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
    ],
    operands: .one("REMOTE", .file),
    options: [
      .read(
        "match", nil, "HOW", "merge favourites with the same link: link or none", \.match,
        .choices(Match.allCases.map(\.rawValue)), by: Value.choice(Match.self))
    ] + WriteOptions.askingOptions.lifted(to: \.write),
    examples: [
      Example("favs sync init git@example.org:me/favs.git", "sync through a git repository"),
      Example("favs sync init dir:$HOME/Sync/favs", "sync through a shared folder"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
    ],
    seeAlso: ["undo"])

  /// What is taken for the same at the first sync.
  enum Match: String, CaseIterable, Sendable {
    case link, none
  }

  var operands: [String] = []
  var global = GlobalOptions()
  var match: Match?
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    var work = SyncWork()
    work.joining = try SyncPlace(operands[0])
    work.write = write
    work.request.isYes = write.isYes
    work.request.matches = match != Match.none
    let report = try work.run(in: &context)
    return try SyncPrinter.tell(report, isRehearsal: write.isRehearsal, &context)
  }
}
