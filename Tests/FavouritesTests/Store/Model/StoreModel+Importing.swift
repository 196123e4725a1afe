@testable import Favourites

// What comes from files: favourites of other programs, and archives.

extension StoreModel {
  /// A move that is made when all of a change is there.
  struct Move {
    let id: Int64
    let category: Int64
    let rank: Int
  }

  /// What is known of a file while its favourites are taken.
  private struct File {
    /// The first id that is given to one of them.
    let first: Int64
    /// The uids in it, if they are known beforehand.
    var uids: Set<UID> = []
    /// The favourites that are in it.
    var claimed: Set<Int64> = []
  }

  /// Takes favourites over from a file, as one change.
  mutating func take(_ drafts: [Draft], _ duplicates: Duplicates) throws(Refusal) {
    var (moves, ranks): ([Move], [Int64: Int64]) = ([], [:])
    var file = File(first: given.favourite + 1)
    for draft in drafts { try take(draft, duplicates, &moves, &ranks, of: &file) }
    settle(ranks)
    make(moves)
  }

  private mutating func take(
    _ draft: Draft, _ duplicates: Duplicates, _ moves: inout [Move], _ ranks: inout [Int64: Int64],
    of file: inout File
  ) throws(Refusal) {
    var new = draft
    new.rank = nil
    if let uid = draft.uid {
      let living = things.first { $0.value.uid == uid }?.key
      let isTrashed = trash.values.contains { $0.thing.uid == uid }
      if duplicates == .allow {
        if living != nil || isTrashed { new.uid = nil }
      } else if let living {
        file.claimed.insert(living)
        if duplicates == .update { try overwrite(living, with: new, &moves) }
        return
      } else if isTrashed {
        return
      }
    } else if duplicates != .allow, let known = known(draft, newFrom: file.first) {
      if duplicates == .update { try update(known, with: new, &moves) }
      return
    }
    if draft.uid != nil, duplicates != .allow, let known = unclaimed(draft, file) {
      file.claimed.insert(known)
      if duplicates == .update { try update(known, with: new, &moves) }
      return
    }
    let last = given.favourite
    try add(new, .allow, &moves)
    if given.favourite > last { ranks[given.favourite] = draft.rank }
  }

  /// The favourite that something with a new uid is already: two of a file are never the same.
  private func unclaimed(_ draft: Draft, _ file: File) -> Int64? {
    guard let url = draft.url, let home = category(at: draft.category?.text ?? "inbox") else {
      return nil
    }
    return ids(linking: url, in: home).sorted().first { id in
      id < file.first && !file.claimed.contains(id)
        && !(things[id]?.uid.map(file.uids.contains) ?? false)
    }
  }

  /// The favourite that something without a uid is already.
  private func known(_ draft: Draft, newFrom first: Int64) -> Int64? {
    let home = category(at: draft.category?.text ?? "inbox")
    guard let url = draft.url else {
      return home.flatMap { categories[$0]?.ids.sorted() }?.first {
        guard let thing = things[$0], thing.title == draft.title, thing.url == nil else {
          return false
        }
        return (draft.note == nil || draft.note == thing.note)
          && draft.values.entries.allSatisfy { entry in
            thing.metadata[entry.key].map { $0.text == entry.value.text } ?? true
          }
      }
    }
    let found = [Self.link(url)].flatMap { link in
      things.filter { $0.value.url.map(Self.link) == link }.keys.sorted()
    }
    return found.first { self.home(of: $0) == home } ?? found.first { $0 < first }
  }

  /// Makes a favourite what a file says of it.
  private mutating func overwrite(
    _ id: Int64, with draft: Draft, _ moves: inout [Move]
  ) throws(Refusal) {
    var patch = Patch()
    patch.title = draft.title
    patch.url = draft.url
    patch.note = draft.note
    patch.clearsTags = draft.tellsTags
    patch.addedTags = draft.tags
    patch.clearsMetadata = draft.tellsMetadata
    patch.values = draft.values
    patch.mustFit = draft.mustFit
    try edit([id], patch)
    guard let path = draft.category?.text, let thing = things[id] else { return }
    let target = make(path)
    guard target != home(of: id) else { return }
    try checkLinks([id: thing], [id: target])
    moves.removeAll { $0.id == id }
    moves.append(Move(id: id, category: target, rank: .max))
  }

