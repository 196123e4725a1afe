@testable import Favourites

// The same thing twice.

extension StoreModel {
  /// Makes one of each group of things that are the same.
  mutating func mergeDuplicates(onlySameLinks: Bool) throws(Refusal) {
    let old = categories
    var gone: [Int64] = []
    for group in duplicates(onlySameLinks: onlySameLinks) {
      guard var thing = things[group[0]] else { continue }
      var notes = [thing.note]
      for id in group.dropFirst() {
        guard let other = things[id] else { continue }
        if Self.isStandIn(thing), !Self.isStandIn(other) { thing.title = other.title }
        if let note = other.note, !notes.contains(note) {
          thing.note = thing.note.map { $0 + "\n\n" + note } ?? note
          notes.append(note)
        }
        thing.tags.merge(other.tags) { own, _ in own }
        thing.metadata.merge(other.metadata) { own, _ in own }
        thing.opened += other.opened
        thing.openedAt = [thing.openedAt, other.openedAt].compactMap { $0 }.max()
        discard(id, from: old)
        gone.append(id)
      }
      if thing != things[group[0]] { touch(group[0], thing) }
    }
    take(gone)
  }

  private mutating func discard(_ id: Int64, from old: [Int64: Shelf]) {
    guard var thing = things.removeValue(forKey: id),
      let (home, shelf) = old.first(where: { $0.value.ids.contains(id) }),
      let index = shelf.ids.firstIndex(of: id)
    else { return }
    thing.change = now
    trash[id] = Trashed(
      thing: thing, category: home, categoryName: shelf.path, rank: index + 1,
      deleted: .change(now))
  }

  /// The ids of each group, those created first in front.
  func duplicates(onlySameLinks: Bool) -> [[Int64]] {
    var groups: [String: [Int64]] = [:]
    for (id, thing) in things {
      if let url = thing.url {
        groups["\(onlySameLinks ? Self.link(url) : Self.page(url))", default: []].append(id)
      } else if !onlySameLinks, let home = home(of: id) {
        groups["\(home) \(thing.title.lowercased()) \(disputed(id))", default: []].append(id)
      }
    }
    return groups.values.filter { $0.count > 1 }.map { ids in
      ids.sorted { one, other in
        guard let (first, second) = both(things[one], things[other]) else { return false }
        return (first.created, one) < (second.created, other)
      }
    }
  }

  private func both<Value>(_ one: Value?, _ other: Value?) -> (Value, Value)? {
    guard let one, let other else { return nil }
    return (one, other)
  }

  /// Whether a thing is called as its link would be.
  private static func isStandIn(_ thing: Thing) -> Bool {
    thing.url.map { title(fromURL: $0) == thing.title } ?? false
  }

  /// What two URLs of the samples have in common when they lead to one page.
  private static func page(_ url: String) -> String {
    var page = link(url)
    for start in ["http://m.", "https://"] where page.hasPrefix(start) {
      page = "page " + page.dropFirst(start.count)
    }
    return page
  }

  /// What a thing without a link says of what those of its title and category do not agree on.
  private func disputed(_ id: Int64) -> String {
    guard let thing = things[id], let home = home(of: id) else { return "" }
    let namesakes = (categories[home]?.ids ?? []).compactMap { things[$0] }.filter {
      $0.url == nil && $0.title.lowercased() == thing.title.lowercased()
    }
    let said = thing.metadata.filter { key, _ in
      Set(namesakes.compactMap { $0.metadata[key]?.text }).count > 1
    }
    return said.map { "\($0)=\($1.text)" }.sorted().joined(separator: " ")
  }
}
