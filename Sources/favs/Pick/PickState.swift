internal import Favourites

/// What a picker knows and shows. Keys and answers go in, questions and requests come out; it does nothing itself.
struct PickState: Equatable {
  /// What was typed.
  var line = InputLine()
  /// The category that was narrowed to.
  var scope: String?
  /// The hits that were loaded, the best first.
  private(set) var rows: [Glance] = []
  /// Where they go on.
  private(set) var next: Cursor?
  /// Which of them is chosen.
  private(set) var index = 0
  /// The first of them that is shown.
  private(set) var top = 0
  /// Those that were marked, in their order.
  private(set) var marked: [Int64] = []
  /// How many hits there are; nil while it is not known.
  private(set) var count: Int64?
  /// True where there may be more.
  private(set) var isCountBound = false
  /// How many favourites there are.
  private(set) var total: Int64 = 0
  /// What is said of the words that were looked for.
  private(set) var note: String?
  /// What is said of the last request.
  var message: PickMessage?
  /// Whether the keys are shown.
  private(set) var isHelpShown = false
  /// All about the chosen one, once it is known.
  private(set) var description: PickDescription?
  /// How many rows of the list are seen.
  var listHeight = 10 { didSet { scroll() } }
  /// Whether there is room for the preview.
  var hasPreview = true

  /// What is to be found, until it is.
  private var search: PickSearch?
  /// The favourite that stays chosen when the list is read again.
  private var kept: Int64?

  /// How many rows beyond those that are seen are asked for.
  private static let margin = 8
  /// How many rows are loaded at most: what is farther down is found by typing.
  static let mostRows = 2_000
  /// Beyond how many hits they are not counted.
  static let countBound: Int64 = 10_000

  init(query: String = "") {
    line = InputLine(query)
    find()
  }

  /// What is to be asked next; nil where all is known that is shown.
  var question: PickQuestion? {
    if let search { return .find(search) }
    if let chosen, hasPreview, description?.favourite.id != chosen.id {
      return .describe(chosen.id)
    }
    if let next, index + listHeight + Self.margin > rows.count, rows.count < Self.mostRows {
      return .more(after: next)
    }
    return count == nil ? .count : nil
  }

  /// True while what is shown is not what was typed.
  var isSearching: Bool { search != nil }

  /// The chosen favourite.
  var chosen: Glance? { rows.indices.contains(index) ? rows[index] : nil }

  /// The favourites that a request is about: those that are marked, else the chosen one.
  var meant: [Int64] { marked.isEmpty ? chosen.map { [$0.id] } ?? [] : marked }

  /// Takes in what the store said.
  mutating func take(_ answer: PickAnswer) {
    switch answer {
    case .found(let found): take(found)
    case .more(let more, let next):
      rows += more
      self.next = more.isEmpty ? nil : next
      if next == nil { count = Int64(rows.count) }
    case .count(let count, let isBound):
      self.count = max(count, Int64(rows.count))
      isCountBound = isBound
    case .described(let description):
      self.description = description
      // Somebody else has removed it meanwhile.
      if description == nil { reload() }
    }
  }

  private mutating func take(_ found: PickFound) {
    let isFruitless = found.rows.isEmpty && !(search?.text.isEmpty ?? true)
    if isFruitless, let asked = search, !asked.isTolerant {
      search = PickSearch(
        text: asked.text, scope: asked.scope, isTolerant: true, limit: asked.limit,
        describes: asked.describes)
    } else {
      search = nil
    }
    rows = found.rows
    next = found.next
    note = found.note
    if let about = found.description { description = about }
    total = found.total
    count = found.next == nil ? Int64(found.rows.count) : nil
    isCountBound = false
    index = rows.firstIndex { $0.id == kept } ?? min(index, max(0, rows.count - 1))
    kept = nil
    scroll()
  }

  /// Has the list read again from its beginning, since something else was typed.
  mutating func find() {
    index = 0
    top = 0
    kept = nil
    ask()
  }

  /// Has the list read again since something was changed; the same stays chosen.
  mutating func reload() {
    kept = chosen?.id
    description = nil
    ask()
  }

  /// Forgets marks on favourites that are gone, or were acted upon.
  mutating func unmark() { marked = [] }

  private mutating func ask() {
    let wanted = max(index, 0) + listHeight + Self.margin
    search = PickSearch(
      text: line.text, scope: scope, isTolerant: false, limit: Int64(min(wanted, Self.mostRows)),
      describes: hasPreview && kept == nil)
  }

  /// Chooses the one so many rows further down, as far as there are any.
  mutating func choose(by offset: Int) {
    index = max(0, min(index + offset, rows.count - 1))
    scroll()
  }

  /// Marks the chosen one, or takes its mark away.
  mutating func toggleMark() {
    guard let id = chosen?.id else { return }
    if let place = marked.firstIndex(of: id) {
      marked.remove(at: place)
    } else {
      marked.append(id)
    }
  }

  /// Narrows to the category of the chosen one, or back to all.
  mutating func toggleScope() {
    if scope != nil {
      scope = nil
    } else if let chosen {
      scope = chosen.category
    } else {
      return
    }
    find()
  }

  mutating func toggleHelp() { isHelpShown.toggle() }

  mutating func hideHelp() { isHelpShown = false }

  private mutating func scroll() {
    top = min(top, index)
    top = max(0, max(top, index - listHeight + 1))
  }
}

/// What is said of a request.
struct PickMessage: Equatable {
  let text: String
  var isError = false
}
