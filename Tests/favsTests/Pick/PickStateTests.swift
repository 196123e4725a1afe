import Host
import Testing

@testable import Favourites
@testable import favs

/// What keys and answers make of a picker, without a terminal and without a store.
struct PickStateTests {
  private func glance(_ id: Int64, _ title: String = "Dune", in category: String = "books")
    -> Glance
  {
    Glance(id: id, title: title, url: nil, category: category, hits: [])
  }

  /// A picker with so many rows, of which all were found.
  private func state(_ count: Int64, query: String = "") -> PickState {
    var state = PickState(query: query)
    state.listHeight = 3
    state.hasPreview = false
    state.take(.found(PickFound(rows: (0..<count).map { glance($0 + 1) }, total: 100)))
    return state
  }

  private func type(_ text: String, into state: inout PickState) {
    for scalar in text.unicodeScalars { _ = state.take(.character(scalar)) }
  }

  @Test func `what is typed is asked for, and only the last of it`() {
    var state = state(5)
    #expect(state.question == nil)
    type("du", into: &state)
    guard case .find(let search) = state.question else {
      Issue.record("\(String(describing: state.question))")
      return
    }
    #expect(search.text == "du" && !search.isTolerant && search.scope == nil)
    // The rows of before stay until there are others.
    #expect(state.rows.count == 5 && state.isSearching)
    state.take(.found(PickFound(rows: [glance(9)], total: 100)))
    #expect(state.rows.map(\.id) == [9] && state.question == nil && state.count == 1)
  }

  @Test func `similar words are looked for only where those typed are not found`() {
    var state = state(5)
    type("x", into: &state)
    state.take(.found(PickFound(total: 100)))
    guard case .find(let search) = state.question else {
      Issue.record("nothing more was asked")
      return
    }
    #expect(search.isTolerant)
    state.take(.found(PickFound(total: 100, note: "no matches for 'x'")))
    #expect(state.question == nil && state.note == "no matches for 'x'" && state.rows.isEmpty)
    // Without words there is nothing to be tolerant of.
    _ = state.take(.named(.backspace))
    state.take(.found(PickFound(total: 0)))
    #expect(state.question == nil)
  }

  @Test func `the list follows the chosen row, and asks for more before its end`() {
    var state = PickState()
    state.listHeight = 3
    state.hasPreview = false
    let cursor = Cursor(ordering: Ordering(.used), id: 20, keys: [.integer(0)])
    state.take(.found(PickFound(rows: (1...20).map { glance($0) }, next: cursor, total: 99)))
    #expect(state.question == .count)
    state.take(.count(40, isBound: false))
    #expect(state.question == nil)
    for _ in 0..<4 { _ = state.take(.named(.down)) }
    #expect(state.index == 4 && state.top == 2)
    for _ in 0..<2 { _ = state.take(.named(.pageDown)) }
    #expect(state.index == 10 && state.question == .more(after: cursor))
    state.take(.more([glance(21)], next: nil))
    #expect(state.rows.count == 21 && state.count == 21 && state.question == nil)
    for _ in 0..<50 { _ = state.take(.named(.down)) }
    #expect(state.index == 20 && state.top == 18)
    for _ in 0..<50 { _ = state.take(.control("p")) }
    #expect(state.index == 0 && state.top == 0)
  }

  @Test func `Enter takes what is marked, in its order, else what is chosen`() {
    var state = state(4)
    #expect(state.take(.named(.enter)) == .choose([1]))
    _ = state.take(.named(.down))
    _ = state.take(.named(.tab))
    _ = state.take(.named(.tab, .shift))
    #expect(state.marked == [2, 3] && state.index == 1)
    _ = state.take(.named(.up))
    _ = state.take(.named(.tab))
    #expect(state.take(.named(.enter)) == .choose([2, 3, 1]))
    _ = state.take(.named(.up))
    _ = state.take(.named(.tab))
    #expect(state.take(.control("o")) == .open([2, 3]))
    #expect(state.take(.control("d")) == .remove([2, 3]))
    // Only one can be edited, and moved.
    #expect(state.take(.control("e")) == .edit(2))
    #expect(state.take(.named(.up, .alt)) == .shift(2, by: -1))
    #expect(state.take(.named(.down, .alt)) == .shift(2, by: 1))
  }

  @Test func `without rows there is nothing to be done`() {
    var state = state(0)
    #expect(state.take(.named(.enter)) == .choose([]))
    for key: Key in [.control("o"), .control("e"), .control("d"), .control("y"), .named(.tab)] {
      #expect(state.take(key) == nil)
    }
    #expect(state.take(.control("z")) == .undo && state.take(.control("r")) == .redo)
  }

