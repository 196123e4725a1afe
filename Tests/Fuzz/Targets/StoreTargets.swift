import Host

@testable import Favourites

extension FuzzTarget {
  /// A file of favourites: opened for reading, listed in every order, searched, and looked over.
  static let store = FuzzTarget(name: "store", longest: 1 << 16) { bytes in
    try withFile(bytes, named: "favs.db") { path in
      do throws(StoreError) {
        try read(path)
        try inspect(path)
      } catch {
        // Refused; the words for it are exhaustive.
      }
    }
  }

  /// The same file, taken for a damaged one: what is got out of it makes a sound one.
  static let salvage = FuzzTarget(name: "salvage", longest: 1 << 16) { bytes in
    try withFile(bytes, named: "favs.db") { path in
      var store = try Store.inMemory(named: "salvaged.db")
      do throws(StoreError) {
        _ = try store.change(ChangeRequest(command: "doctor --salvage")) {
          (store) throws(StoreError) in try store.salvage(from: path)
        }
      } catch .unusable {
        // Nothing of favourites is in it.
        return
      }
      var rows = try store.rows(Selection(), ordering: Ordering(.rank), slice: .all)
      while let favourite = try rows.next(in: &store) { show(favourite) }
      let found = try store.change(ChangeRequest(command: "doctor", isRehearsal: true)) {
        (store) throws(StoreError) in try store.inspect()
      }.result
      for look in found {
        try BrokenLaw.unless(look.problem == nil, "\(look.check): \(look.problem ?? "")")
      }
    }
  }

  /// Gives bytes to a body as a file that is gone afterwards.
  static func withFile(_ bytes: [UInt8], named name: String, _ body: (String) throws -> Void) throws
  {
    let folder = try PrivateFolder(for: PrivateFolder.Use("fuzz") { _ in true })
    let path = folder.path + "/" + name
    let file = try File.createPrivate(at: path)
    try file.writeAll(bytes)
    try file.close()
    try body(path)
  }

  private static func read(_ path: String) throws(StoreError) {
    var store = try Store.reading(path)
    for ordering in Ordering.names.compactMap({ Ordering($0) }) {
      var rows = try store.rows(Selection(), ordering: ordering, slice: .run(limit: 5, after: nil))
      while let favourite = try rows.next(in: &store) { show(favourite) }
      if let cursor = try rows.nextCursor(in: store) {
        var rows = try store.rows(
          Selection(), ordering: ordering, slice: .run(limit: .max, after: cursor))
        while let favourite = try rows.next(in: &store) { show(favourite) }
      }
    }
    for text in ["dune", "dnue -tag:classic year:>1900", "category:books created:<2030"] {
      let keys = try store.metadataKeys()
      guard let query = Query.parse(text, metadataKeys: keys, now: now) else { continue }
      var selection = Selection()
      selection.search = try store.prepare(query)
      selection.search?.tellsHits = true
      var rows = try store.rows(selection, ordering: Ordering(.relevance), slice: .all)
      while let favourite = try rows.next(in: &store) { show(favourite) }
    }
    for category in try store.categories() { _ = category.schema?.fields.count }
    _ = try store.counts(by: .tag, of: Selection())
    let trash = try store.trashed(TrashQuery())
    while let favourite = try trash.next() { show(favourite) }
    for id: Int64 in 1...3 { _ = try? store.findSubject(String(id)) }
  }

  private static func inspect(_ path: String) throws(StoreError) {
    var store = try Store.writing(path)
    _ = try store.change(ChangeRequest(command: "doctor", isRehearsal: true)) {
      (store) throws(StoreError) in try store.inspect()
    }
  }

  /// Reads all that is told of a favourite.
  private static func show(_ favourite: Favourite) {
    var json = JSONWriter()
    favourite.write(FavouriteField.allCases, to: &json)
  }
}
