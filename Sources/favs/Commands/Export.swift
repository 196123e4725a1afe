internal import Exchange
internal import Favourites
internal import Host

/// Exports favourites in a format that other programs read.
struct Export: Command {
  static let synopsis = Synopsis<Self>(
    "Export favourites",
    details: [
      "Writes to standard output or to FILE, which appears only once it is complete. The format "
        + "is --format's, or that of FILE's extension, or jsonl.",
      "Favourites are written by category and rank; the same favourites give the same bytes. Ids "
        + "are left out, since each database assigns its own; uids identify favourites elsewhere. "
        + "favs first reports what a format cannot store.",
      "CSV and TSV keep every cell as it is, and a spreadsheet may run a cell that starts with =, "
        + "+, - or @ as a formula. Import such columns as text.",
      "--full writes everything as JSON lines. Imported into an unused database, it gives the "
        + "same database, with ids and history; elsewhere, new entries are added by uid as one "
        + "change, without history.",
      "html is one page with a search of its own. It holds metadata, uids and how often you opened "
        + "each; --plain leaves these out of a page for others.",
      "Formats: \(ExportFormat.all.map { "\($0.name) (\($0.summary))" }.joined(separator: "; ")).",
    ],
    operands: .optional("FILE|-", .file),
    options: [
      .read(
        "format", nil, "FORMAT", "output format", \.format,
        .choices(ExportFormat.all.map(\.name)), by: Value.exportFormat),
      .flag(
        "full", nil, "everything, including categories, trash and history", \.isFull),
      .flag("plain", nil, "html without metadata and counts of openings", \.isPlain),
    ] + SelectionOptions.options.lifted(to: \.selection),
    examples: [
      Example("favs export favourites.jsonl", "export everything, for a backup or git"),
      Example("favs export -c links --format urls", "export the links of one category"),
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["import", "list"])

  var operands: [String] = []
  var global = GlobalOptions()
  var format: ExportFormat?
  var isFull = false
  var isPlain = false
  var selection = SelectionOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let path = operands.first.flatMap { $0 == "-" ? nil : $0 }
    if let path {
      try check(path, context)
      // A missing database must not replace an earlier export.
      try context.file.requireFile(for: "export")
    }
    guard !isFull else { return try exportAll(to: path, &context) }
    // With FILE, --json asks for the report.
    let named = global.isJSON && path == nil ? ExportFormat.named("json") : nil
    let asked = format ?? path.flatMap(ExportFormat.of(path:)) ?? named ?? .jsonl
    guard !isPlain || asked.name == ExportFormat.plainHTML.name else {
      throw Failure(
        .usage, "--plain is for html, not for \(asked.name)", hint: "add --format html")
    }
    let format = isPlain ? .plainHTML : asked
    let selection = try selection.selection(at: context.now)
    var store = try context.reading()
    try warn(of: format, selection, in: &store, &context)
    let reading = context
    let count = try ExportSink.fill(path, &context.output) { (sink) throws(Failure) in
      try write(format, selection, in: &store, reading, to: &sink)
    }
    try tell(count, format.name, path, &context)
    return .done
  }

  /// Throws if the export would replace a database, a backup, or a file that belongs to one.
  private func check(_ path: String, _ context: Context) throws(Failure) {
    try context.opened(Store.checkTarget(path))
    guard try context.opened(Store.isDatabase(path)) else {
      return
    }
    throw Failure(
      .conflict, "'\(path)' is a database, and the export would replace it",
      hint: "name another file; favs backup copies the database")
  }

  /// Writes an archive.
  private func exportAll(to path: String?, _ context: inout Context) throws(Failure) -> ExitCode {
    let selection = try selection.selection(at: context.now)
    guard format == nil, !isPlain, selection.isEmpty else {
      throw Failure(
        .usage,
        "--full exports everything in its own format: it takes no filters, --format or --plain")
    }
    let store = try context.reading()
    let reading = context
    let count = try ExportSink.fill(path, &context.output) { (sink) throws(Failure) in
      var bytes: [UInt8] = []
      var rows = store.archive()
      while let line = try reading.opened(rows.next(in: store)) {
        bytes += line
        if bytes.count >= ExportSink.pieceSize { try sink.write(&bytes) }
      }
      try sink.write(&bytes)
      return try reading.opened(store.countAll())
    }
    try tell(count, "full", path, &context)
    return .done
  }

