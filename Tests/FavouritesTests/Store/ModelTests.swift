import Testing

@testable import Favourites

/// A store and a plain model of it are told the same, and have to hold the same after every step.
@Suite struct ModelTests {
  @Test(arguments: UInt64(0)..<20)
  func `a thousand runs of fifty steps do what the model says`(group: UInt64) throws {
    for seed in 0..<50 {
      var run = ModelRun(seed: 90_000 + group * 50 + UInt64(seed))
      var store = try Store.inMemory(named: "memory")
      for _ in 0..<50 {
        let step = try run.step(in: &store)
        let found = try ModelRun.content(of: &store)
        guard found == run.model else {
          Issue.record(
            "seed \(run.seed): \(run.told.joined(separator: "; ")): after \(step)\n\(found)\n\(run.model)"
          )
          return
        }
      }
    }
  }
}

/// A run of random steps, each made in a store and in the model of it.
private struct ModelRun {
  let seed: UInt64
  private(set) var model = StoreModel()
  /// What was done so far.
  private(set) var told: [String] = []
  private var random: SplitMix
  /// What the model was before each change that can be undone, and after each that was undone.
  private var before: [StoreModel] = []
  private var undone: [StoreModel] = []

  init(seed: UInt64) {
    self.seed = seed
    random = SplitMix(seed: seed)
  }

  private static let names = ["inbox", "a", "a/b", "a/b/c", "d", "e/f"]
  private static let titles = ["Dune", "Solaris", "七人の侍", "it's \"q\"", "x\ny"]
  private static let tags = ["one", "two", "Three"]

  /// What a store holds, as the model says it.
  static func content(of store: inout Store) throws -> StoreModel {
    var model = StoreModel()
    for category in try store.categories() { model.categories[category.name] = [] }
    var rows = try store.rows(Selection(), ordering: Ordering(.rank), slice: .all)
    while let found = try rows.next(in: &store) {
      model.categories[found.category, default: []].append(found.id)
      #expect(Int64(model.categories[found.category]?.count ?? 0) == found.rank)
      model.things[found.id] = thing(found)
    }
    for id in try store.trashedIDs(TrashQuery()) {
      guard case .trashed(let record, let trashing) = try store.state(of: id) else { continue }
      var thing = StoreModel.Thing(title: record.title, url: record.url, note: record.note)
      for tag in JSONText.strings(record.tags ?? "[]") { thing.tags[tag.lowercased()] = tag }
      model.trash[id] = StoreModel.Trashed(
        thing: thing, category: trashing.categoryName, rank: Int(trashing.rank))
    }
    let last = try store.connection.query(
      "SELECT seq FROM sqlite_sequence WHERE name = 'favourite'")
    model.lastID = try last.next() ? last.integer(0) : 0
    return model
  }

  private static func thing(_ found: Favourite) -> StoreModel.Thing {
    var thing = StoreModel.Thing(title: found.title, url: found.url, note: found.note)
    for tag in found.tags { thing.tags[tag.lowercased()] = tag }
    return thing
  }

  mutating func step(in store: inout Store) throws -> String {
    let made = model
    let step = try makeStep(in: &store)
    told.append(step)
    // What changes nothing is no change, and undo does not see it.
    if step != "undo", step != "redo", model != made {
      before.append(made)
      undone = []
    }
    return step
  }

  private mutating func makeStep(in store: inout Store) throws -> String {
    let ids = model.things.keys.sorted()
    guard let id = ids.randomElement(using: &random), !chance(25) else {
      return try add(in: &store)
    }
    switch Int.random(in: 0...11, using: &random) {
    case 0, 1: return try edit(id, in: &store)
    case 2, 3: return try move(id, in: &store)
    case 4:
      let other = ids.randomElement(using: &random) ?? id
      guard other != id else { return try edit(id, in: &store) }
      try change(&store) { (store) throws(StoreError) in try store.swap(id, other) }
      model.swap(id, other)
      return "swap \(id) \(other)"
    case 5:
      try change(&store) { (store) throws(StoreError) in _ = try store.remove([id]) }
      model.remove(id)
      return "rm \(id)"
    case 6: return try restore(in: &store)
    case 7: return try renameCategory(in: &store)
    case 8: return try renameTag(in: &store)
    case 9: return try removeTag(in: &store)
    default: return try chance(60) ? undo(in: &store) : redo(in: &store)
    }
  }

