/// Folders that a file lists separately from their contents, each with the id of its parent.
struct FolderTable {
  private struct Entry {
    let name: String
    let parent: String?
    let note: String?
  }

  /// The deepest nesting of folders.
  static let deepest = 500

  private var entries: [String: Entry] = [:]
  private var order: [String] = []
  private var used: Set<String> = []

  /// Records a folder; the first one with a given id counts.
  mutating func add(_ id: String, name: String?, parent: String?, note: String?) {
    guard entries[id] == nil else { return }
    entries[id] = Entry(name: name ?? "", parent: parent, note: note)
    order.append(id)
  }

  /// The names from the outermost folder to this one; empty if it is unknown.
  ///
  /// A cycle, which no program creates, is cut where it would repeat.
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

  /// The folders with a note.
  mutating func described() -> [Folder] {
    order.compactMap { id in
      guard let note = entries[id]?.note else { return nil }
      return Folder(path(of: id), note: note)
    }
  }

  /// The empty folders: those whose path was never requested.
  mutating func unused() -> [Folder] {
    let left = order.filter { !used.contains($0) }
    // The parent of another folder need not be reported.
    let around = Set(left.compactMap { entries[$0]?.parent })
    return left.filter { !around.contains($0) }.map { Folder(path(of: $0)) }
  }
}
