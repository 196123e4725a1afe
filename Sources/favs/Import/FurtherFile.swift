internal import Exchange
internal import Favourites

/// The contents of a program's second file, such as Chrome's bookmarks of the account.
struct FurtherFile {
  let path: String
  let format: Format
  let ahead: ReadAhead<ImportWork.Prepared>
  let remarks: Remarks
}

extension Import {
  /// Reads a file.
  func readFurther(_ path: String, _ options: ReadingOptions) throws(Failure) -> FurtherFile {
    var input = try Self.open(path)
    let format = try format(of: try sniff(&input, named: path), named: path)
    let ahead = try readAhead(&input, as: format, options, named: path)
    return FurtherFile(path: path, format: format, ahead: ahead, remarks: input.remarks)
  }

  /// Imports a file; reads it again if it was too large to hold in memory.
  func take(
    _ file: FurtherFile, _ options: ReadingOptions, by work: inout ImportWork,
    into store: inout Store
  ) throws(Failure) {
    work.name = file.path
    // If the contents are in memory, the file is not needed.
    var input = file.ahead.isWhole ? ForeignFile([]) : try Self.open(file.path)
    try each(prepared: file.ahead, of: &input, as: file.format, options, named: file.path) {
      (thing) throws(Failure) in
      try work.take(thing, in: &store)
    }
    let remarks = file.ahead.isWhole ? file.remarks : input.remarks
    work.report.take(remarks, of: file.path)
  }
}
