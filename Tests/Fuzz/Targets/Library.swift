@testable import Exchange
@testable import Favourites

/// Favourites as an empty store would hold them after an import, without the store.
struct Library {
  private(set) var favourites: [Favourite] = []
  private(set) var categories: [Favourites.Category] = []

  /// The favourites that items of a file become; what breaks a rule is left out.
  init(_ items: [ImportedItem]) {
    var paths: [String: CategoryPath] = [:]
    var kept: [(path: CategoryPath, favourite: Favourite)] = []
    for item in items {
      guard let draft = Self.draft(item),
        var favourite = try? Self.favourite(draft, number: kept.count + 1)
      else { continue }
      let path = Self.path(draft.category ?? .inbox, &paths)
      favourite.category = path.text
      kept.append((path, favourite))
    }
    // The order of the tree; in a category, that of the file. Sorting keeps what is equal in its
    // order.
    let order = kept.indices.sorted { (first, second) in
      let (a, b) = (kept[first].path.sortKey.utf8, kept[second].path.sortKey.utf8)
      return a.elementsEqual(b) ? first < second : a.lexicographicallyPrecedes(b)
    }
    for index in order {
      var favourite = kept[index].favourite
      let isFirst = favourites.last?.category.utf8.elementsEqual(favourite.category.utf8) != true
      favourite.rank = isFirst ? 1 : (favourites.last?.rank ?? 0) + 1
      favourites.append(favourite)
    }
    categories = paths.values.sorted {
      $0.sortKey.utf8.lexicographicallyPrecedes($1.sortKey.utf8)
    }.enumerated().map { Self.category($1, id: Int64($0 + 1)) }
  }

  /// All favourites in favs' own JSON, for comparing.
  var lines: [UInt8] { written(as: .jsonl) }

  /// All favourites in a format.
  func written(as format: ExportFormat) -> [UInt8] {
    var writer = format.writer(
      ExportContext(categories: categories, tellsEmptyCategories: true, latest: now))
    var bytes: [UInt8] = []
    writer.begin(into: &bytes)
    for favourite in favourites { writer.write(favourite, into: &bytes) }
    writer.end(into: &bytes)
    return bytes
  }

  private static func draft(_ item: ImportedItem) -> Draft? {
    switch item {
    case .draft(let draft): draft
    case .bookmark(let bookmark): try? bookmark.draft(folders: .category, into: nil)
    case .folder, .unreadable, .leftOut, .passedOver: nil
    }
  }

  private static func favourite(_ draft: Draft, number: Int) throws -> Favourite {
    var names: [TagName] = []
    for tag in draft.tags
    where !names.contains(where: { $0.key.utf8.elementsEqual(tag.key.utf8) }) { names.append(tag) }
    names.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    guard names.count <= Limits.tagsPerFavourite else {
      throw InvalidValue(field: "tags", reason: "are too many")
    }
    try draft.values.checkCount()
    let created = draft.createdAt ?? now
    return Favourite(
      id: Int64(number), uid: draft.uid ?? UID(high: 0x7000, low: UInt64(number)),
      title: try draft.resolvedTitle(), url: try Draft.checkedURL(draft.url),
      note: try Draft.checkedNote(draft.note), category: "", rank: 0,
      tagsJSON: JSONText.array(names.map(\.text)) ?? "[]",
      metadataJSON: draft.values.stored ?? "{}", createdAt: created,
      modifiedAt: draft.modifiedAt ?? created, openedAt: draft.openedAt, opened: draft.opened)
  }

  /// A category in the spelling that it and those above it have already.
  private static func path(
    _ path: CategoryPath, _ paths: inout [String: CategoryPath]
  ) -> CategoryPath {
    if let known = paths[path.key] { return known }
    var spelled = path
    if let parent = path.parent, let last = path.components.last,
      let joined = try? CategoryPath.parse(Self.path(parent, &paths).text + "/" + last)
    {
      spelled = joined
    }
    paths[path.key] = spelled
    return spelled
  }

  private static func category(_ path: CategoryPath, id: Int64) -> Favourites.Category {
    Favourites.Category(
      id: id, uid: UID(high: 0x7001, low: UInt64(id)), name: path.text, note: nil, schema: nil,
      count: 0, total: 0, createdAt: now, modifiedAt: now, deletedAt: nil)
  }
}
