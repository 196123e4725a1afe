internal import Favourites
internal import Host

/// The interactive picker: reads keys, queries the store, draws, and performs requests until the
/// user has chosen.
struct Picker: ~Copyable {
  private var terminal: RawTerminal
  private var state: PickState
  private var source: PickSource
  private var decoder = KeyDecoder()
  /// Keys that were read but not handled yet.
  private var keys: [Key] = []
  private let options: PickOptions
  private let palette: PickPalette
  private let action: String
  private var size = (rows: 24, columns: 80)
  /// Whether it is drawn below an unfinished line that has to stay on the screen.
  private var isBelowLine = false
  /// The frame on the screen; nil if unknown.
  private var frame: PickFrame?
  /// The changes made in this picker, which can be undone without asking.
  private var ownChanges: Set<Int64> = []
  /// A change made elsewhere, which a second Ctrl-Z undoes.
  private var askedUndo: Int64?
  /// What failed and has a hint: where typed text was saved, for example.
  private var hinted: [Failure] = []

  /// How the picker ended.
  enum Outcome: Equatable {
    case chosen([Int64])
    /// There was nothing to choose.
    case nothing
    /// The user left without a choice.
    case left
  }

  /// Runs the picker.
  /// - Parameters:
  ///   - action: what the choice is for, in one word.
  static func run(
    query: String, filters: Selection, _ options: PickOptions, action: String,
    write: WriteOptions, in context: inout Context
  ) throws(Failure) -> Outcome {
    let (outcome, hinted) = try pick(
      query: query, filters: filters, options, action: action, write: write, in: &context)
    // A message in the picker is gone with the next key, but a hint may be needed later.
    for failure in hinted { Output.tell(failure.text) }
    return outcome
  }

  /// Picks, and gives the terminal back.
  private static func pick(
    query: String, filters: Selection, _ options: PickOptions, action: String,
    write: WriteOptions, in context: inout Context
  ) throws(Failure) -> (Outcome, hinted: [Failure]) {
    let entering = "\u{1B}[?2004h\u{1B}[?7l" + (options.isFull ? "\u{1B}[?1049h\u{1B}[H" : "")
    let terminal: RawTerminal
    do {
      terminal = try RawTerminal.take(entering: entering, leaving: Self.leaving(options, from: 1))
    } catch {
      throw Failure(
        .conflict, "there is no terminal to pick on",
        hint: "favs search and favs list find without one")
    }
    var picker = Picker(
      terminal, query: query, filters: filters, options, action: action,
      palette: Self.palette(context))
    let outcome = try picker.run(write, in: &context)
    return (outcome, picker.hinted)
  }

  private init(
    _ terminal: consuming RawTerminal, query: String, filters: Selection, _ options: PickOptions,
    action: String, palette: PickPalette
  ) {
    self.terminal = terminal
    state = PickState(query: query)
    source = PickSource(filters)
    self.options = options
    self.action = action
    self.palette = palette
  }

  private static func palette(_ context: Context) -> PickPalette {
    let hasColour = context.global.color != .never && Environment.value("NO_COLOR") == nil
    // Nearly every terminal of today shows UTF-8, so assume it if the locale is not set.
    let isSaid = ["LC_ALL", "LC_CTYPE", "LANG"].contains { Environment.value($0) != nil }
    return PickPalette(
      hasColour: hasColour || context.global.color == .always,
      hasWeight: context.global.color != .never, isUnicode: Terminal.isUTF8 || !isSaid)
  }

  /// The sequence that clears the picker from the screen, and puts the cursor back.
  private static func leaving(_ options: PickOptions, from column: Int) -> String {
    let modes = "\u{1B}[0m\u{1B}[?25h\u{1B}[?7h\u{1B}[?2004l"
    if options.isFull { return "\u{1B}[?1049l" + modes }
    return "\r\u{1B}[J" + (column > 1 ? "\u{1B}[A\u{1B}[\(column)G" : "") + modes
  }

