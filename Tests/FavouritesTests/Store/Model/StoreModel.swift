@testable import Favourites

/// What a store holds, as plainly as it can be said: lists of ids in categories, and values by id.
struct StoreModel: Equatable {
  /// When something happened: as a file said it, or by which change.
  enum Moment: Comparable {
    case given(Int64)
    case change(Int64)
  }

  struct Thing: Equatable {
    var title: String
    var url: String?
    var note: String?
    /// By their folded names, so that each is there once.
    var tags: [String: String] = [:]
    var metadata: [String: ModelValue] = [:]
    /// Nil until the store has given it one.
    var uid: UID?
    var created: Moment
    var modified: Moment
    var openedAt: Int64?
    var opened: Int64 = 0
    /// The change that touched it last.
    var change: Int64
  }

  /// A category that lives.
  struct Shelf: Equatable {
    var path: String
    var note: String?
    var fields: [MetadataField] = []
    /// Its favourites by rank.
    var ids: [Int64] = []

    /// Where it stands in the tree.
    var place: ModelNames.Order { ModelNames.treeOrder(path) }
  }

  struct Trashed: Equatable {
    var thing: Thing
    var category: Int64
    var categoryName: String
    var rank: Int
    var deleted: Moment
  }

  struct TrashedShelf: Equatable {
    /// Without favourites: each of those says itself where it was.
    var shelf: Shelf
    var change: Int64
  }

  /// What was given once and is not taken back by any undo.
  struct Given: Equatable {
    var change: Int64 = 0
    var favourite: Int64 = 0
    var category: Int64 = 0
    /// What was forgotten for good.
    var forgotten: Set<Int64> = []
    var forgottenCategories: Set<Int64> = []
  }

  /// Why a step is refused.
  enum Refusal: String, Error, CaseIterable {
    case alreadyThere, noFavourite, notInTrash, noCategory, noTag, restoreConflict, categoryExists
    case categoryInsideItself, besideItself, nothingToUndo, nothingToRedo, redoOvertaken, isFinal
    case invalid, overtaken, alreadyUndone, notUndoable, noChange, onlyOpened
  }

  var things: [Int64: Thing] = [:]
  var categories: [Int64: Shelf] = [:]
  var trash: [Int64: Trashed] = [:]
  var trashedCategories: [Int64: TrashedShelf] = [:]
  var given = Given()
  var departures = Departures()

  /// The number of the change under way.
  var now: Int64 { given.change + 1 }

  // MARK: Looking

  /// The id of the category that has a path.
  func category(at path: String) -> Int64? {
    categories.first { ModelNames.areSame($0.value.path, path) }?.key
  }

  /// The category that holds a favourite.
  func home(of id: Int64) -> Int64? { categories.first { $0.value.ids.contains(id) }?.key }

  /// The favourites of a category that have a link, the oldest first.
  func ids(linking url: String, in category: Int64) -> [Int64] {
    (categories[category]?.ids ?? []).filter { id in
      things[id]?.url.map(Self.link) == Self.link(url)
    }.sorted()
  }

  /// What two URLs of the samples have in common when they are the same link.
  static func link(_ url: String) -> String {
    let link = url.lowercased()
    return link.hasPrefix("http") && link.hasSuffix("/") ? String(link.dropLast()) : link
  }

  static func parent(of path: String) -> String? {
    path.lastIndex(of: "/").map { String(path[..<$0]) }
  }

  static func isWithin(_ path: String, _ category: String) -> Bool {
    ModelNames.areSame(path, category) || isBelow(path, category)
  }

  static func isBelow(_ path: String, _ category: String) -> Bool {
    ModelNames.folded(path).hasPrefix(ModelNames.folded(category) + "/")
  }

  /// A tag as those have it that live.
  func spelled(_ tag: TagName) -> (key: String, text: String) {
    let key = ModelNames.folded(tag.text)
    return (key, things.values.lazy.compactMap { $0.tags[key] }.first ?? tag.text)
  }

  // MARK: Keeping

  /// Makes a category, and those that it stands in.
  @discardableResult
  mutating func make(_ path: String) -> Int64 {
    if let there = category(at: path) { return there }
    let shelf = Shelf(path: spelled(path))
    given.category += 1
    categories[given.category] = shelf
    return given.category
  }

  /// A path whose beginning is the category that it stands in, as that is spelled; it is made where
  /// it lacks.
  mutating func spelled(_ path: String) -> String {
    guard let parent = Self.parent(of: path) else { return path }
    let name = categories[make(parent)]?.path ?? parent
    return name + path.dropFirst(parent.count)
  }

  /// One favourite as one change.
  mutating func add(_ draft: Draft, _ duplicates: Duplicates) throws(Refusal) {
    var moves: [Move] = []
    try add(draft, duplicates, &moves)
    make(moves)
  }

