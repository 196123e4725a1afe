internal import Favourites

/// The state of the picker. Keys and answers go in, questions and requests come out; it has no side
/// effects.
struct PickState: Equatable {
  /// The query.
  var line = InputLine()
  /// The category that the search is limited to.
  var scope: String?
  /// The hits loaded so far, the best first.
  private(set) var rows: [Glance] = []
  /// Where the hits continue.
  private(set) var next: Cursor?
  /// The index of the selected row.
  private(set) var index = 0
  /// The index of the first visible row.
  private(set) var top = 0
  /// The ids of the marked favourites, in the order in which they were marked.
  private(set) var marked: [Int64] = []
  /// The number of hits; nil if not known yet.
  private(set) var count: Int64?
  /// Whether there may be more hits than `count`.
  private(set) var isCountBound = false
  /// The number of all favourites.
  private(set) var total: Int64 = 0
  /// A note on the words of the search.
  private(set) var note: String?
  /// The result of the last request.
  var message: PickMessage?
  /// The page of the key bindings that is shown; nil if none is.
  private(set) var helpPage: Int?
  /// The number of pages that the key bindings take.
  var helpPages = 1
  /// All details of the selected favourite, once known.
  private(set) var description: PickDescription?
  /// The number of visible rows.
  var listHeight = 10 { didSet { scroll() } }
  /// Whether there is room for the preview.
  var hasPreview = true

  /// The pending search.
  private var search: PickSearch?
  /// The favourite that stays selected when the list is reloaded.
  private var kept: Int64?

  /// The number of rows to load beyond the visible ones.
  private static let margin = 8
  /// The most rows to load: whatever is farther down is found by typing.
  static let mostRows = 2_000
  /// The number of hits at which counting stops.
  static let countBound: Int64 = 10_000

  init(query: String = "") {
    line = InputLine(query)
    find()
  }

  /// The next question; nil if everything shown is known.
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

  /// Whether the rows do not match the query yet.
  var isSearching: Bool { search != nil }

  /// The selected favourite.
  var chosen: Glance? { rows.indices.contains(index) ? rows[index] : nil }

  /// The favourites that a request applies to: the marked ones, or else the selected one.
  var meant: [Int64] { marked.isEmpty ? chosen.map { [$0.id] } ?? [] : marked }

  /// Handles an answer of the store.
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
      // Another process has removed it meanwhile.
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

  /// Starts a search from the beginning, since the query has changed.
  mutating func find() {
    index = 0
    top = 0
    kept = nil
    ask()
  }

  /// Reloads the list after a change; the selection stays.
  mutating func reload() {
    kept = chosen?.id
    description = nil
    ask()
  }

  /// Clears the marks, after their favourites were removed or acted upon.
  mutating func unmark() { marked = [] }

  private mutating func ask() {
    let wanted = max(index, 0) + listHeight + Self.margin
    search = PickSearch(
      text: line.text, scope: scope, isTolerant: false, limit: Int64(min(wanted, Self.mostRows)),
      describes: hasPreview && kept == nil)
  }

  /// Moves the selection down by a number of rows, and stops at either end.
  mutating func choose(by offset: Int) {
    index = max(0, min(index + offset, rows.count - 1))
    scroll()
  }

  /// Marks or unmarks the selected favourite.
  mutating func toggleMark() {
    guard let id = chosen?.id else { return }
    if let place = marked.firstIndex(of: id) {
      marked.remove(at: place)
    } else {
      marked.append(id)
    }
  }

  /// Limits the search to the category of the selected favourite, or removes that limit.
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

  /// Whether the key bindings are shown.
  var isHelpShown: Bool { helpPage != nil }

  /// Shows the key bindings, their next page or, after the last, the list again.
  mutating func turnHelp() {
    let next = helpPage.map { $0 + 1 } ?? 0
    helpPage = next < helpPages ? next : nil
  }

  mutating func hideHelp() { helpPage = nil }

  private mutating func scroll() {
    top = min(top, index)
    top = max(0, max(top, index - listHeight + 1))
  }
}

/// The message that answers a request.
struct PickMessage: Equatable {
  let text: String
  /// Advice on what to do, after an error.
  var hint: String?
  var isError = false

  /// All of it, on one line.
  var whole: String { hint.map { "\(text); \($0)" } ?? text }
}