  private mutating func run(
    _ write: WriteOptions, in context: inout Context
  ) throws(Failure) -> Outcome {
    // All of it counts as waiting for the user, as with an editor.
    let start = Clock.monotonicNanoseconds()
    defer { context.noteWaiting(nanoseconds: Clock.monotonicNanoseconds() - start) }
    try begin(asking: context)
    while true {
      // If several keys arrived together, draws only the result of the last.
      if keys.isEmpty { try draw() }
      if !keys.isEmpty {
        if let outcome = try take(keys.removeFirst(), write, in: &context) { return outcome }
      } else if !(try askNext(context)) {
        if try !wait() { return .left }
      }
    }
  }

  /// Answers the next question; false if there is none, or if a key has overtaken it.
  private mutating func askNext(_ context: Context) throws(Failure) -> Bool {
    try ask(context, unless: terminal.news)
  }

  private mutating func ask(
    _ context: Context, unless isOvertaken: @escaping () -> Bool
  ) throws(Failure) -> Bool {
    guard let question = state.question,
      let answer = try source.answer(question, in: context, unless: isOvertaken)
    else { return false }
    state.take(answer)
    return true
  }

  /// Waits for keys; false if the terminal is gone.
  private mutating func wait() throws(Failure) -> Bool {
    switch try event(within: decoder.patience) {
    case .typed(let bytes): keys += decoder.keys(from: bytes)
    case .nothing: keys += decoder.keysAfterPause()
    case .gone: return false
    case .resized: try clear()
    case .wentOn:
      // A shell has used the terminal meanwhile, so the line above is no longer there.
      isBelowLine = false
      terminal.leave(with: Self.leaving(options, from: 1))
      try clear()
    }
    return true
  }

  private func event(within milliseconds: Int?) throws(Failure) -> RawTerminal.Event {
    return try Failure.of(terminal.wait(milliseconds: milliseconds))
  }

  private func send(_ text: String) throws(Failure) {
    try Failure.of(terminal.write(text))
  }

  // MARK: The screen

  /// How long to wait for the terminal to report the position of the cursor, in milliseconds.
  private static let patience = 500

  /// Starts at the cursor, on a screen with unknown contents.
  ///
  /// - Parameter context: used to answer the first question while the terminal reports the cursor's
  ///   position.
  private mutating func begin(asking context: Context? = nil) throws(Failure) {
    frame = nil
    measure()
    if !options.isFull { try findPlace(asking: context) }
    measure()
  }

  /// Clears what was drawn, which may have moved, to redraw everything.
  private mutating func clear() throws(Failure) {
    try send(options.isFull ? "\u{1B}[H\u{1B}[2J" : "\r\u{1B}[J")
    frame = nil
    measure()
  }

  /// Starts on an empty line: on the next one if there is text before the cursor. Assumes that
  /// there is none if the terminal does not report the position.
  private mutating func findPlace(asking context: Context?) throws(Failure) {
    isBelowLine = false
    terminal.leave(with: Self.leaving(options, from: 1))
    try askPosition()
    if let context { _ = try ask(context, unless: { false }) }
    let place = try reportedColumn()
    terminal.endAsking()
    guard let column = place, column > 1 else { return }
    try send("\r\n")
    isBelowLine = true
    terminal.leave(with: Self.leaving(options, from: column))
  }

  private func askPosition() throws(Failure) { try Failure.of(terminal.askPosition()) }

  /// The column of the cursor, once the terminal has reported it; nil if it does not in time.
  private mutating func reportedColumn() throws(Failure) -> Int? {
    let end = Clock.monotonicNanoseconds() + UInt64(Self.patience) * 1_000_000
    while true {
      let now = Clock.monotonicNanoseconds()
      guard now < end else { return nil }
      switch try event(within: Int((end - now) / 1_000_000) + 1) {
      case .typed(let bytes):
        var place: Int?
        for key in decoder.keys(from: bytes) {
          if case .position(_, let column) = key { place = column } else { keys.append(key) }
        }
        if let place { return place }
      case .nothing, .resized: continue
      case .gone, .wentOn: return nil
      }
    }
  }

  /// Measures the screen.
  private mutating func measure() {
    let lines = Environment.value("LINES").flatMap { Int($0) } ?? 24
    let screen = terminal.size ?? (lines, Terminal.width())
    let rows = isBelowLine ? max(1, screen.rows - 1) : screen.rows
    size = (options.height(of: rows), screen.columns)
    let layout = PickLayout(rows: size.rows, columns: size.columns)
    state.listHeight = max(1, layout.listHeight)
    state.hasPreview = layout.preview != .none
    state.helpPages = PickScreen.helpPages(layout)
  }