  /// Reports what is in the file. What went to standard output needs no report.
  private func tell(
    _ count: Int, _ format: String, _ path: String?, _ context: inout Context
  ) throws(Failure) {
    guard let path else { return }
    context.deed = .file(path)
    guard global.isJSON else {
      let things = counted(favourites: count)
      return try context.output.note("\(things) in \(Escaping.forTerminal(path))")
    }
    var json = JSONWriter()
    json.beginObject()
    json.member("path", path)
    json.member("format", format)
    json.member("favourites", Int64(count))
    json.endObject()
    json.newline()
    try context.output.write(json.bytes)
  }

  /// Reports what the format cannot represent.
  private func warn(
    of format: ExportFormat, _ selection: Selection, in store: inout Store,
    _ context: inout Context
  ) throws(Failure) {
    let categories = try context.opened { () throws(StoreError) in try store.categories() }
    let affected = categories.filter { category in
      format.losses.contains { $0.concerns(category) }
    }
    let ofFavourites = format.losses.filter { !$0.isOfCategories }
    var counts: [Loss: Int] = [:]
    var holding: Set<[UInt8]> = []
    if !ofFavourites.isEmpty || !affected.isEmpty && !selection.isEmpty {
      var last = ""
      try each(selection, in: &store, context) { (favourite) throws(Failure) in
        if favourite.category != last {
          last = favourite.category
          holding.formUnion(Self.beginnings(of: last))
        }
        for loss in ofFavourites where loss.concerns(favourite) {
          counts[loss, default: 0] += 1
          // A favourite that is left out is counted only once.
          if loss == .favouriteWithoutURL { break }
        }
      }
    }
    for category in affected
    where selection.isEmpty || holding.contains(Array(category.name.utf8)) {
      for loss in format.losses where loss.concerns(category) { counts[loss, default: 0] += 1 }
    }
    let lost = format.losses.compactMap { loss in counts[loss].map(loss.text) }
    guard !lost.isEmpty else { return }
    try context.output.note("\(format.name) drops \(lost.joined(separator: ", "))")
    guard counts.keys.contains(where: \.isOfCategories) else { return }
    try context.output.note("hint: favs export --full keeps the categories as they are")
  }

  /// The paths of a category and of those around it.
  private static func beginnings(of path: String) -> [[UInt8]] {
    let bytes = Array(path.utf8)
    return bytes.indices.filter { bytes[$0] == 0x2F }.map { Array(bytes[..<$0]) } + [bytes]
  }

  private func write(
    _ format: ExportFormat, _ selection: Selection, in store: inout Store, _ context: Context,
    to sink: inout ExportSink
  ) throws(Failure) -> Int {
    let about = try context.opened { () throws(StoreError) in
      ExportContext(
        categories: try store.categories(), tellsEmptyCategories: selection.isEmpty,
        latest: try store.latestModification())
    }
    var writer = format.writer(about)
    let leavesOut = format.losses.contains(.favouriteWithoutURL)
    var bytes: [UInt8] = []
    var count = 0
    writer.begin(into: &bytes)
    try each(selection, in: &store, context) { (favourite) throws(Failure) in
      writer.write(favourite, into: &bytes)
      if !leavesOut || !Loss.favouriteWithoutURL.concerns(favourite) { count += 1 }
      if bytes.count >= ExportSink.pieceSize { try sink.write(&bytes) }
    }
    writer.end(into: &bytes)
    try sink.write(&bytes)
    return count
  }

  private func each(
    _ selection: Selection, in store: inout Store, _ context: Context,
    _ body: (Favourite) throws(Failure) -> Void
  ) throws(Failure) {
    var rows = try context.opened(store.rows(selection, ordering: Ordering(.rank), slice: .all))
    while let favourite = try context.opened(rows.next(in: &store)) {
      try body(favourite)
    }
  }
}
