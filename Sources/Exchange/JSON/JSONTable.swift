internal import Favourites

/// Reads JSON objects as the rows of a table. Reads the file twice: first to learn the names and
/// the order of day and month in dates, then to pass on the rows. Only one object is in memory at a
/// time.
struct JSONTable {
  /// Visits all objects of a file.
  typealias Rows = (
    _ bytes: [UInt8], _ sink: ItemSink,
    _ body: (JSONRow, [String], Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) -> Void

  private static let longestSample = 64

  private var names: [String] = []
  private var columns: [String: Int] = [:]
  private var sample: [[String]] = []
  /// For each column, dates that may show whether the day comes first.
  private var dates: [Int: [String]] = [:]

  /// Reads a whole file.
  static func read(
    _ input: inout ForeignFile, _ layout: TableLayout, _ options: ReadingOptions, _ sink: ItemSink,
    _ rows: @escaping Rows = JSONItems.rows(of:_:_:)
  ) throws(ExchangeError) {
    let bytes = try input.readText()
    var table = JSONTable()
    var isAny = false
    try rows(bytes, { (_, _) throws(ExchangeError) in }) {
      (row, _, location) throws(ExchangeError) in
      isAny = true
      try table.learn(row, at: location)
    }
    guard isAny else { return try rows(bytes, sink) { (_, _, _) throws(ExchangeError) in } }
    var reader = try TableReader(
      table.names, sample: table.sample, at: nil, layout, options)
    for (index, texts) in table.dates { for text in texts { reader.survey(text, in: index) } }
    try rows(bytes, sink) { (row, folders, location) throws(ExchangeError) in
      var cells: [Int: TableCell] = [:]
      for (name, cell) in row.cells { if let index = table.columns[name] { cells[index] = cell } }
      guard var item = reader.item({ cells[$0] }) else { return }
      if case .bookmark(var bookmark) = item, bookmark.folders.isEmpty, !folders.isEmpty {
        bookmark.folders = folders
        item = .bookmark(bookmark)
      }
      try sink(item, location)
    }
    for remark in reader.remarks { input.note(remark, at: nil, isLoss: false) }
  }

  private mutating func learn(_ row: JSONRow, at location: Location) throws(ExchangeError) {
    var line: [String] = []
    for (name, cell) in row.cells {
      let index: Int
      if let known = columns[name] {
        index = known
      } else {
        guard names.count < JSONRow.mostNames else {
          throw .malformed(location, "more than \(JSONRow.mostNames) different keys")
        }
        index = names.count
        names.append(name)
        columns[name] = index
      }
      if case .text(let text) = cell { learnDate(text, in: index) }
      guard sample.count < Self.longestSample else { continue }
      while line.count <= index { line.append("") }
      line[index] = cell.text
    }
    if sample.count < Self.longestSample { sample.append(line) }
  }

  /// Keeps a few dates that begin with one or two digits: only these can show the order of day and
  /// month.
  private mutating func learnDate(_ text: String, in index: Int) {
    let bytes = text.utf8.prefix(3)
    guard let first = bytes.first, (0x30...0x39).contains(first),
      bytes.dropFirst().contains(where: { $0 == 0x2F || $0 == 0x2E || $0 == 0x2D }),
      let written = WrittenDate(text), written.pair != nil
    else { return }
    let known = dates[index] ?? []
    guard !known.contains(where: { WrittenDate($0)?.order == written.order }) else { return }
    dates[index] = known + [text]
  }
}

extension Format {
  /// JSON objects of a particular program, read as a table.
  static func objects(
    _ name: String, summary: String, _ layout: TableLayout,
    isRecognised: @escaping @Sendable (Sniff, JSONSketch) -> Bool
  ) -> Format {
    Format(
      name: name, summary: summary,
      isRecognised: { sniff in sniff.json.map { isRecognised(sniff, $0) } ?? false },
      reader: { (input, options, sink) throws(ExchangeError) in
        try JSONTable.read(&input, layout, options, sink)
      },
      takesColumns: true)
  }

  /// Any JSON array or sequence of objects: a table whose columns are their keys.
  static let json = objects(
    "json", summary: "JSON objects, as an array or lines", TableLayout()
  ) { _, json in !json.keys.isEmpty || json.beginsWithText }
}
