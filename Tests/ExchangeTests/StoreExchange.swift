import Favourites

@testable import Exchange

/// The favourites of a file in a format.
func exported(_ path: String, as format: ExportFormat) throws -> [UInt8] {
  var store = try Store.reading(path)
  let context = ExportContext(
    categories: try store.categories(), tellsEmptyCategories: true,
    latest: try store.latestModification())
  var writer = format.writer(context)
  var bytes: [UInt8] = []
  writer.begin(into: &bytes)
  var rows = try store.rows(Selection(), ordering: Ordering(.rank), slice: .all)
  while let favourite = try rows.next(in: &store) { writer.write(favourite, into: &bytes) }
  writer.end(into: &bytes)
  return bytes
}

/// Takes bytes of a format, or of one that is found by itself, into a file; gives what could not be
/// kept.
func imported(
  _ bytes: [UInt8], into path: String, as name: String? = nil
) throws -> [String] {
  var input = ForeignFile(bytes)
  let sniffed = Format.of(Sniff(try input.prefix(), path: nil))
  guard let format = name.map(Format.named) ?? sniffed else { return ["no format"] }
  var items: [ImportedItem] = []
  try format.read(&input, ReadingOptions()) { item, _ in
    items.append(item)
  }
  var problems: [String] = []
  var store = try Store.writing(path)
  _ = try store.change(ChangeRequest(command: "import")) { (store) throws(StoreError) in
    var order = ImportOrder()
    for item in items {
      do throws(UnusableBookmark) {
        switch item {
        case .draft(let draft): try take(draft, in: &store, &order)
        case .bookmark(let bookmark):
          try take(bookmark.draft(folders: .category, into: nil), in: &store, &order)
        case .folder(let folder):
          let path = try folder.category(into: nil)
          if let path { try? store.takeCategory(path, note: folder.note) }
        case .unreadable(let reason): problems.append(reason)
        case .leftOut, .passedOver: break
        }
      } catch {
        problems.append(error.reason)
      }
    }
    try store.settle(order)
  }
  return problems
}

private func take(
  _ draft: Draft, in store: inout Store, _ order: inout ImportOrder
) throws(UnusableBookmark) {
  do throws(StoreError) {
    _ = try store.take(PreparedDraft(draft), duplicates: .skip, order: &order)
  } catch {
    throw UnusableBookmark(reason: "\(error)")
  }
}