  /// Keeps a favourite, or does with the one of the same link what is asked for.
  mutating func add(
    _ draft: Draft, _ duplicates: Duplicates, _ moves: inout [Move]
  ) throws(Refusal) {
    let home = make(draft.category?.text ?? "inbox")
    if let url = draft.url, duplicates != .allow, let id = ids(linking: url, in: home).first {
      switch duplicates {
      case .refuse: throw .alreadyThere
      case .update: try update(id, with: draft, &moves)
      case .skip, .allow: break
      }
      return
    }
    var thing = Thing(
      title: draft.title ?? Self.title(fromURL: draft.url ?? ""), url: draft.url, note: draft.note,
      uid: draft.uid, created: .change(now), modified: .change(now), change: now)
    let fields = categories[home]?.fields ?? []
    try Self.set(
      Self.settings(draft.values), in: &thing, fields: fields, mayMisfit: { _ in !draft.mustFit })
    try Self.set(Self.settings(draft.metadata), in: &thing, fields: fields)
    for tag in draft.tags.map(spelled) where thing.tags[tag.key] == nil {
      thing.tags[tag.key] = tag.text
    }
    if let created = draft.createdAt?.milliseconds { thing.created = .given(created) }
    thing.modified = draft.modifiedAt.map { .given($0.milliseconds) } ?? thing.created
    thing.openedAt = draft.openedAt?.milliseconds
    thing.opened = draft.opened
    given.favourite += 1
    things[given.favourite] = thing
    let count = categories[home]?.ids.count ?? 0
    let index = min(Int(draft.rank ?? .max) - 1, count)
    categories[home]?.ids.insert(given.favourite, at: index)
  }

  mutating func update(_ id: Int64, with draft: Draft, _ moves: inout [Move]) throws(Refusal) {
    var patch = Patch()
    patch.title = draft.title
    patch.note = draft.note
    patch.addedTags = draft.tags
    patch.assignments = draft.metadata
    patch.values = draft.values
    patch.mustFit = draft.mustFit
    try edit([id], patch)
    guard let rank = draft.rank.map(Int.init), let home = home(of: id),
      let ids = categories[home]?.ids, ids.firstIndex(of: id) != min(rank, ids.count) - 1
    else { return }
    moves.removeAll { $0.id == id }
    moves.append(Move(id: id, category: home, rank: rank))
  }

  /// What a link is called that has no title.
  static func title(fromURL url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    let title = url[scheme.upperBound...]
    return String(title.hasSuffix("/") ? title.dropLast() : title)
  }

  // MARK: Editing

  mutating func edit(_ ids: [Int64], _ patch: Patch) throws(Refusal) {
    var target = patch.category.map { make($0.text) }
    var new: [Int64: Thing] = [:]
    for id in ids {
      guard var thing = things[id], let home = home(of: id) else { throw .noFavourite }
      try apply(patch, to: &thing, fields: categories[target ?? home]?.fields ?? [])
      new[id] = thing
    }
    if let anchor = patch.placing?.anchor {
      guard let home = home(of: anchor) else { throw .noFavourite }
      guard !ids.contains(anchor) else { throw .besideItself }
      target = home
    }
    var homes: [Int64: Int64] = [:]
    for id in ids { homes[id] = target ?? home(of: id) }
    try checkLinks(new, homes)
    let leaving = ids.filter { patch.placing != nil || homes[$0] != home(of: $0) }
    let (old, before) = (categories, departures)
    take(leaving)
    // Each category by itself, since several may be meant: the first takes the place, the others
    // follow.
    var next: [Int64: Int] = [:]
    for id in leaving {
      guard let home = homes[id], let list = categories[home]?.ids else { continue }
      let index = next[home] ?? patch.placing?.index(in: list) ?? list.count
      categories[home]?.ids.insert(id, at: index)
      next[home] = index + 1
    }
    let moved = old == categories ? [] : leaving
    if moved.isEmpty { departures = before }
    for id in ids where moved.contains(id) || things[id] != new[id] { touch(id, new[id]) }
  }

  private func apply(
    _ patch: Patch, to thing: inout Thing, fields: [MetadataField]
  ) throws(Refusal) {
    thing.title = patch.title ?? thing.title
    if let url = patch.url { thing.url = url.isEmpty ? nil : url }
    if let note = patch.note { thing.note = note.isEmpty ? nil : note }
    if patch.clearsTags { thing.tags = [:] }
    for tag in patch.removedTags { thing.tags[ModelNames.folded(tag.text)] = nil }
    for tag in patch.addedTags.map(spelled) where thing.tags[tag.key] == nil {
      thing.tags[tag.key] = tag.text
    }
    let before = thing.metadata
    if patch.clearsMetadata { thing.metadata = [:] }
    for key in patch.unset { thing.metadata[key] = nil }
    // What a file tells again, or another favourites file, may be older than the fields.
    try Self.set(
      Self.settings(patch.values), in: &thing, fields: fields,
      mayMisfit: { !patch.mustFit || before[$0.key] == $0.value })
    try Self.set(Self.settings(patch.assignments), in: &thing, fields: fields)
  }

  /// A value that is to be set: as it is without a field, the type that was given for it, and its
  /// text.
  private typealias Setting = (
    key: String, value: ModelValue, kind: MetadataKind?, text: String
  )