  /// Puts what was added into the order of its ranks, in those categories where the file had
  /// another.
  private mutating func settle(_ ranks: [Int64: Int64]) {
    for (category, shelf) in categories {
      let added = shelf.ids.filter { ranks[$0] != nil }.sorted()
      let ordered = added.sorted { (ranks[$0] ?? 0, $0) < (ranks[$1] ?? 0, $1) }
      guard added != ordered else { continue }
      categories[category]?.ids = shelf.ids.filter { ranks[$0] == nil } + ordered
    }
  }

  /// Makes the moves that were put off: all leave, then each takes its place.
  mutating func make(_ moves: [Move]) {
    let (old, before) = (categories, departures)
    take(moves.map(\.id))
    let order = moves.enumerated().sorted {
      ($0.element.category, $0.element.rank, $0.offset)
        < ($1.element.category, $1.element.rank, $1.offset)
    }
    for (_, move) in order {
      let count = categories[move.category]?.ids.count ?? 0
      categories[move.category]?.ids.insert(move.id, at: min(move.rank - 1, count))
    }
    guard categories != old else { return departures = before }
    for move in moves { touch(move.id, things[move.id]) }
  }

  /// Makes a category for a folder, and gives it what it has not.
  mutating func takeCategory(_ path: String, note: String?, fields: [MetadataField] = []) {
    let id = make(path)
    if categories[id]?.note == nil { categories[id]?.note = note }
    if categories[id]?.fields == [] { categories[id]?.fields = fields }
  }

  /// Brings in what another held, as an archive of it says.
  mutating func merge(
    _ other: StoreModel, _ duplicates: Duplicates, at moment: (Moment) -> Int64
  ) throws(Refusal) {
    for (_, shelf) in other.categories.sorted(by: { $0.key < $1.key }) {
      takeCategory(shelf.path, note: shelf.note, fields: shelf.fields)
    }
    var (moves, ranks): ([Move], [Int64: Int64]) = ([], [:])
    var file = File(first: given.favourite + 1)
    file.uids = Set(other.things.values.compactMap(\.uid))
    for (_, shelf) in other.categories.sorted(by: { $0.key < $1.key }) {
      for (index, id) in shelf.ids.enumerated() {
        guard let thing = other.things[id] else { continue }
        var draft = try Self.draft(thing, in: shelf.path, at: moment)
        draft.rank = Int64(index + 1)
        try take(draft, duplicates, &moves, &ranks, of: &file)
      }
    }
    for (_, trashed) in other.trash.sorted(by: { $0.key < $1.key }) {
      guard let uid = trashed.thing.uid, !things.values.contains(where: { $0.uid == uid }),
        !trash.values.contains(where: { $0.thing.uid == uid })
      else { continue }
      let draft = try Self.draft(trashed.thing, in: trashed.categoryName, at: moment)
      try add(draft, .allow, &moves)
      try remove([given.favourite])
      trash[given.favourite]?.rank = trashed.rank
      trash[given.favourite]?.deleted = trashed.deleted
    }
    settle(ranks)
    make(moves)
  }

  private static func draft(
    _ thing: Thing, in path: String, at moment: (Moment) -> Int64
  ) throws(Refusal) -> Draft {
    var draft = Draft()
    (draft.title, draft.url, draft.note) = (thing.title, thing.url, thing.note)
    draft.category = try? CategoryPath.parse(path)
    draft.tags = thing.tags.values.compactMap { try? TagName.parse($0) }
    draft.values = Metadata(thing.metadata.map { Metadata.Entry($0, $1.given) })
    (draft.tellsTags, draft.tellsMetadata, draft.mustFit) = (true, true, false)
    draft.uid = thing.uid
    draft.createdAt = Timestamp(milliseconds: moment(thing.created))
    draft.modifiedAt = Timestamp(milliseconds: moment(thing.modified))
    draft.openedAt = thing.openedAt.map(Timestamp.init(milliseconds:))
    draft.opened = thing.opened
    return draft
  }
}
