/// Folders that a file lists beside what stands in them, each with the id of the one that it stands in.
struct FolderTable {
  private struct Entry {
    let name: String
    let parent: String?
    let note: String?
  }

  /// How deep folders may stand in each other.
  static let deepest = 500

  private var entries: [String: Entry] = [:]
  private var order: [String] = []
  private var used: Set<String> = []

  /// Takes down a folder; of an id that comes twice, the first counts.
  mutating func add(_ id: String, name: String?, parent: String?, note: String?) {
    guard entries[id] == nil else { return }
    entries[id] = Entry(name: name ?? "", parent: parent, note: note)
    order.append(id)
  }

  /// The names from the outermost folder to this one; empty for one that is not known.
  ///
  /// Folders that stand in each other, which no program makes, end where they would begin again.
  mutating func path(of id: String) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    var next: String? = id
    while let current = next, let entry = entries[current], seen.insert(current).inserted,
      names.count < Self.deepest
    {
      used.insert(current)
      names.append(entry.name)
      next = entry.parent
    }
    return names.reversed()
  }

  /// The folders that have a note.
  mutating func described() -> [Folder] {
    order.compactMap { id in
      guard let note = entries[id]?.note else { return nil }
      return Folder(path(of: id), note: note)
    }
  }

  /// The folders that nothing stands in: those of which no path was asked for.
  mutating func unused() -> [Folder] {
    let left = order.filter { !used.contains($0) }
    // One that stands around another need not be told of.
    let around = Set(left.compactMap { entries[$0]?.parent })
    return left.filter { !around.contains($0) }.map { Folder(path(of: $0)) }
  }
}
