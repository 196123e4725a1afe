import TestSupport

@testable import Favourites

/// One command of a random sequence.
struct RandomStep {
  /// What it does, for whoever reads a failure.
  let text: String
  let run: (inout Store) throws(StoreError) -> Void
}

/// Which favourites a step is about: just these, or those of them that live.
private struct Aim {
  let ids: [Int64]
  let isExact: Bool

  func found(in store: borrowing Store) throws(StoreError) -> [Int64] {
    guard !isExact else { return ids }
    var found: [Int64] = []
    for id in ids where try store.state(of: id).isLive { found.append(id) }
    return found
  }
}

/// Makes random commands of every kind that writes, from texts that are easy to get wrong.
struct RandomSteps {
  private var random: SplitMix
  /// The highest id that may be in use.
  private var lastID: Int64 = 0
  private var made = 0

  init(seed: UInt64) {
    random = SplitMix(seed: seed)
  }

  mutating func next() throws -> RandomStep {
    made += 1
    return switch made < 8 ? number(1...8) : number(1...27) {
    case 1...5: try addOne()
    case 6: try addMany()
    case 7...9: try edit()
    case 10: try tags()
    case 11: try metadata()
    case 12...13: try move()
    case 14: swap()
    case 15...16: remove()
    case 17...18: restore()
    case 19: try addCategory()
    case 20: try renameCategory()
    case 21: try mergeCategory()
    case 22: try removeCategory()
    case 23: try restoreCategory()
    case 24...25: try importSome()
    default: try changeTag()
    }
  }

  // MARK: Favourites

  private mutating func addOne() throws -> RandomStep {
    let draft = try draft()
    let duplicates = [Duplicates.refuse, .update, .allow, .skip][number(0...3)]
    lastID += 1
    return RandomStep(
      text: "add \(draft.title ?? "-") url=\(draft.url ?? "-") in \(draft.category?.text ?? "-")"
        + " tags=\(draft.tags) rank=\(draft.rank ?? 0) \(duplicates)"
    ) { store throws(StoreError) in _ = try store.add(draft, duplicates: duplicates) }
  }

  private mutating func addMany() throws -> RandomStep {
    var drafts: [Draft] = []
    for _ in 0..<number(2...30) { drafts.append(try draft()) }
    lastID += Int64(drafts.count)
    let count = drafts.count
    return RandomStep(text: "add \(count) at once") { store throws(StoreError) in
      for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
    }
  }

  /// Takes favourites over from a file, some of which are there already.
  private mutating func importSome() throws -> RandomStep {
    var drafts: [Draft] = []
    for _ in 0..<number(1...12) {
      var draft = try draft()
      if chance(50) { draft.uid = UID(high: 0x0192_F0C1_0000_7000, low: UInt64(number(1...9))) }
      if chance(30) { draft.createdAt = Timestamp(milliseconds: Int64(number(0...1_000_000))) }
      draft.opened = Int64(number(0...3))
      drafts.append(draft)
    }
    lastID += Int64(drafts.count)
    let (count, handling) = (drafts.count, [Duplicates.skip, .update, .allow][number(0...2)])
    return RandomStep(text: "import \(count), \(handling)") { store throws(StoreError) in
      var order = ImportOrder()
      var preparer = DraftPreparer()
      for draft in drafts {
        _ = try store.take(preparer.prepared(draft), duplicates: handling, order: &order)
      }
      try store.settle(order)
    }
  }

  private mutating func edit() throws -> RandomStep {
    var patch = Patch()
    if chance(40) { patch.title = pick(Self.titles) }
    if chance(30) { patch.url = pick(Self.urls) ?? "" }
    if chance(30) { patch.note = pick(Self.notes) ?? "" }
    if chance(20) { patch.category = try CategoryPath.parse(pick(Self.categories)) }
    if chance(25) { patch.placing = place() }
    if chance(20) { patch.addedTags = [try TagName.parse(pick(Self.tags))] }
    let ids = Aim(ids: someIDs(), isExact: chance(10))
    return RandomStep(
      text: "edit \(ids.ids) title=\(patch.title ?? "-") url=\(patch.url ?? "-") note="
        + "\(patch.note?.utf8.count ?? -1) to \(patch.category?.text ?? "-")"
        + " at \(patch.placing.map(String.init(describing:)) ?? "-") tags=\(patch.addedTags)"
    ) { store throws(StoreError) in _ = try store.edit(ids.found(in: store), patch) }
  }

