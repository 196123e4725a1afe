import TestSupport
import Testing

@testable import Favourites

@Suite struct ArchiveTests {
  /// All lines that an open store writes.
  private func lines(_ store: borrowing Store) throws -> [[UInt8]] {
    var rows = store.archive()
    var lines: [[UInt8]] = []
    while let line = try rows.next(in: store) { lines.append(line) }
    return lines
  }

  private func rows(_ lines: [[UInt8]]) throws -> [ArchiveRow] {
    try lines.enumerated().compactMap { index, line in
      guard case .row(let row) = try ArchiveLine(line, number: index + 1) else { return nil }
      return row
    }
  }

  /// A store in memory after some random commands.
  private func random(_ seed: UInt64, steps: Int = 40) throws -> Store {
    var store = try Store.inMemory(named: "memory")
    try store.changingAtRandom(steps, seed: seed)
    return store
  }

  private func load(_ rows: [ArchiveRow]) throws -> Store {
    var store = try Store.inMemory(named: "memory")
    try store.loading(isRehearsal: false) { (store) throws(StoreError) in
      for row in rows { try store.load(row) }
    }
    return store
  }

  @Test(arguments: UInt64(1)...40)
  func `an archive gives the same file, and that the same archive`(seed: UInt64) throws {
    var original = try random(seed)
    if seed.isMultiple(of: 2) { _ = try? original.undoing() }
    let written = try lines(original)
    var loaded = try load(try rows(written))
    #expect(try lines(loaded) == written)
    #expect(try Dump(of: loaded.connection) == Dump(of: original.connection))
    #expect(try brokenLaws(in: loaded.connection).isEmpty)
    // What happened before can still be taken back, and new ids are new.
    #expect(try original.undoing().summary == loaded.undoing().summary)
    #expect(try Dump(of: loaded.connection) == Dump(of: original.connection))
    let (first, second) = (try original.adding(draft("new")), try loaded.adding(draft("new")))
    #expect(first == second)
  }

  /// Rows may be in any order in a file that is not ours.
  @Test func `merged into nothing, what its trash has is not there twice`() throws {
    var original = try Store.inMemory(named: "memory")
    try original.adding(draft("kept"))
    try original.adding(draft("removed"))
    let before = try rows(try lines(original)).filter { $0.table.name == "favourite" }
    try original.changing { store throws(StoreError) in _ = try store.remove([2]) }
    let after = try rows(try lines(original))
    var store = try Store.inMemory(named: "memory")
    _ = try store.change(ChangeRequest(command: "import")) { (store) throws(StoreError) in
      var merge = ArchiveMerge(duplicates: .skip)
      for row in after + before { _ = try merge.take(row, in: &store) }
      try store.settle(merge.order)
    }
    #expect(try store.ids(Selection()) == [1])
    #expect(try brokenLaws(in: store.connection).isEmpty)
  }

  @Test(arguments: UInt64(1)...20)
  func `merged into another file, it brings what is new, once`(seed: UInt64) throws {
    let archive = try rows(try lines(try random(seed)))
    var store = try random(seed + 1_000, steps: 15)
    let before = try Dump(of: store.connection)
    func merge() throws -> Int64? {
      try store.change(ChangeRequest(command: "import")) { (store) throws(StoreError) in
        var merge = ArchiveMerge(duplicates: .skip)
        for row in archive { _ = try merge.take(row, in: &store) }
        try store.settle(merge.order)
      }.change
    }
    #expect(try merge() != nil)
    let after = try Dump(of: store.connection)
    #expect(try brokenLaws(in: store.connection).isEmpty)
    #expect(try merge() == nil)
    #expect(try Dump(of: store.connection) == after)
    try store.undoing()
    #expect(try Dump(of: store.connection) == before)
    try store.redoing()
    #expect(try Dump(of: store.connection) == after)
  }

  @Test func `what was in the trash goes back to its rank in another file too`() throws {
    var original = try Store.inMemory(named: "memory")
    for title in ["one", "two", "three"] { try original.adding(draft(title)) }
    try original.changing("rm") { store throws(StoreError) in _ = try store.remove([2]) }
    let archive = try rows(try lines(original))
    var store = try Store.inMemory(named: "memory")
    try store.adding(draft("zero", in: "other"))
    try store.changing("import") { store throws(StoreError) in
      var merge = ArchiveMerge(duplicates: .skip)
      for row in archive { _ = try merge.take(row, in: &store) }
    }
    let trashed = try store.trashedIDs(TrashQuery())
    let results = try store.changing("restore") { store throws(StoreError) in
      try store.restore(trashed)
    }
    #expect(results == [.restored(id: trashed[0], title: "two", category: "inbox", rank: 2)])
  }