  @Test(arguments: [Key.named(.escape), .control("c"), .control("g")])
  func `each way to leave leaves`(key: Key) {
    var state = state(2)
    #expect(state.take(key) == .leave)
  }

  @Test func `after a change the same stays chosen, and marks are gone`() {
    var state = state(4)
    _ = state.take(.named(.tab))
    _ = state.take(.named(.down))
    #expect(state.chosen?.id == 3)
    state.unmark()
    state.reload()
    state.take(.found(PickFound(rows: [glance(7), glance(8), glance(9), glance(3)], total: 9)))
    #expect(state.chosen?.id == 3 && state.index == 3 && state.marked.isEmpty)
    // One that is gone leaves its place to another.
    state.reload()
    state.take(.found(PickFound(rows: [glance(7), glance(8)], total: 9)))
    #expect(state.chosen?.id == 8)
  }

  @Test func `Ctrl-T narrows to the category, and back`() {
    var state = state(2)
    _ = state.take(.control("t"))
    #expect(state.scope == "books")
    guard case .find(let search) = state.question else {
      Issue.record("nothing was asked")
      return
    }
    #expect(search.scope == "books")
    _ = state.take(.control("t"))
    #expect(state.scope == nil)
  }

  @Test func `the help goes with the next key, which does what it does`() {
    var state = state(2)
    _ = state.take(.character("?"))
    #expect(state.isHelpShown && state.line.text.isEmpty)
    #expect(state.take(.named(.escape)) == nil)
    #expect(!state.isHelpShown)
    _ = state.take(.character("?"))
    type("d", into: &state)
    #expect(!state.isHelpShown && state.line.text == "d")
    // What is pasted is text.
    _ = state.take(.paste("a?b"))
    #expect(state.line.text == "da?b")
  }

  @Test func `each ? shows more of the keys, and after the last of them the list`() {
    var state = state(2)
    state.helpPages = 2
    for page in [0, 1, nil, 0] as [Int?] {
      _ = state.take(.character("?"))
      #expect(state.helpPage == page)
    }
    _ = state.take(.alt("?"))
    #expect(state.helpPage == 1)
    // Any other key shows the list.
    _ = state.take(.named(.down))
    #expect(!state.isHelpShown && state.index == 1)
  }

  @Test func `the line is edited as in a shell`() {
    var line = InputLine("left hand")
    line.deleteWord()
    #expect(line.text == "left ")
    line.moveToStart()
    line.insert("the ")
    #expect(line.text == "the left " && line.cursor == 4)
    line.moveWordForwards()
    line.deleteToEnd()
    #expect(line.text == "the left")
    line.moveWordBackwards()
    line.deleteBackwards()
    line.deleteForwards()
    #expect(line.text == "theeft")
    line.deleteToStart()
    #expect(line.text == "eft" && line.cursor == 0)
    line.move(by: 99)
    #expect(line.cursor == 3)
  }

  @Test func `a character is one, however many code points it has`() {
    var line = InputLine("cafe")
    line.insert("\u{301}" as Unicode.Scalar)
    #expect(line.text == "café" && line.cursor == 4)
    line.deleteBackwards()
    #expect(line.text == "caf")
    for scalar in "👩‍👧".unicodeScalars { line.insert(scalar) }
    #expect(line.cursor == 4)
    line.deleteBackwards()
    #expect(line.text == "caf")
  }

  @Test func `a paste is one line, and nothing in it is obeyed`() {
    var line = InputLine()
    line.insert("rm\r\n\u{1B}[2J\tx\u{7}\u{9B}\u{7F}")
    #expect(line.text == "rm [2J x" || line.text == "rm  [2J x")
    line.insert(String(repeating: "a", count: 5_000))
    #expect(line.characters.count == InputLine.longest)
    // Marks without end on one letter are no letter.
    var heap = InputLine("a")
    for _ in 0..<2_000 { heap.insert("\u{301}" as Unicode.Scalar) }
    #expect(heap.characters.allSatisfy { $0.unicodeScalars.count <= 16 })
  }

  @Test func `keys that are about rows wait for them, and typing does not`() {
    for key: Key in [
      .named(.enter), .named(.down), .control("d"), .control("j"), .named(.up, .alt), .named(.tab),
    ] { #expect(PickState.needsRows(key)) }
    for key: Key in [.character("d"), .control("c"), .named(.escape), .paste("x"), .control("u")] {
      #expect(!PickState.needsRows(key))
    }
  }
}
