internal import Favourites
internal import Sync

/// Syncs with the remote.
struct SyncNow: Command {
  static let synopsis = Synopsis<Self>(
    "Sync with the remote",
    details: [
      "Fetches what other devices changed, merges it, and sends what was changed here. What comes "
        + "in is one change, which favs undo reverts; undoing it is sent like any other change.",
      "Every field is merged on its own, and the later change of a field wins. If two devices "
        + "changed the same field before they synced, the value that lost is kept for favs sync "
        + "conflicts, and the exit code is 1.",
      "A sync that would trash or change 20 favourites and a fifth of all, or add 20 and more "
        + "than half as many, needs --yes. --again repairs a remote that went back to an older "
        + "state.",
    ],
    options: [
      .flag("again", nil, "send everything that the remote has lost", \.isAgain)
    ] + WriteOptions.askingOptions.lifted(to: \.write),
    examples: [
      Example("favs sync", "sync now"),
      Example("favs sync -n", "show what a sync would do"),
      Example("favs sync --quiet --no-input", "for cron"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
    ],
    seeAlso: ["undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var isAgain = false
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    var work = SyncWork()
    work.write = write
    work.request.isYes = write.isYes
    work.request.isAgain = isAgain
    let report = try work.run(in: &context)
    return try SyncPrinter.tell(report, isRehearsal: write.isRehearsal, &context)
  }
}