  @Test func `what is older than the fields of its category comes as it was, and is made so again`()
    throws
  {
    let films = try CategoryPath.parse("films")
    let choices = try MetadataField.parse("seen:enum(yes,no)")
    var original = try Store.inMemory(named: "memory")
    try original.changing { store throws(StoreError) in
      for title in ["kept", "trashed"] {
        var draft = Draft()
        draft.title = title
        draft.category = films
        draft.values["seen"] = .text("in spring")
        _ = try store.add(draft, duplicates: .refuse)
      }
      _ = try store.remove([2])
      try store.editCategory(films, note: nil, fields: [choices], removed: [])
    }
    let archive = try rows(try lines(original))
    var store = try Store.inMemory(named: "memory")
    func merge(_ duplicates: Duplicates) throws {
      try store.changing("import") { store throws(StoreError) in
        var merge = ArchiveMerge(duplicates: duplicates)
        for row in archive { _ = try merge.take(row, in: &store) }
      }
    }
    func seen() throws -> [String] {
      let rows = try store.connection.prepare(
        "SELECT metadata FROM favourite UNION ALL SELECT metadata FROM trash")
      var texts: [String] = []
      while try rows.step() { texts.append(rows.text(0)) }
      return texts
    }
    try merge(.skip)
    let before = try seen()
    #expect(before.count == 2 && before.allSatisfy { $0.contains("in spring") })
    // What was made to fit since is made again what it was.
    try store.changing("edit") { store throws(StoreError) in
      var patch = Patch()
      patch.values["seen"] = .choice("yes")
      try store.edit([1], patch)
    }
    #expect(try seen() != before)
    try merge(.update)
    #expect(try seen() == before)
  }

  @Test func `only a file in which nothing was kept is loaded`() throws {
    var store = try Store.inMemory(named: "memory")
    try store.adding(draft("one"))
    let before = try Dump(of: store.connection)
    #expect(throws: StoreError.notUntouched(path: "memory")) {
      try store.loading(isRehearsal: false) { (_) throws(StoreError) in }
    }
    #expect(try Dump(of: store.connection) == before)
  }

  @Test func `a rehearsal keeps nothing`() throws {
    let archive = try rows(try lines(try random(4)))
    var store = try Store.inMemory(named: "memory")
    let before = try lines(store)
    try store.loading(isRehearsal: true) { (store) throws(StoreError) in
      for row in archive { try store.load(row) }
    }
    #expect(try lines(store) == before)
  }

  @Test(arguments: [
    #"{"favourite":{"id":1,"title":" padded"}}"#, #"{"favourite":{"id":1,"tags":["a,b"]}}"#,
    #"{"favourite":{"id":1,"tags":[]}}"#, #"{"favourite":{"id":1,"metadata":{"a b":1}}}"#,
    #"{"favourite":{"id":"1"}}"#, #"{"favourite":{"uid":"x"}}"#, #"{"favourite":{"size":1}}"#,
    #"{"category":{"id":1,"name":"a//b"}}"#, #"{"sqlite_master":{"name":"x"}}"#,
    #"{"favourite":1}"#,
    #"{"favourite":{"id":1}} x"#, #"{"favourite":{"id":1},"trash":{}}"#, #"{}"#, #"[]"#,
    #"{"favs_export":2}"#, #"{"end":1,"x":2}"#,
  ])
  func `a row that favs never writes is refused`(line: String) {
    #expect(throws: JSONError.self) { try ArchiveLine(Array(line.utf8), number: 2) }
  }

  @Test(arguments: [
    #"{"favourite":{"id":9,"uid":"01a2081d-5e04-7295-b8ed-f9358d21fb26","category":77,"title":"x"}}"#,
    #"{"change_item":{"kind":1,"item":1,"change":77}}"#, #"{"trash":{"id":1}}"#,
    #"{"category":{"id":77}}"#,
  ])
  func `rows that do not go together are refused, and nothing is kept`(line: String) throws {
    let row = try #require(try rows([Array(line.utf8)]).first)
    var store = try Store.inMemory(named: "memory")
    #expect(throws: StoreError.self) {
      try store.loading(isRehearsal: false) { (store) throws(StoreError) in try store.load(row) }
    }
    #expect(try store.isUntouched())
  }
}