  private static func settings(_ assignments: [MetadataAssignment]) -> [Setting] {
    assignments.map { ($0.key, ModelValue($0.value), $0.kind, $0.text) }
  }

  /// What a file says may be of any type, so long as its text reads as one of the field's.
  private static func settings(_ values: Metadata) -> [Setting] {
    values.entries.map { ($0.key, ModelValue($0.value), nil, $0.value.text) }
  }

  private static func set(
    _ settings: [Setting], in thing: inout Thing, fields: [MetadataField],
    mayMisfit: (Setting) -> Bool = { _ in false }
  ) throws(Refusal) {
    for setting in settings {
      let field = fields.first { $0.key == setting.key }
      guard let value = fitting(setting, field) ?? (mayMisfit(setting) ? setting.value : nil) else {
        throw .invalid
      }
      thing.metadata[setting.key] = value
    }
  }

  private static func fitting(_ setting: Setting, _ field: MetadataField?) -> ModelValue? {
    guard let field else { return setting.value }
    switch (field.kind, setting.kind) {
    case (.number, nil), (.number, .number):
      guard setting.text.allSatisfy(\.isNumber) else { return nil }
      return ModelValue(kind: .number, text: setting.text)
    case (.choice, nil), (.choice, .choice):
      return field.choices.first { ModelNames.areSame($0, setting.text) }
        .map { ModelValue(kind: .choice, text: $0) }
    default: return nil
    }
  }

  mutating func swap(_ first: Int64, _ second: Int64) throws(Refusal) {
    guard let one = things[first], let other = things[second], let home = home(of: first),
      let otherHome = self.home(of: second)
    else { throw .noFavourite }
    guard first != second else { return }
    try checkLinks([first: one, second: other], [first: otherHome, second: home])
    depart([first, second])
    for (id, shelf) in categories {
      categories[id]?.ids = shelf.ids.map { $0 == first ? second : $0 == second ? first : $0 }
    }
    touch(first, one)
    touch(second, other)
  }

  /// Refuses a link that comes to where it is already, or that comes twice.
  func checkLinks(_ new: [Int64: Thing], _ homes: [Int64: Int64]) throws(Refusal) {
    for (id, thing) in new {
      guard let url = thing.url, let home = homes[id],
        home != self.home(of: id) || url != things[id]?.url
      else { continue }
      let staying = ids(linking: url, in: home).filter { new[$0] == nil }
      let coming = new.filter {
        $0.value.url.map(Self.link) == Self.link(url) && homes[$0.key] == home
      }
      guard staying.isEmpty, coming.count == 1 else { throw .alreadyThere }
    }
  }

  /// Takes favourites out of the categories they are in.
  mutating func take(_ ids: [Int64]) {
    depart(ids)
    for category in categories.keys { categories[category]?.ids.removeAll(where: ids.contains) }
  }

  mutating func touch(_ id: Int64, _ new: Thing?) {
    var new = new
    new?.change = now
    new?.modified = .change(now)
    things[id] = new
  }

  /// Counts an opening of those that live.
  mutating func open(_ ids: [Int64], at time: Int64) {
    for id in Set(ids) {
      guard var thing = things[id] else { continue }
      thing.opened += 1
      thing.openedAt = max(thing.openedAt ?? time, time)
      things[id] = thing
    }
  }

  // MARK: Tags

  mutating func renameTag(
    _ tag: TagName, to target: TagName, mustExist: Bool
  ) throws(Refusal) {
    let key = ModelNames.folded(tag.text)
    let having = things.filter { $0.value.tags[key] != nil }
    guard !having.isEmpty else { throw .noTag }
    var new = spelled(target)
    if mustExist, !things.values.contains(where: { $0.tags[new.key] != nil }) { throw .noTag }
    // Another spelling of itself is what is asked for.
    if new.key == key { new.text = target.text }
    for (id, old) in having {
      var thing = old
      thing.tags[key] = nil
      thing.tags[new.key] = new.text
      if thing != old { touch(id, thing) }
    }
  }

  mutating func removeTag(_ tag: TagName) throws(Refusal) {
    let key = ModelNames.folded(tag.text)
    let having = things.filter { $0.value.tags[key] != nil }
    guard !having.isEmpty else { throw .noTag }
    for (id, old) in having {
      var thing = old
      thing.tags[key] = nil
      touch(id, thing)
    }
  }
}

extension Patch.Destination {
  /// The favourite beside which the place is.
  fileprivate var anchor: Int64? {
    switch self {
    case .before(let anchor), .after(let anchor): anchor
    case .rank, .last: nil
    }
  }

  /// Where in a list that is.
  fileprivate func index(in list: [Int64]) -> Int {
    switch self {
    case .rank(let rank): min(Int(rank) - 1, list.count)
    case .last: list.count
    case .before(let anchor): list.firstIndex(of: anchor) ?? list.count
    case .after(let anchor): (list.firstIndex(of: anchor) ?? list.count - 1) + 1
    }
  }
}