  private mutating func tags() throws -> RandomStep {
    var patch = Patch()
    patch.clearsTags = chance(20)
    for _ in 0..<number(0...3) { patch.addedTags.append(try TagName.parse(pick(Self.tags))) }
    for _ in 0..<number(0...2) { patch.removedTags.append(try TagName.parse(pick(Self.tags))) }
    let ids = Aim(ids: someIDs(), isExact: chance(10))
    return RandomStep(
      text:
        "tags of \(ids.ids) + \(patch.addedTags) - \(patch.removedTags) clear=\(patch.clearsTags)"
    ) { store throws(StoreError) in _ = try store.edit(ids.found(in: store), patch) }
  }

  private mutating func metadata() throws -> RandomStep {
    var patch = Patch()
    patch.clearsMetadata = chance(15)
    for _ in 0..<number(0...3) {
      patch.assignments.append(try MetadataAssignment.parse(pick(Self.assignments)))
    }
    if chance(30) { patch.unset = [pick(["year", "seen", "mood", "é"])] }
    let ids = Aim(ids: someIDs(), isExact: chance(10))
    return RandomStep(
      text: "metadata of \(ids.ids) \(patch.assignments.map { "\($0.key)=\($0.text)" })"
        + " - \(patch.unset) clear=\(patch.clearsMetadata)"
    ) { store throws(StoreError) in _ = try store.edit(ids.found(in: store), patch) }
  }

  private mutating func move() throws -> RandomStep {
    var patch = Patch()
    if chance(50) { patch.category = try CategoryPath.parse(pick(Self.categories)) }
    patch.placing = place()
    let ids = Aim(ids: someIDs(), isExact: chance(10))
    return RandomStep(
      text: "move \(ids.ids) to \(patch.category?.text ?? "-") at \(patch.placing ?? .last)"
    ) { store throws(StoreError) in _ = try store.edit(ids.found(in: store), patch) }
  }

  private mutating func swap() -> RandomStep {
    let (first, second) = (anID(), anID())
    return RandomStep(text: "swap \(first) \(second)") { store throws(StoreError) in
      try store.swap(first, second)
    }
  }

  private mutating func remove() -> RandomStep {
    let ids = Aim(ids: someIDs(), isExact: chance(10))
    return RandomStep(text: "rm \(ids.ids)") { store throws(StoreError) in
      _ = try store.remove(ids.found(in: store))
    }
  }

  /// Takes those of a few ids that are in the trash, or all that is there.
  private mutating func restore() -> RandomStep {
    let ids = chance(30) ? Array(1...max(lastID, 1)) : Array(someIDs() + someIDs())
    let conflicts = pick(RestoreConflict.allCases)
    return RandomStep(text: "restore what is trashed of \(ids), \(conflicts)") {
      store throws(StoreError) in
      var trashed: [Int64] = []
      for id in ids where !trashed.contains(id) {
        if case .trashed = try store.state(of: id) { trashed.append(id) }
      }
      _ = try store.restore(trashed, conflicts: conflicts)
    }
  }

  // MARK: Categories and tags

  private mutating func addCategory() throws -> RandomStep {
    let path = try CategoryPath.parse(pick(Self.categories))
    let note = pick(Self.notes)
    let fields = [try MetadataField.parse(pick(Self.fields))]
    if chance(50) {
      return RandomStep(text: "category add \(path) \(fields)") { store throws(StoreError) in
        try store.addCategory(path, note: note, fields: fields)
      }
    }
    let removed = chance(20) ? ["year"] : []
    return RandomStep(text: "category edit \(path) \(fields) - \(removed)") {
      store throws(StoreError) in
      try store.editCategory(path, note: note, fields: fields, removed: removed)
    }
  }

  private mutating func renameCategory() throws -> RandomStep {
    let path = try CategoryPath.parse(pick(Self.categories))
    let target = try CategoryPath.parse(pick(Self.categories))
    return RandomStep(text: "category rename \(path) \(target)") { store throws(StoreError) in
      try store.renameCategory(path, to: target)
    }
  }

  private mutating func mergeCategory() throws -> RandomStep {
    let path = try CategoryPath.parse(pick(Self.categories))
    let target = try CategoryPath.parse(pick(Self.categories))
    return RandomStep(text: "category merge \(path) \(target)") { store throws(StoreError) in
      try store.mergeCategory(path, into: target)
    }
  }

  private mutating func removeCategory() throws -> RandomStep {
    let path = try CategoryPath.parse(pick(Self.categories))
    return RandomStep(text: "category rm \(path)") { store throws(StoreError) in
      _ = try store.removeCategory(path)
    }
  }

