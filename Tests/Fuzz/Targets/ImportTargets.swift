import Host

@testable import Exchange
@testable import Favourites

extension FuzzTarget {
  /// A file of another program: told by its beginning, read as a format, made into favourites, and
  /// those written and read again.
  static func importing(_ format: Format) -> FuzzTarget {
    let isDatabase = format.name == Format.databases.name
    return FuzzTarget(name: "import-\(format.name)", longest: isDatabase ? 1 << 16 : 4_096) {
      bytes in
      if isDatabase {
        try withFile(bytes, named: "places.sqlite") { path in
          try take(try? ForeignFile(File(reading: path), path: path), as: format, ReadingOptions())
        }
        return
      }
      try take(ForeignFile(bytes), as: format, ReadingOptions())
      guard format.takesColumns else { return }
      var options = ReadingOptions()
      options.columns = ["title": "b", "url": "a"]
      try take(ForeignFile(bytes), as: format, options)
      guard format.isTable else { return }
      options = ReadingOptions()
      options.headerLine = 3
      try take(ForeignFile(bytes), as: format, options)
    }
  }

  private static func take(
    _ file: consuming ForeignFile?, as format: Format, _ options: ReadingOptions
  ) throws {
    guard var input = file else { return }
    if let prefix = try? input.prefix() { _ = Format.of(Sniff(prefix, path: input.path)) }
    var items: [ImportedItem] = []
    do throws(ExchangeError) {
      try format.read(&input, options) { item, _ in items.append(item) }
    } catch {
      // Refused. What came before is taken all the same, so that it is tried too.
    }
    for case .folder(let folder) in items { _ = try? folder.category(into: .inbox) }
    for case .bookmark(let bookmark) in items {
      _ = try? bookmark.draft(folders: .tags, into: nil)
      _ = bookmark.url.map(LinkCleaning.cleaned)
    }
    let library = Library(items)
    guard !library.favourites.isEmpty else { return }
    // One format for each input, by what is in it: all of them would take twelve times as long.
    let sum = library.lines.reduce(0) { ($0 &+ Int($1)) % 65_521 }
    try writeAndRead(library, ExportFormat.all[sum % ExportFormat.all.count])
  }

  /// What is written is found to be what it is; and of a format without losses, all comes back.
  static func writeAndRead(_ library: Library, _ format: ExportFormat) throws {
    let written = library.written(as: format)
    guard format.losses.isEmpty, format.name != "elasticsearch" else { return }
    var input = ForeignFile(written)
    var items: [ImportedItem] = []
    let prefix = try input.prefix()
    guard let found = Format.of(Sniff(prefix, path: "export." + (format.endings.first ?? "")))
    else {
      throw BrokenLaw(description: "what is written as \(format.name) is nothing")
    }
    try found.read(&input, ReadingOptions()) { item, _ in items.append(item)
    }
    let again = Library(items)
    try BrokenLaw.unless(
      again.lines == library.lines,
      """
      \(format.name) does not come back:
      \(String(decoding: library.lines, as: UTF8.self))
      became
      \(String(decoding: again.lines, as: UTF8.self))
      from
      \(String(decoding: written, as: UTF8.self))
      """)
  }
}
