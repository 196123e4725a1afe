internal import Exchange
internal import Favourites

/// Imports the output of `export --full`: unchanged if the database has never held anything,
/// otherwise as one change.
struct ArchiveImport {
  private let command: Import
  private let name: String

  init(_ command: Import, name: String) {
    self.command = command
    self.name = name
  }

  /// Imports a file.
  func run(
    _ input: inout ForeignFile, in context: inout Context
  ) throws(Failure) -> ImportReport {
    guard command.target == nil, command.folders == nil, command.tags.isEmpty, !command.isCleaning
    else {
      throw Failure(
        .usage, "\(name) is a full export, which is imported as it is",
        hint: "leave out --into, --folders, --tag and --clean")
    }
    // favs wrote the file, so an invalid byte means damage.
    input.isStrict = true
    // Reads and checks everything before the database is locked.
    var merge = ArchiveMerge(duplicates: command.handling)
    let ahead = try readAhead(&input, for: &merge)
    return try isUntouched(context)
      ? load(ahead, &input, in: &context) : self.merge(merge, ahead, &input, in: &context)
  }

  private func isUntouched(_ context: Context) throws(Failure) -> Bool {
    let store = try context.reading()
    return try context.opened(store.isUntouched())
  }

  private func load(
    _ ahead: ReadAhead<NumberedRow>, _ input: inout ForeignFile, in context: inout Context
  ) throws(Failure) -> ImportReport {
    var count = 0
    try context.load(command.write) { (store) throws(Failure) in
      try each(ahead, &input) { (row) throws(StoreError) in
        try store.load(row)
        if row.isFavourite { count += 1 }
      }
    }
    if command.global.isJSON { try context.output.write("[]\n") }
    let told =
      "\(counted(favourites: count)), with their whole history"
    try context.tell(Told(done: told, would: "would import \(told)"))
    return ImportReport(command.global)
  }

  private func merge(
    _ prepared: ArchiveMerge, _ ahead: ReadAhead<NumberedRow>, _ input: inout ForeignFile,
    in context: inout Context
  ) throws(Failure) -> ImportReport {
    var left = 0
    return try context.change(command.write, isLarge: true, runsOnce: true) {
      (store) throws(Failure) in
      var merge = prepared
      var report = ImportReport(command.global)
      left = 0
      try each(ahead, &input) { (row) throws(StoreError) in
        guard let (addition, draft) = try merge.take(row, in: &store) else { return }
        report.note(addition, draft)
      }
      try Failure.of(store.path, store.settle(merge.order))
      left = merge.leftCategories
      return report
    } show: { (store, context, report) throws(Failure) in
      try report.tell(&context)
      try context.tell(store.clashes)
      let notes =
        switch left {
        case 0: ""
        case 1: ", nor were the note and fields of 1 category in its trash"
        default: ", nor were the notes and fields of \(left) categories in its trash"
        }
      try context.tell(
        Told(
          done: "the history in the archive was not imported" + notes,
          would: "the history in the archive would not be imported" + notes))
    }
  }

  /// A row and its line number.
  private typealias NumberedRow = (row: ArchiveRow, line: Int)

  /// Reads all rows, and announces them; keeps them in memory, or rewinds the file.
  private func readAhead(
    _ input: inout ForeignFile, for merge: inout ArchiveMerge
  ) throws(Failure) -> ReadAhead<NumberedRow> {
    var ahead = ReadAhead<NumberedRow>()
    try eachRow(of: &input) { (row, line, size) throws(Failure) in
      merge.expect(row)
      ahead.keep((row, line), size: 512 + 2 * size)
    }
    if !ahead.isWhole { try input.rewind(called: name) }
    return ahead
  }

  /// Passes on the rows one by one.
  private func each(
    _ ahead: ReadAhead<NumberedRow>, _ input: inout ForeignFile,
    _ body: (ArchiveRow) throws(StoreError) -> Void
  ) throws(Failure) {
    func take(_ row: ArchiveRow, _ line: Int) throws(Failure) {
      do throws(StoreError) {
        try body(row)
      } catch .invalid(let value) {
        throw Failure(.invalidInput, "\(name): line \(line): \(value.field) \(value.reason)")
      } catch {
        throw Failure(error, path: name)
      }
    }
    for (row, line) in ahead.items { try take(row, line) }
    guard !ahead.isWhole else { return }
    try eachRow(of: &input) { (row, line, _) throws(Failure) in try take(row, line) }
  }

  /// Reads the rows, with their line numbers and lengths; the last line contains their count.
  private func eachRow(
    of input: inout ForeignFile, _ body: (ArchiveRow, Int, Int) throws(Failure) -> Void
  ) throws(Failure) {
    var (number, count, size) = (0, Int64(0), 0)
    while true {
      let line = try next(of: &input, &number, &size)
      guard case .row(let row)? = line else {
        guard number > 1 || line == nil else { continue }
        guard case .end(count)? = line, try next(of: &input, &number, &size) == nil else {
          throw Failure(
            .invalidInput, "\(name): line \(number): the archive is incomplete, or has extra lines")
        }
        return
      }
      count += 1
      try body(row, number, size)
    }
  }

  /// Returns the next line that is not blank; nil at the end.
  private func next(
    of input: inout ForeignFile, _ number: inout Int, _ size: inout Int
  ) throws(Failure) -> ArchiveLine? {
    while true {
      let bytes: [UInt8]?
      do throws(ExchangeError) {
        bytes = try input.nextLine()
      } catch {
        throw Failure(error, in: name)
      }
      guard let bytes else { return nil }
      number += 1
      size = bytes.count
      guard !bytes.isEmpty else { continue }
      do throws(JSONError) {
        return try ArchiveLine(bytes, number: number)
      } catch {
        throw Failure(error, in: name)
      }
    }
  }
}