  private mutating func add(in store: inout Store) throws -> String {
    var thing = StoreModel.Thing(title: pick(Self.titles))
    if chance(30) { thing.note = "a note" }
    if chance(30) { thing.url = "https://example.org/\(model.lastID)" }
    for tag in Self.tags where chance(30) { thing.tags[tag.lowercased()] = tag }
    let (category, rank) = (
      pick(Self.names), chance(50) ? Int.random(in: 1...6, using: &random) : nil
    )
    var draft = Draft()
    (draft.title, draft.note, draft.url) = (thing.title, thing.note, thing.url)
    draft.category = try CategoryPath.parse(category)
    draft.rank = rank.map(Int64.init)
    draft.tags = try thing.tags.values.sorted().map(TagName.parse)
    try change(&store) { (store) throws(StoreError) in
      _ = try store.add(draft, duplicates: .refuse)
    }
    model.add(thing, to: category, at: rank)
    return "add \(thing.title) to \(category) at \(rank ?? 0)"
  }

  private mutating func edit(_ id: Int64, in store: inout Store) throws -> String {
    var patch = Patch()
    patch.title = pick(Self.titles)
    patch.note = chance(50) ? "" : "note \(Int.random(in: 1...3, using: &random))"
    let tag = pick(Self.tags)
    if chance(50) {
      patch.addedTags = [try TagName.parse(tag)]
    } else {
      patch.removedTags = [try TagName.parse(tag)]
    }
    try change(&store) { (store) throws(StoreError) in _ = try store.edit([id], patch) }
    model.things[id]?.title = patch.title ?? ""
    model.things[id]?.note = patch.note == "" ? nil : patch.note
    model.things[id]?.tags[tag.lowercased()] = patch.addedTags.isEmpty ? nil : tag
    return "edit \(id)"
  }

  private mutating func move(_ id: Int64, in store: inout Store) throws -> String {
    let category = pick(Self.names)
    let rank = Int.random(in: 1...6, using: &random)
    var patch = Patch()
    patch.category = try CategoryPath.parse(category)
    patch.placing = .rank(Int64(rank))
    try change(&store) { (store) throws(StoreError) in _ = try store.edit([id], patch) }
    model.move(id, to: category, at: rank)
    return "move \(id) to \(category) at \(rank)"
  }

  private mutating func restore(in store: inout Store) throws -> String {
    guard let id = model.trash.keys.sorted().randomElement(using: &random) else {
      return try add(in: &store)
    }
    try change(&store) { (store) throws(StoreError) in _ = try store.restore([id]) }
    model.restore(id)
    return "restore \(id)"
  }

  private mutating func renameCategory(in store: inout Store) throws -> String {
    let (old, new) = (pick(Self.names), pick(["g", "g/h", "a/k"]))
    guard model.categories[old] != nil, model.categories[new] == nil,
      !StoreModel.isWithin(new, old)
    else { return try add(in: &store) }
    let (path, target) = (try CategoryPath.parse(old), try CategoryPath.parse(new))
    try change(&store) { (store) throws(StoreError) in
      try store.renameCategory(path, to: target)
    }
    model.rename(old, to: new)
    return "category rename \(old) \(new)"
  }

  private mutating func renameTag(in store: inout Store) throws -> String {
    let (old, new) = (pick(Self.tags), pick(["four", "one", "Three"]))
    guard old != new, model.things.values.contains(where: { $0.tags[old.lowercased()] != nil })
    else { return try add(in: &store) }
    let (tag, target) = (try TagName.parse(old), try TagName.parse(new))
    try change(&store) { (store) throws(StoreError) in
      _ = try store.renameTag(tag, to: target, mustExist: false)
    }
    model.renameTag(old.lowercased(), to: new)
    return "tag rename \(old) \(new)"
  }

  private mutating func removeTag(in store: inout Store) throws -> String {
    let name = pick(Self.tags)
    guard model.things.values.contains(where: { $0.tags[name.lowercased()] != nil }) else {
      return try add(in: &store)
    }
    let tag = try TagName.parse(name)
    try change(&store) { (store) throws(StoreError) in _ = try store.removeTag(tag) }
    for id in model.things.keys { model.things[id]?.tags[name.lowercased()] = nil }
    return "tag rm \(name)"
  }

  /// Everything is as it was before the last change, but ids that were given stay given.
  private mutating func undo(in store: inout Store) throws -> String {
    guard var earlier = before.popLast() else { return try add(in: &store) }
    try store.undoing()
    undone.append(model)
    earlier.lastID = model.lastID
    model = earlier
    return "undo"
  }

  private mutating func redo(in store: inout Store) throws -> String {
    guard let later = undone.popLast() else { return try add(in: &store) }
    try store.redoing()
    before.append(model)
    let last = model.lastID
    model = later
    model.lastID = last
    return "redo"
  }

  private func change(
    _ store: inout Store, _ body: (inout Store) throws(StoreError) -> Void
  ) throws {
    _ = try store.change(ChangeRequest(command: "step"), body)
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 1...100, using: &random) <= percent
  }

  private mutating func pick(_ texts: [String]) -> String {
    texts.randomElement(using: &random) ?? ""
  }
}
