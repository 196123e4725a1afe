internal import Favourites

extension Context {
  /// Prints existing favourites by id, in the given order.
  ///
  /// - Parameter isAsked: true if they are the result of the command, false if they only show what
  ///   it changed.
  mutating func show(
    _ ids: [Int64], in store: inout Store, _ options: OutputOptions, isAsked: Bool = false
  ) throws(Failure) {
    let form = isAsked || global.isVerbose ? ListSketch.Form.list : .touched
    var renderer = try FavouriteRenderer(options, self, form: form)
    try renderer.begin(enveloped: false, &output)
    try store.atOnce { (store) throws(Failure) in
      for id in ids {
        let found = try opened(store.favourite(id))
        if let found { try renderer.add(found, &output) }
      }
    }
    try renderer.finish(&output)
  }

  /// Prints favourites that were added in sequence; there may be very many.
  mutating func show(
    added ids: [Int64], in store: inout Store, _ options: OutputOptions
  ) throws(Failure) {
    guard let first = ids.min(), let last = ids.max(), last - first == Int64(ids.count) - 1 else {
      return try show(ids, in: &store, options)
    }
    let selection = Selection(.ids(first...last))
    var renderer = try FavouriteRenderer(
      options, self, form: global.isVerbose ? .list : .touched)
    try renderer.begin(enveloped: false, &output)
    var rows = try opened(store.rows(selection, ordering: Ordering(.id), slice: .all))
    while let favourite = try opened(rows.next(in: &store)) {
      try renderer.add(favourite, &output)
    }
    try renderer.finish(&output)
  }

  /// Prints a listing or a page of it; returns the number of favourites printed.
  mutating func list(
    _ selection: Selection, _ page: PageOptions, _ options: OutputOptions, usual: Ordering
  ) throws(Failure) -> Int {
    var store = try reading()
    return try list(selection, page, options, usual: usual, in: &store)
  }

  /// Prints a listing from an open store.
  ///
  /// - Parameter note: a further note, for the envelope.
  mutating func list(
    _ selection: Selection, _ page: PageOptions, _ options: OutputOptions, usual: Ordering,
    note: String? = nil, form: ListSketch.Form = .list, in store: inout Store
  ) throws(Failure) -> Int {
    var renderer = try FavouriteRenderer(options, self, form: form)
    var selection = selection
    if renderer.isSketch, selection.categories.count == 1 {
      renderer.show(try fields(of: selection.categories[0], in: store))
    }
    if renderer.marksHits { selection.search?.tellsHits = true }
    let size = try page.size(settings)
    let slice = try slice(page, isTable: renderer.isTable)
    let ordering = page.after?.ordering ?? page.ordering ?? usual
    if ordering.key == .relevance, page.after != nil, !selection.isRanked {
      throw Failure(.usage, "--after: the cursor belongs to a search")
    }
    if page.isEnveloped, !renderer.isArray {
      throw Failure(.usage, "--envelope requires --json")
    }
    try renderer.begin(enveloped: page.isEnveloped, &output)
    let next = try add(
      selection, ordering, slice, needsCursor: page.isEnveloped, to: &renderer, in: &store)
    let needsTotal = page.isEnveloped || (renderer.isTable && !output.isQuiet)
    let total =
      needsTotal ? try opened(store.count(selection)) : 0
    let (number, count) = (page.page ?? 1, renderer.count)
    try renderer.finish(&output) { json in
      json.member("total", total)
      let isPaged = if case .page = slice { true } else { false }
      json.member("page", isPaged ? number : nil)
      json.member("pages", isPaged ? (total + size - 1) / size : nil)
      json.member("per_page", isPaged ? size : nil)
      json.member("next", next?.text)
      if let note {
        json.member("note", note)
      }
    }
    if count == 0, !page.isSliced { try hintAtNames(in: selection, store) }
    if renderer.isTable {
      try footer(total, slice)
    }
    return count
  }

  /// The metadata fields of a category; none if it does not exist, which the listing itself will
  /// report.
  private func fields(
    of category: CategoryPath, in store: borrowing Store
  ) throws(Failure) -> [MetadataField] {
    try opened { () throws(StoreError) in
      do throws(StoreError) {
        return try store.category(category).schema?.fields ?? []
      } catch .noCategory {
        return []
      }
    }
  }

  /// Prints the rows of a listing; returns the cursor after them. Finishes reading before it
  /// returns, so that a slow reader of the output blocks no writer.
  private mutating func add(
    _ selection: Selection, _ ordering: Ordering, _ slice: Slice, needsCursor: Bool,
    to renderer: inout FavouriteRenderer, in store: inout Store
  ) throws(Failure) -> Cursor? {
    var rows = try opened(store.rows(selection, ordering: ordering, slice: slice))
    while let favourite = try opened(rows.next(in: &store)) {
      try renderer.add(favourite, &output)
    }
    return needsCursor ? try opened(rows.nextCursor(in: store)) : nil
  }

  /// The part of a listing to print: unless specified, a page on a terminal, and everything in a
  /// pipe.
  private func slice(_ page: PageOptions, isTable: Bool) throws(Failure) -> Slice {
    let isRun = page.after != nil || page.limit != nil
    if isRun, page.page != nil || page.perPage != nil {
      throw Failure(.usage, "--page and --per-page cannot be used with --after and --limit")
    }
    if let asked = page.ordering, let cursor = page.after, asked != cursor.ordering {
      throw Failure(
        .usage, "--after: the cursor belongs to a list sorted by '\(cursor.ordering.text)'")
    }
    if isRun {
      let usual = isTable ? try page.size(settings) : .max
      return .run(limit: page.limit ?? usual, after: page.after)
    }
    guard isTable || page.isSliced || page.isEnveloped else { return .all }
    return .page(number: page.page ?? 1, size: try page.size(settings))
  }

  private mutating func footer(_ total: Int64, _ slice: Slice) throws(Failure) {
    let things = counted(favourites: Int(total))
    guard case .page(let number, let size) = slice, total > 0 else {
      return try output.note(things)
    }
    try footer(page: number, of: total, by: size, things)
  }

  /// Prints the line below a page.
  ///
  /// - Parameters:
  ///   - total: how many things all pages have.
  ///   - size: how many a page has.
  mutating func footer(
    page number: Int64, of total: Int64, by size: Int64, _ things: String
  ) throws(Failure) {
    let line = footerLine(page: number, of: max(1, (total + size - 1) / size), things)
    try output.note(laidOut: output.style.dim(line))
  }

  /// `Page 1 of 2 · 21 favourites · next: favs list --page 2`.
  func footerLine(page number: Int64, of pages: Int64, _ things: String) -> String {
    guard number <= pages else {
      return "Page \(number) is empty: the last is \(pages) · \(things)"
    }
    let next = number < pages ? " · next: \(words.line(page: number + 1))" : ""
    return "Page \(number) of \(pages) · \(things)\(next)"
  }
}
