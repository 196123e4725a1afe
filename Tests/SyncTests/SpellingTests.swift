import Favourites
import Sync
import Testing

/// What two machines write under one name in two spellings, and what differs in spelling alone.
@Suite struct SpellingTests {
  private let remote = MemoryRemote()

  /// Two machines that have the same favourite.
  private func homes() throws -> (Home, Home) {
    let (a, b) = (try Home("a"), try Home("b"))
    try a.add("Dune", url: "https://example.org/e\u{301}")
    try sync(a, b)
    return (a, b)
  }

  private func sync(_ homes: Home...) throws {
    for home in homes { try home.sync(remote) }
  }

  private func edit(_ home: Home, set: [String] = [], unset: [String] = []) throws {
    var patch = Patch()
    patch.assignments = try set.map(MetadataAssignment.parse)
    patch.unset = unset
    let edit = patch
    try home.change { (store) throws(StoreError) in try store.edit([1], edit) }
  }

  private func metadata(_ home: Home) throws -> String {
    let favourite = try home.store.favourite(1)
    return try #require(favourite).metadataJSON
  }

  @Test func `a name in another spelling is the same, so of two values the later stands`() throws {
    let (a, b) = try homes()
    try edit(a, set: ["year=2"])
    // The second of two changes has a later stamp than the first on another machine.
    for year in ["Year=6", "Year=7"] { try edit(b, set: [year]) }
    try sync(a)
    #expect(try b.sync(remote).conflicts == 1)
    try sync(a)
    for home in [a, b] { #expect(try metadata(home) == #"{"Year":7}"#) }
    let conflict = try #require(try b.store.syncConflicts().first)
    #expect(conflict.mine == #"{"type":"number","value":7}"#)
    #expect(conflict.theirs == #"{"type":"number","value":2}"#)
    #expect(try a.store.syncConflicts().isEmpty)
    try edit(a, unset: ["year"])
    try sync(a, b)
    for home in [a, b] { #expect(try metadata(home) == "{}") }
    #expect(try a.sync(remote).puts.isEmpty)
    #expect(try b.sync(remote).puts.isEmpty)
  }

  @Test func `two spellings of a name with one value are no conflict`() throws {
    let (a, b) = try homes()
    try edit(a, set: ["year=2"])
    try edit(b, set: ["Year=2"])
    try sync(a)
    #expect(try b.sync(remote).conflicts == 0)
    try sync(a)
    #expect(try a.canonical() == b.canonical())
  }

  @Test func `a name that is spelled otherwise is sent`() throws {
    let (a, b) = try homes()
    try edit(a, set: ["year=2"])
    try sync(a, b)
    try edit(a, set: ["Year=2"], unset: ["year"])
    try sync(a, b)
    #expect(try metadata(b) == #"{"Year":2}"#)
  }

  @Test func `metadata that disagrees keeps two favourites apart, however its name is spelled`()
    throws
  {
    let (a, b) = (try Home("a"), try Home("b"))
    for (home, year) in [(a, "Year=1965"), (b, "year=1999")] {
      try home.add("Night")
      try edit(home, set: [year])
    }
    try sync(a, b, a)
    #expect(try a.canonical() == b.canonical())
    #expect(try b.store.syncLiving(after: 0).count == 2)
  }

  @Test func `at a first sync a value under another spelling of its name is kept as a conflict`()
    throws
  {
    let (a, b) = (try Home("a"), try Home("b"))
    for (home, year) in [(a, "Year=1965"), (b, "year=1999")] {
      try home.add("Night", url: "https://example.org/night")
      try edit(home, set: [year])
    }
    try sync(a)
    #expect(try b.sync(remote).conflicts == 1)
    try sync(a)
    #expect(try a.canonical() == b.canonical())
    #expect(try b.store.syncLiving(after: 0).count == 1)
  }

  @Test func `a number whose spelling is corrected is sent`() throws {
    let (a, b) = try homes()
    try edit(a, set: ["version=3.1"])
    try sync(a, b)
    try edit(a, set: ["version=3.10"])
    #expect(try a.sync(remote).sent == 1)
    #expect(try b.sync(remote).tally.changed.count == 1)
    #expect(try metadata(b) == #"{"version":3.10}"#)
    try edit(a, set: ["version=3.100"])
    for version in ["version=3.2", "version=3.1000"] { try edit(b, set: [version]) }
    try sync(a, b, a)
    for home in [a, b] { #expect(try metadata(home) == #"{"version":3.1000}"#) }
  }

  @Test func `a link whose letters are composed otherwise is sent`() throws {
    let (a, b) = try homes()
    var patch = Patch()
    patch.url = "https://example.org/\u{E9}"
    let edit = patch
    try a.change { (store) throws(StoreError) in try store.edit([1], edit) }
    try sync(a, b)
    let favourite = try b.store.favourite(1)
    let url = try #require(favourite?[.url].text)
    #expect(url.utf8.elementsEqual("https://example.org/\u{E9}".utf8))
  }

  /// As earlier versions left it.
  @Test func `a file with a stamp for each spelling of a name goes by the later one`() throws {
    let (a, b) = try homes()
    try edit(a, set: ["Year=2"])
    try sync(a, b)
    var marks = try b.store.syncMarks(.favourite, 1)
    let mark = try #require(marks.registers.first { $0.field == "meta:Year" })
    marks.registers.append(
      SyncMark(
        field: "meta:year", ms: mark.ms + 2, device: mark.device, correction: 0, target: "",
        isUnsent: false))
    try b.store.syncing { (store) throws(StoreError) in
      try store.save(marks, of: .favourite, 1)
      return ((), true)
    }
    try edit(b, set: ["note=x"])
    try sync(b, a)
    #expect(try metadata(a) == #"{"Year":2,"note":"x"}"#)
    let kept = try b.store.syncMarks(.favourite, 1).registers
    #expect(kept.filter { $0.field.lowercased() == "meta:year" }.map(\.ms) == [mark.ms + 2])
  }
}
