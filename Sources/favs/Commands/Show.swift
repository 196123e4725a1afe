internal import Favourites
internal import Host

/// Shows all details of favourites.
struct Show: Command {
  static let synopsis = Synopsis<Self>(
    "Show everything about favourites",
    details: [
      "--at shows them as they were: @N means right after change N, a day means its end. The rank "
        + "is then the one that the favourite had before it was next moved, or has now.",
      "Without REF, on a terminal, favs lets you pick.",
    ],
    operands: .some("REF…", atLeast: 0, .reference),
    options: [
      .text("at", nil, "DATE|AGE|@N", "as of this date, age or change", \.time, .point)
    ] + OutputOptions.plainOptions.lifted(to: \.output),
    examples: [
      Example("favs show 12", "show favourite 12"),
      Example("favs show books@1 --json", "show the first book as JSON"),
      Example("favs show 12 --at 30d", "show it as it was 30 days ago"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
      .interrupted,
    ],
    seeAlso: ["list", "history", "diff"])

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()
  var output = OutputOptions()
  var time: String?

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let named = try context.namedOrPicked(
      operands, isSelecting: false, WriteOptions(), action: "show")
    guard !named.isEmpty else { throw Failure(.missingOperand(command: "show", name: "REF…")) }
    let words = try context.expanded(named)
    var store = try context.reading()
    if let time {
      try context.show(try past(words, time, context, in: &store), output)
      return .done
    }
    let ids = try context.opened(store.findAll(words))
    guard !output.isPlain(context) else {
      try context.describe(ids, in: &store)
      return .done
    }
    try context.show(ids, in: &store, output, isAsked: true)
    return .done
  }

  /// Favourites as they were at a point in time.
  private func past(
    _ words: [String], _ time: String, _ context: Context, in store: inout Store
  ) throws(Failure) -> [Favourite] {
    let number = try HistoryPoint.change(time, "--at", in: store, context)
    var favourites: [Favourite] = []
    for id in try context.findEver(words, in: &store) {
      let found = try context.opened(store.favourite(id, after: number))
      guard let found else {
        let isForgotten = try context.opened(store.life(of: id).contains(where: \.isForgotten))
        throw isForgotten
          ? Failure(
            .notFound, "favourite \(id) was deleted for good when the trash was emptied")
          : Failure(
            .notFound, "favourite \(id) did not exist then",
            hint: "favs history \(id) shows when it was added")
      }
      favourites.append(found)
    }
    return favourites
  }
}

extension Context {
  /// Prints all details of favourites as they were.
  fileprivate mutating func show(
    _ favourites: [Favourite], _ options: OutputOptions
  ) throws(Failure) {
    guard !options.isPlain(self) else {
      for (index, favourite) in favourites.enumerated() {
        if index > 0 { try output.write("\n") }
        try output.show(described(favourite))
      }
      return
    }
    var renderer = try FavouriteRenderer(options, self, keys: FavouriteField.kept)
    try renderer.begin(enveloped: false, &output)
    for favourite in favourites { try renderer.add(favourite, &output) }
    try renderer.finish(&output)
  }

  private func described(_ favourite: Favourite) -> String {
    guard output.isTerminal else { return FieldLines(favourite, style: output.style).text }
    return Description(favourite, style: output.style, width: Terminal.width(), now: now).text
  }

  /// Prints all details of favourites, one after the other.
  mutating func describe(_ ids: [Int64], in store: inout Store) throws(Failure) {
    var isFirst = true
    store.tellsSights = true
    for id in ids {
      let found = try opened(store.favourite(id))
      guard let found else { continue }
      if !isFirst { try output.write("\n") }
      isFirst = false
      try output.show(described(found))
    }
  }
}
