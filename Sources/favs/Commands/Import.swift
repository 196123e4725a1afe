internal import Exchange
internal import Favourites
internal import Host

/// Imports favourites from a file.
struct Import: Command {
  static let synopsis = Synopsis<Self>(
    "Import favourites from a file or browser",
    details: [
      "The format is recognised by content: \(Format.all.map(\.name).joined(separator: ", ")). "
        + "'-' reads standard input. --from finds the files of a program, which may be running.",
      "Another favs database, such as a conflict copy from a synchronised folder, is merged by "
        + "uid, like the output of favs export --full.",
      "From favs' own JSON, uids, dates, ranks and counts are kept, and ids are assigned. From "
        + "other formats, folders become categories, and fields that favs does not have become "
        + "metadata.",
      "The columns title, url, note, category, tags, created_at, modified_at, opened_at and "
        + "opened of a table are recognised under these and other common names; --map names a "
        + "column for a field. All other columns become metadata. JSON objects are read as a table "
        + "with their keys as columns; nested keys are joined, as in repo.name. Lines above a "
        + "table's header are skipped; --header says which line it is.",
      "A favourite with a known uid or URL is a duplicate. Prints what was done with each "
        + "favourite. The import is one change, or none at all. What cannot be imported is "
        + "reported and skipped, and the exit code is 1.",
    ],
    operands: .optional("FILE|-", .file),
    options: [
      .read(
        "from", nil, "PROGRAM", "import from this browser, or from buku", \.source,
        .choices(Browser.allCases.map(\.rawValue)), by: Value.choice(Browser.self)),
      .read(
        "into", nil, "PATH", "import below this category", \.target, .category,
        by: Value.newCategory),
      .read(
        "folders", nil, "USE", "what folders become: category, tags or ignore", \.folders,
        .choices(FolderUse.allCases.map(\.rawValue)), by: Value.choice(FolderUse.self)),
      .readEach(
        "tag", "t", "TAG", "tags for each, separated by commas; may be repeated", \.tags,
        .tags(signs: "+"),
        by: Value.newTags),
      .read(
        "on-duplicate", nil, "WHAT", "what to do with duplicates: skip, update or keep",
        \.duplicates,
        .choices(OnDuplicate.allCases.map(\.rawValue)), by: Value.choice(OnDuplicate.self)),
      .read(
        "format", nil, "FORMAT", "read the file as this format", \.format,
        .choices(Format.all.map(\.name)), by: Value.format),
      .readList(
        "map", nil, "FIELD=COLUMN", "use this column for a field; may be repeated", \.columns,
        by: Value.column),
      .read(
        "header", nil, "LINE", "the line number of a table's header", \.headerLine,
        by: Value.positive),
      .flag("clean", nil, "remove tracking parameters from links", \.isCleaning),
      .flag("strict", nil, "import nothing if anything cannot be imported", \.isStrict),
    ] + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example("favs import books.jsonl", "import the output of favs list --format jsonl"),
      Example(
        "favs import --from firefox --into firefox", "import Firefox's bookmarks into firefox"),
      Example(
        "favs import films.csv --map title=Film",
        "import a table with its titles in the column Film"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
      .invalidInput,
    ],
    seeAlso: ["add", "list"])

  /// How to handle duplicates.
  enum OnDuplicate: String, CaseIterable, Sendable {
    case skip, update, keep
  }

  static let makesFile = true

