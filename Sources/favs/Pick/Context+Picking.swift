internal import Favourites
internal import Host

extension Context {
  /// Runs the picker on the terminal.
  /// - Parameters:
  ///   - query: the initial text of the query.
  ///   - command: the command line that called the picker, with its filters.
  ///   - action: what the choice is for, in one word.
  mutating func pick(
    query: String, _ command: Pick, action: String
  ) throws(Failure) -> Picker.Outcome {
    guard Environment.value("TERM") != "dumb" else {
      throw Failure(
        .conflict, "the terminal cannot be drawn on: $TERM is 'dumb'",
        hint: "favs search and favs list find without drawing")
    }
    guard !command.write.asksNothing else {
      throw Failure(.conflict, "--no-input leaves nobody to pick", hint: "name the favourites")
    }
    let filters = try command.selection.selection(at: now)
    switch try settings.value(of: .picker) {
    case .favs:
      return try Picker.run(
        query: query, filters: filters, command.pick, action: action, write: command.write,
        in: &self)
    case .fzf:
      return try FzfPicker(query: query, command.pick, action: action, self).run(in: &self)
    }
  }

  /// The references given on the command line. If there are none, and nothing else selects
  /// favourites, runs the picker where that is possible.
  /// - Parameter action: what the favourites are picked for, in one word.
  mutating func namedOrPicked(
    _ words: [String], isSelecting: Bool, _ options: WriteOptions, action: String
  ) throws(Failure) -> [String] {
    guard words.isEmpty, !isSelecting, !options.asksNothing, canPick else { return words }
    var command = Pick()
    command.write = options
    switch try pick(query: "", command, action: action) {
    case .chosen(let ids):
      let words = ids.map(String.init)
      self.words.words += words
      return words
    case .nothing: throw Failure(.incomplete, "nothing was chosen")
    case .left: throw Failure(.interrupted, "nothing was chosen")
    }
  }

  /// Whether a picker can run: both streams are on a terminal that can be drawn on.
  private var canPick: Bool {
    Terminal.isTerminal(0) && Terminal.isTerminal(1) && Terminal.isThere
      && Environment.value("TERM") != "dumb" && !global.isJSON
  }
}
