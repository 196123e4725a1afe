internal import Favourites
internal import Host
internal import Network

/// Checks whether links are alive.
struct CheckLinks: Command {
  static let synopsis = Synopsis<Self>(
    "Check whether links are alive",
    details: [
      "Requests the page of each link with the program curl, and records what it sees next to the "
        + "favourites, outside the history. With nothing named, all links are checked, those not "
        + "checked for the longest time first.",
      "The states are: alive; moved: redirected for good (301 or 308) to a page that is alive; "
        + "blocked: the site answers, but not to programs (401, 403, 407, 429, 451, 999 or a "
        + "challenge page); failing: failed once; broken: failed again at least 24 hours later; "
        + "suspect: redirected to a front page, or the site answers the same for an address that "
        + "cannot exist; skipped: not a web page, or at a private address. Links to files are "
        + "looked up on the disk.",
      "Redirects are followed up to 10 times, to http and https only, and never from a public to "
        + "a private address. Requests that may succeed later are repeated twice. If no host "
        + "answers, the network is down: the exit code is 7, and nothing is recorded.",
      "--fix gives each favourite in state moved its new address, as one change that favs undo "
        + "reverts. If another favourite has that address, it is left as it is and the exit code "
        + "is 1; favs dupes lists such pairs.",
      "Afterwards, --link STATE selects favourites in every command, favs search is:broken finds "
        + "them, and --fields link shows the state. A terminal shows only links that need "
        + "attention; -v shows all.",
    ],
    operands: .some("REF…", atLeast: 0, .reference),
    options: [
      .read("limit", nil, "N", "check up to this many links", \.limit, by: Value.amount),
      .text(
        "older-than", nil, "AGE", "only links not checked for this long: 7d, 6m", \.age),
      .flag("strict", nil, "call a link broken when it fails once", \.isStrict),
      .flag("fix", nil, "give favourites whose pages have moved the new address", \.fixes),
      .flag("suggest", nil, "show an archive's address for links that fail", \.suggests),
    ] + NetworkOptions.options.lifted(to: \.network)
      + SelectionOptions.options.lifted(to: \.selection)
      + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example("favs check", "check all links"),
      Example("favs check -q --older-than 7d --limit 500", "check some, from cron"),
      Example("favs check --link moved --fix", "give moved favourites their new addresses"),
      Example("favs list --link broken", "list broken links"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
      .interrupted,
    ],
    seeAlso: ["fetch", "dupes", "list"])

  var operands: [String] = []
  var global = GlobalOptions()
  var limit: Int64?
  var age: String?
  var isStrict = false
  var fixes = false
  var suggests = false
  var network = NetworkOptions()
  var selection = SelectionOptions()
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let (ids, twins) = try links(&context)
    // Held until the end: a signal stops the check, but results are kept.
    let held = HeldSignals()
    let found = try check(ids, twins, held, &context)
    var isIncomplete = found.counts[.broken] != nil
    if fixes, !held.hasCome {
      isIncomplete = try relink(found.moves, &context) || isIncomplete
    }
    // Last, so that everything reported is durable.
    try tell(found, isStopped: held.hasCome, &context)
    try context.output.flush()
    return isIncomplete ? .incomplete : .done
  }

  /// The favourites whose links to check, and for each the others with the same link.
  private func links(
    _ context: inout Context
  ) throws(Failure) -> (ids: [Int64], twins: [Int64: [Int64]]) {
    let before = try SelectionOptions.moment(age, "--older-than", context.now)?.earliest
    let words = try context.expanded(operands)
    var store = try context.reading()
    let named = try context.chosen(words, selection, in: &store)
    return try context.opened { () throws(StoreError) in
      var ids = try store.idsToCheck(named, before: before)
      let twins = try store.twins(among: ids)
      let repeated = Set(twins.values.joined())
      ids.removeAll(where: repeated.contains)
      if let limit { ids.removeLast(max(0, ids.count - Int(limit))) }
      return (ids, twins)
    }
  }

  /// The result of a check.
  private struct Found {
    var counts: [LinkState: Int] = [:]
    var summary = ""
    var moves: [PageMove] = []
  }

  private func check(
    _ ids: [Int64], _ twins: [Int64: [Int64]], _ held: borrowing HeldSignals,
    _ context: inout Context
  ) throws(Failure) -> Found {
    var printer = CheckPrinter(context, suggests: suggests)
    try printer.begin(&context.output)
    var moves: [PageMove] = []
    if !ids.isEmpty { try ask(ids, twins, held, &printer, &moves, &context) }
    try printer.finish(&context.output)
    return Found(counts: printer.counts, summary: printer.summary, moves: moves)
  }

  /// Checks links; saves and prints the results in batches, and collects moved links.
  private func ask(
    _ ids: [Int64], _ twins: [Int64: [Int64]], _ held: borrowing HeldSignals,
    _ printer: inout CheckPrinter, _ moves: inout [PageMove], _ context: inout Context
  ) throws(Failure) {
    var progress = WebProgress(total: ids.count, isQuiet: context.output.isQuiet)
    defer { progress.end() }
    var work = CheckWork(try WebSession(network), Verdict(isStrict: isStrict, now: context.now))
    try work.run(
      ids, &context, isStopped: { held.hasCome },
      noted: { progress.show($0, printer.summary) }
    ) { (results, context) throws(Failure) in
      progress.end()
      if !write.isRehearsal { try context.keep(results.map { ($0.link.url, $0.sight) }) }
      for (link, sight) in results {
        let links = try [link] + context.links(twins[link.id] ?? [])
        for each in links { try printer.add(each, sight, &context.output) }
        guard sight.state == .moved else { continue }
        moves += links.map { PageMove(id: $0.id, url: link.url, sight: sight) }
      }
      if context.output.isTerminal { try context.output.flush() }
    }
  }

  private func tell(
    _ found: Found, isStopped: Bool, _ context: inout Context
  ) throws(Failure) {
    let count = found.counts.values.reduce(0, +)
    guard count > 0 || isStopped else { return try context.output.note("no links to check") }
    let links = counted(count, "link", "links")
    let begin = isStopped ? "interrupted after \(links)" : links
    try context.output.note(found.summary.isEmpty ? begin : "\(begin): \(found.summary)")
    if !found.moves.isEmpty, !fixes {
      try context.output.note("favs check --link moved --fix gives them their new addresses")
    }
  }

  /// Replaces the URLs of moved links; returns whether any could not be replaced.
  private func relink(
    _ moves: [PageMove], _ context: inout Context
  ) throws(Failure) -> Bool {
    guard !moves.isEmpty else { return false }
    let results = try context.change(write, isLarge: true) { (store) throws(StoreError) in
      try store.relink(moves)
    } show: { (_, context, results) throws(Failure) in
      for case .kept(let id, let other) in results {
        try context.tell(
          Told(
            done: "\(id) was left as it is: favourite \(other) has its new address",
            would: "\(id) would be left as it is: favourite \(other) has its new address"))
      }
      let done = counted(
        favourites: results.count { if case .relinked = $0 { true } else { false } })
      try context.tell(
        Told(
          done: "\(done) given a new address", would: "\(done) would be given a new address",
          wayBack: "favs undo reverts it"))
    }
    return results.contains { if case .kept = $0 { true } else { false } }
  }
}
