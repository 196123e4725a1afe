import TestSupport
import Testing

@testable import Favourites

/// What was, from what is now and what the history keeps.
struct PastTests {
  @Test func `the life of a favourite is told change by change`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("Dun", in: "books", tags: ["old"]))
      try store.changing { store throws(StoreError) in
        var patch = Patch()
        patch.title = "Dune"
        _ = try store.edit([1], patch)
      }
      try store.changing { store throws(StoreError) in _ = try store.remove([1]) }
      try store.undoing()
      let life = try store.life(of: 1)
      #expect(life.map(\.change) == [4, 3, 2, 1])
      #expect(life.map { $0.before?.title } == ["Dune", "Dune", "Dun", nil])
      #expect(life.map { $0.after?.title } == ["Dune", "Dune", "Dune", "Dun"])
      #expect(life.map { $0.before?.deletedAt != nil } == [true, false, false, false])
      #expect(life.map { $0.after?.deletedAt != nil } == [false, true, false, false])
      #expect(life[0].after == (try store.favourite(1)))
      #expect(life[0].before == life[1].after)
      #expect(life.allSatisfy { !$0.isForgotten })
    }
  }

  @Test func `a category is called then what it was called then`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("Dune", in: "books"))
      let (books, novels) = (try CategoryPath.parse("books"), try CategoryPath.parse("novels"))
      try store.changing { store throws(StoreError) in
        try store.renameCategory(books, to: novels)
      }
      try store.changing { store throws(StoreError) in _ = try store.remove([1]) }
      #expect(try store.favourite(1, after: 1)?.category == "books")
      #expect(try store.favourite(1, after: 2)?.category == "novels")
      #expect(try store.favourite(1, after: 0) == nil)
      let life = try store.life(ofCategory: 1)
      #expect(life.map(\.change) == [2, 1])
      #expect(life.map { $0.before?.name } == ["books", nil])
      #expect(life.map { $0.after?.name } == ["novels", "books"])
    }
  }

  @Test func `what was emptied is not told any more`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("secret"))
      try store.changing { store throws(StoreError) in _ = try store.remove([1]) }
      try store.changing { store throws(StoreError) in try store.empty([1]) }
      let life = try store.life(of: 1)
      #expect(life.map(\.change) == [3, 2, 1])
      #expect(life.allSatisfy { $0.before == nil && $0.after == nil && $0.isForgotten })
      #expect(try store.favourite(1, after: 1) == nil)
    }
  }

  /// At every point of a random sequence, every favourite is told later as it was seen then.
  @Test(arguments: 1...12)
  func `the past is told as it was seen`(seed: UInt64) throws {
    var store = try Store.inMemory(named: "a random sequence")
    var random = RandomSteps(seed: seed)
    var seen: [[Int64: Favourite]] = [[:]]
    for _ in 0..<50 {
      let step = try random.next()
      let number = try? store.change(ChangeRequest(command: step.text), step.run).change
      guard number != nil else { continue }
      seen.append(try snapshot(&store))
      // Now and then one step back and forth, which the past has to see through as well.
      guard seen.count % 7 == 0 else { continue }
      try store.undoing()
      seen.append(try snapshot(&store))
      try store.redoing()
      seen.append(try snapshot(&store))
    }
    let changes = try store.changes(ChangeQuery(limit: .max)).map(\.number).reversed()
    #expect(Array(changes) == Array(1...Int64(changes.count)))
    for (number, then) in seen.enumerated() {
      for id in 1...Int64(200) {
        var told = try store.favourite(id, after: Int64(number))
        var wanted = then[id]
        // Ranks shift with those before them, which is no part of a favourite's own life.
        told?.rank = 0
        wanted?.rank = 0
        #expect(told == wanted, "favourite \(id) after change \(number), seed \(seed)")
      }
    }
  }

  private func snapshot(_ store: inout Store) throws -> [Int64: Favourite] {
    var all: [Int64: Favourite] = [:]
    for id in 1...Int64(200) { all[id] = try store.favourite(id) }
    return all
  }

  @Test func `a time is found among many changes by a few looks`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      for title in ["a", "b", "c", "d", "e"] { try store.adding(draft(title)) }
      let changes = try store.changes(ChangeQuery(limit: 9))
      for change in changes {
        let found = try store.lastChange(at: change.at)
        // Two in one millisecond are told apart by their numbers only.
        #expect(found >= change.number)
        #expect(changes.first { $0.number == found }?.at == change.at)
      }
      #expect(try store.lastChange(at: .earliest) == 0)
      #expect(try store.lastChange(at: .latest) == 5)
    }
  }

  @Test func `the history of a category is that of all in it`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("Dune", in: "books"))
      try store.adding(draft("Alien", in: "films"))
      try store.adding(draft("Solaris", in: "books/sci-fi"))
      try store.changing { store throws(StoreError) in _ = try store.remove([3]) }
      try store.changing { store throws(StoreError) in
        _ = try store.editCategory(CategoryPath.inFilms, note: "n", fields: [], removed: [])
      }
      var query = ChangeQuery(limit: 9)
      query.filters = [.category(try CategoryPath.parse("Books"))]
      #expect(try store.changes(query).map(\.number) == [4, 3, 1])
      query.filters = [.category(CategoryPath.inFilms)]
      #expect(try store.changes(query).map(\.number) == [5, 2])
      query.filters = [.category(try CategoryPath.parse("none"))]
      #expect(throws: StoreError.noCategory("none")) { try store.changes(query) }
    }
  }

  @Test func `several changes are undone as one and redone one by one`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for title in ["a", "b", "c"] { try store.adding(draft(title)) }
      let full = try Dump(path)
      let undone = try store.changing("undo --last 2") { store throws(StoreError) in
        try store.undo(last: 2)
      }
      #expect(undone.map(\.number) == [3, 2])
      #expect(try titles(path, in: "inbox") == ["a"])
      #expect(try store.changes(ChangeQuery(limit: 9)).map(\.undoes) == [2, 3, nil, nil, nil])
      try store.redoing()
      #expect(try titles(path, in: "inbox") == ["a", "b"])
      try store.redoing()
      #expect(try Dump(path) == full)
      let all = try store.changing { store throws(StoreError) in try store.undo(last: 4) }
      #expect(all.map(\.number) == [3, 2, 1], "what there is")
      #expect(throws: StoreError.nothingToUndo) {
        try store.changing { store throws(StoreError) in _ = try store.undo(last: 4) }
      }
      let again = try store.changing { store throws(StoreError) in try store.redo(last: 4) }
      #expect(again.map(\.number) == [1, 2, 3])
      #expect(try Dump(path) == full)
      try checkStoreLaws(path)
    }
  }

  @Test func `a redo of many stops before what another change has overtaken`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("a"))
      try store.undoing()
      try store.adding(draft("b"))
      try store.undoing()
      let redone = try store.changing { store throws(StoreError) in try store.redo(last: 9) }
      #expect(redone.map(\.number) == [3])
      #expect(throws: StoreError.redoOvertaken(by: 3)) {
        try store.changing { store throws(StoreError) in _ = try store.redo(last: 9) }
      }
    }
  }

  @Test func `an undo that finds nothing to do is an undo all the same`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.changing("category add x") { store throws(StoreError) in
        try store.addCategory(.inX, note: nil, fields: [])
      }
      try store.adding(draft("a", in: "x"))
      try store.changing("undo 1") { store throws(StoreError) in _ = try store.undo(1) }
      #expect(try store.changes(ChangeQuery(limit: 9)).map(\.undoneBy) == [nil, nil, 3])
      #expect(try titles(path, in: "x") == ["a"])
    }
  }

  @Test func `a favourite is compared with what it was`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("one"))
      for title in ["two", "three"] {
        try store.changing("edit") { store throws(StoreError) in
          var patch = Patch()
          patch.title = title
          _ = try store.edit([1], patch)
        }
      }
      let last = try store.comparison(of: 1, since: nil)
      #expect([last.before?.title, last.after?.title] == ["two", "three"])
      let first = try store.comparison(of: 1, since: 1)
      #expect([first.before?.title, first.after?.title] == ["one", "three"])
      #expect(try store.comparison(of: 1, since: 0).before == nil)
    }
  }

  @Test func `what a change made of each thing is told one by one`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("one", in: "a"))
      let (path, target) = (try CategoryPath.parse("a"), try CategoryPath.parse("b"))
      try store.changing { store throws(StoreError) in
        try store.renameCategory(path, to: target)
        try store.remove([1])
      }
      let items = try store.items(of: 2)
      #expect(try store.countItems(of: 2) == 2)
      var looks = PastLooks()
      guard items.count == 2,
        case .category(let category)? = try store.item(items[0], of: 2, &looks),
        case .favourite(let favourite)? = try store.item(items[1], of: 2, &looks)
      else {
        Issue.record("\(items)")
        return
      }
      #expect([category.before?.name, category.after?.name] == ["a", "b"])
      #expect(favourite.before?.deletedAt == nil && favourite.after?.deletedAt != nil)
    }
  }

  /// In any order, and with many more favourites than it is kept of how far a look got.
  @Test(arguments: UInt64(1)...30)
  func `a look that goes on from another sees what one from now on sees`(seed: UInt64) throws {
    var store = try Store.inMemory(named: "memory")
    if seed.isMultiple(of: 10) {
      try store.changing { (store) throws(StoreError) in
        for index in 0..<100 { try store.addTitled("\(index)", at: nil) }
      }
      try store.changing { (store) throws(StoreError) in try store.remove(Array(1...90)) }
    }
    try store.changingAtRandom(60, seed: seed)
    let last = try store.changes(ChangeQuery(limit: 1)).first?.number ?? 0
    var numbers = Array((1...last).reversed())
    if seed.isMultiple(of: 3) {
      var random = SplitMix(seed: seed)
      numbers.shuffle(using: &random)
    }
    var looks = PastLooks()
    for number in numbers {
      for item in try store.items(of: number) {
        var fresh = PastLooks()
        let seen = try store.item(item, of: number, &looks)
        #expect(try seen == store.item(item, of: number, &fresh))
        #expect(seen != nil)
      }
    }
  }

  @Test func `a long life is told without reading it anew for each change`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var writing = try Store.writing(path)
      try writing.adding(draft("one"))
      for number in 0..<400 {
        var patch = Patch()
        patch.note = "\(number)"
        let note = patch
        try writing.changing("edit") { (store) throws(StoreError) in try store.edit([1], note) }
      }
      let meter = StoreMeter()
      var store = try Store.reading(path, meter: meter)
      var looks = PastLooks()
      let before = meter.rowsRead
      for number in (2...401).reversed() as [Int64] {
        guard case .favourite(let passage)? = try store.item(.favourite(1), of: number, &looks)
        else {
          Issue.record("nothing of change \(number)")
          continue
        }
        #expect(passage.after?.note == "\(number - 2)")
      }
      #expect(meter.rowsRead - before < 400 * 10)
    }
  }
}

extension CategoryPath {
  fileprivate static var inFilms: CategoryPath { known("films") }
  fileprivate static var inX: CategoryPath { known("x") }

  private static func known(_ text: String) -> CategoryPath {
    guard let path = try? CategoryPath.parse(text) else { preconditionFailure("a plain name") }
    return path
  }
}