  /// Draws the differences from the last frame.
  private mutating func draw() throws(Failure) {
    let screen = PickScreen(
      state: state, layout: PickLayout(rows: size.rows, columns: size.columns), palette: palette,
      now: Timestamp(milliseconds: Clock.now()), action: action)
    let next = screen.frame
    var text = ""
    if frame == nil, !options.isFull, next.lines.count > 1 {
      // Moves down to make room: at the bottom of the screen that scrolls.
      let room = next.lines.count - 1
      text += String(repeating: "\n", count: room) + "\u{1B}[\(room)A\r"
    }
    text += next.drawn(over: frame)
    frame = next
    if !text.isEmpty { try send(text) }
  }

  // MARK: What keys ask for

  private mutating func take(
    _ key: Key, _ write: WriteOptions, in context: inout Context
  ) throws(Failure) -> Outcome? {
    if PickState.needsRows(key) { try settle(context) }
    let request = state.take(key)
    if request != .undo { askedUndo = nil }
    switch request {
    case nil: return nil
    case .leave: return .left
    case .choose(let ids): return ids.isEmpty ? .nothing : .chosen(ids)
    case .redraw: try clear()
    case .some(let request):
      do {
        let text = try perform(request, write, in: &context)
        state.message = text.map { PickMessage(text: $0) }
      } catch {
        state.message = PickMessage(text: error.message, hint: error.hint, isError: true)
        if error.hint != nil, !hinted.contains(error) { hinted.append(error) }
      }
    }
    return nil
  }

  /// Finishes the pending search, however long it takes, so that the choice is made from its
  /// result.
  private mutating func settle(_ context: Context) throws(Failure) {
    while state.isSearching, try ask(context, unless: { false }) {}
  }

  /// Runs a program on the terminal for a request, and then starts again where that has left the
  /// cursor.
  private mutating func lending(
    _ body: () throws(Failure) -> String
  ) throws(Failure) -> String {
    let result = Result { () throws(Failure) in try terminal.lending(body) }
    try begin()
    return try result.get()
  }

  /// Performs an action on favourites; returns the message for the user.
  private mutating func perform(
    _ request: PickRequest, _ write: WriteOptions, in context: inout Context
  ) throws(Failure) -> String? {
    defer { context.deedWords = nil }
    let deeds = PickDeeds(write: write, terminal: terminal.descriptor)
    let before = context.deed
    var text: String?
    switch request {
    case .open(let ids):
      text = try lending { () throws(Failure) in try deeds.open(ids, in: &context) }
    case .edit(let id):
      text = try lending { () throws(Failure) in try deeds.edit(id, in: &context) }
    case .remove(let ids): text = try deeds.remove(ids, in: &context)
    case .shift(let id, let offset): text = try deeds.shift(id, by: offset, in: &context)
    case .copy(let ids):
      let (links, note) = try deeds.links(of: ids, in: context)
      guard let code = Clipboard.sequence(for: links.joined(separator: "\n")) else {
        throw Failure(.invalidInput, "the links are too long to be copied")
      }
      try send(code)
      let copied = links.count == 1 ? "copied \(links[0])" : "copied \(links.count) links"
      return copied + (note.map { "; \($0)" } ?? "")
    case .undo:
      guard let number = try deeds.lastChange(in: context) else {
        throw Failure(StoreError.nothingToUndo, path: context.file.path)
      }
      guard ownChanges.contains(number.number) || askedUndo == number.number else {
        askedUndo = number.number
        let age = Age.text(from: number.at, to: context.now)
        return "^Z again undoes @\(number.number), \(age): \(number.command)"
      }
      text = try deeds.undo(number.number, in: &context)
    case .redo: text = try deeds.redo(in: &context)
    case .leave, .choose, .redraw: return nil
    }
    if context.deed != before, case .change(let number, _)? = context.deed {
      ownChanges.insert(number)
    }
    state.unmark()
    state.reload()
    return text
  }
}