  private mutating func restoreCategory() throws -> RandomStep {
    let path = try CategoryPath.parse(pick(Self.categories))
    let conflicts = pick(RestoreConflict.allCases)
    return RandomStep(text: "restore -c \(path), \(conflicts)") { store throws(StoreError) in
      _ = try store.restoreCategory(path, conflicts: conflicts)
    }
  }

  private mutating func changeTag() throws -> RandomStep {
    let tag = try TagName.parse(pick(Self.tags))
    let target = try TagName.parse(pick(Self.tags))
    switch number(0...2) {
    case 0:
      return RandomStep(text: "tag rm \(tag)") { store throws(StoreError) in
        _ = try store.removeTag(tag)
      }
    case 1:
      return RandomStep(text: "tag merge \(tag) \(target)") { store throws(StoreError) in
        _ = try store.renameTag(tag, to: target, mustExist: true)
      }
    default:
      return RandomStep(text: "tag rename \(tag) \(target)") { store throws(StoreError) in
        _ = try store.renameTag(tag, to: target, mustExist: false)
      }
    }
  }

  // MARK: Dice

  private mutating func draft() throws -> Draft {
    var draft = Draft()
    draft.title = pick(Self.titles)
    draft.category = try CategoryPath.parse(pick(Self.categories))
    if chance(50) { draft.url = pick(Self.urls) }
    if chance(30) { draft.note = pick(Self.notes) }
    if chance(20) { draft.category = nil }
    for _ in 0..<number(0...3) { draft.tags.append(try TagName.parse(pick(Self.tags))) }
    if chance(30) {
      draft.metadata = [try MetadataAssignment.parse(pick(Self.assignments))]
    }
    if chance(40) { draft.rank = Int64(number(1...6)) }
    return draft
  }

  private mutating func place() -> Patch.Destination {
    switch number(0...4) {
    case 0: .last
    case 1: .before(anID())
    case 2: .after(anID())
    default: .rank(Int64(number(1...8)))
    }
  }

  private mutating func anID() -> Int64 { Int64(number(1...Int(max(lastID, 1)))) }

  /// One to five ids, each once.
  private mutating func someIDs() -> [Int64] {
    var ids: [Int64] = []
    for _ in 0..<(chance(50) ? 1 : number(1...5)) {
      let id = anID()
      if !ids.contains(id) { ids.append(id) }
    }
    return ids
  }

  private mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }
  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[number(0...elements.count - 1)]
  }

  private static let titles = [
    "Dune", "dune", "caf\u{E9}", "cafe\u{301}", "it's \"quoted\"", "back\\slash \\u0041", "👩‍👩‍👧‍👦",
    "two\nlines\tand a tab", "{\"json\":[1,2]}", "'; DROP TABLE favourite; --", "\u{202E}abc",
    "\u{1B}]2;x\u{7}", String(repeating: "é", count: 2_000), "%_%", "0", "null", "a\u{2028}b",
  ]
  private static let urls: [String?] = [
    nil, "https://example.com/a", "HTTPS://EXAMPLE.com:443/a", "https://example.com/b?q=%20'\"",
    "file:///tmp/caf\u{E9}", "file:///tmp/cafe\u{301}", "geo:1,2", "isbn:9780441013593",
    "https://example.com/" + String(repeating: "x", count: 3_000),
  ]
  private static let notes: [String?] = [
    nil, "Read it slowly.", "caf\u{E9}", "cafe\u{301}", "  padded  ", "\n", "\"\\/\u{8}\u{C}\n\r\t",
    String(repeating: "long \u{1F4D6} ", count: 400),
  ]
  private static let categories = [
    "inbox", "Books", "books", "books/sci-fi", "Books/Sci-Fi/Old", "books-old", "caf\u{E9}",
    "cafe\u{301}", "a", "a/b", "a/c", "A/B/c", "it's \"q\"", "🎬/👩‍👧", "Straße/x", "STRASSE/x", "x",
  ]
  private static let tags = [
    "SciFi", "scifi", "SCIFI", "caf\u{E9}", "CAF\u{C9}", "cafe\u{301}", "🚀", "it's", "a\"b", "c\\d",
    "with space", "σας", "ΣΑΣ",
  ]
  private static let assignments = [
    "year=1965", "year=1965.5", "year:text=x", "seen=yes", "seen:date=2024-02-11", "mood=caf\u{E9}",
    "mood=cafe\u{301}", "é=\"q\"", "big=1e300", "small:number=-0.1", "empty:text=",
    "year:number=-0",
    "exact:number=900719925474099", "huge:number=123456789012345E+15",
  ]
  private static let fields = ["year:number", "seen:enum(yes,no,again)", "mood", "day:date"]
}