  var operands: [String] = []
  var global = GlobalOptions()
  var source: Browser?
  var target: CategoryPath?
  var folders: FolderUse?
  var tags: [TagName] = []
  var duplicates: OnDuplicate?
  var format: Format?
  var columns: [ColumnMapping] = []
  var headerLine: Int64?
  var isCleaning = false
  var isStrict = false
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let sources = try sources()
    let path = sources.files[0]
    let name = Self.name(of: path)
    var input = try context.waiting { () throws(Failure) in try Self.open(path) }
    let sniff = try sniff(&input, named: name)
    if let binary = sniff.binary { throw Failure(binary, path) }
    let isDatabase = format == nil && sniff.isFavsDatabase && path != "-"
    let isArchive = isDatabase || (format == nil && sniff.isArchive)
    let format = isArchive ? nil : try format(of: sniff, named: name)
    let options = try readingOptions(format)
    if !write.isRehearsal {
      ForeignCopies.sweep()
      try backUp(before: input.progress.size ?? 0, context)
    }
    let report: ImportReport
    if let format {
      report = try take(&input, as: format, options, of: sources, in: &context)
    } else if isDatabase {
      var archive = try DatabaseArchive.make(of: path)
      report = try ArchiveImport(self, name: name).run(&archive, in: &context)
    } else {
      report = try ArchiveImport(self, name: name).run(&input, in: &context)
    }
    return report.isComplete ? .done : .incomplete
  }

  /// How to handle duplicates, as the library names it.
  var handling: Duplicates {
    switch duplicates ?? .skip {
    case .skip: .skip
    case .update: .update
    case .keep: .allow
    }
  }

  private func take(
    _ input: inout ForeignFile, as format: Format, _ options: ReadingOptions,
    of sources: ImportSources.Found, in context: inout Context
  ) throws(Failure) -> ImportReport {
    let name = Self.name(of: sources.files[0])
    // Reads and prepares everything before the database is locked.
    let ahead = try readAhead(&input, as: format, options, named: name)
    var further: [FurtherFile] = []
    for path in sources.files.dropFirst() { further.append(try readFurther(path, options)) }
    return try context.change(write, isLarge: true, runsOnce: true) { (store) throws(Failure) in
      var work = ImportWork(
        self, name: name,
        progress: Progress(
          input.progress, of: "favourites", total: ahead.isWhole ? ahead.items.count : nil,
          isQuiet: global.isQuiet))
      defer { work.progress.end() }
      for item in ahead.items { work.expect(item) }
      try each(prepared: ahead, of: &input, as: format, options, named: name) {
        (thing) throws(Failure) in
        try work.take(thing, in: &store)
      }
      work.report.take(input.remarks, of: name)
      for file in further { try take(file, options, by: &work, into: &store) }
      for path in sources.encrypted {
        work.report.remark(
          "is encrypted by its browser; export it as HTML in the browser", at: nil, in: path,
          isLoss: true)
      }
      if work.report.isEmpty, input.consumed > 0 || !further.isEmpty {
        work.report.remark("no favourites found in it", at: nil, in: name, isLoss: false)
      }
      try Failure.of(store.path, store.settle(work.order))
      if isStrict, let loss = work.report.firstLoss { throw Self.refusal(loss) }
      return work.report
    } show: { (_, context, report) throws(Failure) in
      try report.tell(&context)
    }
  }

  /// Reads a file; keeps its contents in memory or, if they are too large, rewinds the file or does
  /// not begin with it. With `--strict`, reads it to the end first, and throws at the first
  /// problem.
  func readAhead(
    _ input: inout ForeignFile, as format: Format, _ options: ReadingOptions, named name: String
  ) throws(Failure) -> ReadAhead<ImportWork.Prepared> {
    var ahead =
      ReadAhead<ImportWork.Prepared>(ofSize: isStrict ? nil : input.progress.size)
    guard ahead.isWhole else { return ahead }
    var progress = Progress(input.progress, of: "favourites", isQuiet: global.isQuiet)
    defer { progress.end() }
    var count = 0
    try each(of: &input, as: format, options, named: name) { (thing) throws(Failure) in
      if isStrict, case .problem(let reason, let location) = thing {
        throw Self.refusal("\(name): \(location.text): \(reason)")
      }
      ahead.keep(thing, size: thing.approximateSize)
      count += 1
      progress.note(count)
      return ahead.isWhole || isStrict
    }
    if !ahead.isWhole { try input.rewind(called: name) }
    return ahead
  }

  /// Passes the items of a file to `body` in order, with all work done that needs no database. A
  /// second thread does that work, and reads the rest of the file if it is not in memory.
  func each(
    prepared ahead: ReadAhead<ImportWork.Prepared>, of input: inout ForeignFile,
    as format: Format, _ options: ReadingOptions, named name: String,
    _ body: (ImportWork.Prepared) throws(Failure) -> Void
  ) throws(Failure) {
    try ahead.each(
      of: &input, isParallel: !format.opensDatabases, preparing: { $0.preparing(by: &$1) },
      reading: { (input, put) throws(Failure) in
        try each(of: &input, as: format, options, named: name, put)
      }, body)
  }

  /// Reads a file and prepares its items one by one.
  ///
  /// - Parameter body: takes an item; returns false to stop.
  func each(
    of input: inout ForeignFile, as format: Format, _ options: ReadingOptions,
    named name: String, _ body: (ImportWork.Prepared) throws(Failure) -> Bool
  ) throws(Failure) {
    do throws(ReadingError<Ending>) {
      try format.read(&input, options) { (item, location) throws(Ending) in
        guard let thing = ImportWork.prepared(item, at: location, for: self) else { return }
        let goesOn: Bool
        do throws(Failure) {
          goesOn = try body(thing)
        } catch {
          throw .failure(error)
        }
        if !goesOn { throw .enough }
      }
    } catch {
      switch error {
      case .file(let error): throw Failure(error, in: name)
      case .taker(.failure(let failure)): throw failure
      case .taker(.enough): break
      }
    }
  }

  /// Why reading stopped before the end.
  private enum Ending: Error {
    case enough
    case failure(Failure)
  }

  /// The name of a file in messages.
  private static func name(of path: String) -> String { path == "-" ? "standard input" : path }

  private static func refusal(_ problem: String) -> Failure {
    Failure(
      .invalidInput, problem,
      hint: "nothing was imported; without --strict, the rest would be")
  }

  /// Makes a backup first, unless the import is small and the database large: that would wait for
  /// seconds although `undo` takes an instant.
  private func backUp(before size: Int64, _ context: Context) throws(Failure) {
    let there: Int64
    do throws(HostError) {
      there = try FileStatus.of(context.file.path, followingLinks: true)?.size ?? 0
    } catch {
      throw Failure(.host(error), path: context.file.path)
    }
    guard there > 0, there <= Self.quicklyCopied || size >= there / 20 else { return }
    try context.file.backUp(.importing)
  }

  /// The size of a database that is backed up in an instant, in bytes.
  private static let quicklyCopied: Int64 = 16 << 20

  /// The file named on the command line, or the files found for `--from`.
  private func sources() throws(Failure) -> ImportSources.Found {
    switch (operands.first, source) {
    case (let path?, nil): return ImportSources.Found(files: [path])
    case (nil, let source?): return try ImportSources.files(of: source)
    case (nil, nil):
      throw Failure(
        .usage, "'import' needs FILE|- or --from", hint: "favs help import shows its usage")
    case (.some, .some):
      throw Failure(.usage, "'import' takes FILE|- or --from, not both")
    }
  }

  /// The options for reading the file; an archive, which has no format, accepts none.
  private func readingOptions(_ format: Format?) throws(Failure) -> ReadingOptions {
    var options = ReadingOptions()
    for mapping in columns {
      guard options.columns[mapping.field.rawValue] == nil else {
        throw Failure(.usage, "--map names two columns for \(mapping.field.rawValue)")
      }
      guard !options.columns.values.contains(mapping.column) else {
        throw Failure(.usage, "--map names '\(mapping.column)' for two fields")
      }
      options.columns[mapping.field.rawValue] = mapping.column
    }
    guard columns.isEmpty || format?.takesColumns ?? false else {
      throw Failure(
        .usage, "--map works with tables, and this is \(format?.name ?? "an archive")",
        hint: "--format csv reads it as a table")
    }
    guard headerLine == nil || format?.isTable ?? false else {
      throw Failure(
        .usage, "--header works with tables, and this is \(format?.name ?? "an archive")",
        hint: "--format csv reads it as a table")
    }
    options.headerLine = headerLine.map { Int(clamping: $0) }
    return options
  }

  static func open(_ path: String) throws(Failure) -> ForeignFile {
    let file: File
    do throws(UnusableInput) {
      file = try File.input(path).settled()
    } catch .host(let error) {
      throw Failure(
        error.isNotFound ? .notFound : .inputOutput, "cannot open '\(path)': \(error.reason)",
        systemError: error.code)
    } catch {
      throw Failure(error, in: path == "-" ? "standard input" : "'\(path)'")
    }
    do {
      return try ForeignFile(file, path: path == "-" ? nil : path)
    } catch {
      throw Failure(error, in: path)
    }
  }

  func sniff(
    _ input: inout ForeignFile, named name: String
  ) throws(Failure) -> Sniff {
    do throws(ExchangeError) {
      return Sniff(try input.prefix(), path: input.path)
    } catch {
      throw Failure(error, in: name)
    }
  }

  func format(of sniff: Sniff, named name: String) throws(Failure) -> Format {
    if let format { return format }
    let found = Format.of(sniff)
    if headerLine != nil, !(found?.isTable ?? false), sniff.mayBeTable,
      let table = Format.named("csv")
    {
      return table
    }
    guard let found else {
      // A file with named columns must be a table.
      if !columns.isEmpty, let table = Format.named("csv") { return table }
      // Apart from databases, all formats are text.
      if let location = sniff.invalidLocation {
        throw Failure(
          .invalidInput, "\(name): \(location.text): not valid UTF-8",
          hint: "favs help formats lists formats; iconv converts encodings")
      }
      throw Failure(
        .invalidInput, "\(name): unknown format",
        hint: "favs help formats lists formats; --format names one")
    }
    return found
  }
}
