internal import Exchange
internal import Favourites
internal import Host

/// The results of an import, collected until it is durable.
struct ImportReport {
  /// A problem with an item.
  struct Problem {
    /// The problem and its position: `links.csv: line 3: title is empty`.
    let text: String
  }

  private let isJSON: Bool
  /// Whether to show the number of favourites per category.
  private let isSummed: Bool
  private var categories = CategoryCounts()
  /// Whether to print a line for each item.
  private let isListed: Bool
  /// The lines, in pieces: a single array would be copied whenever it grows.
  private var lines: [[UInt8]] = []
  private static let pieceBytes = 1 << 20
  private var added = 0
  private var updated = 0
  private var skipped = 0
  /// The number of folders read.
  var folders = 0
  /// The numbers of favourites that are repeated in the file, and of those in the trash.
  private var (repeated, trashed) = (0, 0)
  /// The first new id; later ones belong to this import too.
  private var firstAdded: Int64?
  /// The problems; only the first thousand.
  private(set) var problems: [Problem] = []
  private var problemCount = 0
  /// Items skipped on purpose, with their numbers.
  private var leftOut: [String: Int] = [:]

  /// Further remarks on each file, by its name.
  private var remarks: [(name: String, remarks: Remarks)] = []

  private static let longestListOfProblems = 1_000

  init(_ global: GlobalOptions) {
    isJSON = global.isJSON
    isListed = global.isJSON || !global.isQuiet
    isSummed = !global.isJSON && !global.isVerbose && Terminal.isTerminal(1)
  }

  /// Whether there are too many items to list.
  private var isLong: Bool { isSummed && count > ListSketch.manyTouched }

  /// Whether nothing at all was found, and nothing was said of it.
  var isEmpty: Bool {
    count == 0 && folders == 0 && leftOut.isEmpty && remarks.isEmpty
  }

  /// Whether everything was imported without loss.
  var isComplete: Bool { firstLoss == nil }

  /// A description of the first loss.
  var firstLoss: String? {
    if let problem = problems.first { return problem.text }
    for (name, remarks) in remarks {
      if let loss = remarks.all.first(where: \.isLoss) { return "\(name): \(loss.text)" }
    }
    return nil
  }

  /// The number of favourites processed.
  var count: Int { added + updated + skipped + repeated + trashed + problemCount }

  /// Records the result for one favourite.
  mutating func note(_ addition: Addition, _ draft: Draft) {
    let word: String
    switch addition {
    case .added(let id):
      word = "add"
      added += 1
      firstAdded = firstAdded ?? id
    case .updated:
      word = "mod"
      updated += 1
    case .skipped(let id):
      word = "skip"
      if let firstAdded, id >= firstAdded { repeated += 1 } else { skipped += 1 }
    case .trashed:
      word = "skip"
      trashed += 1
    }
    if isSummed, word != "skip" {
      categories.add(Escaping.forTerminal((draft.category ?? .inbox).text))
    }
    guard isListed, !isLong else { return }
    let title = draft.title ?? draft.url ?? ""
    if isJSON {
      write(action: word) { json in
        json.member("id", addition.id)
        json.member("title", title)
      }
    } else {
      append(Array("\(word)\t\(addition.id)\t\(Escaping.forTSV(title))\n".utf8))
    }
  }

  /// Records why an item could not be imported.
  mutating func note(problem reason: String, at location: Location, in name: String) {
    problemCount += 1
    if problemCount <= Self.longestListOfProblems {
      problems.append(Problem(text: "\(name): \(location.text): \(reason)"))
    }
    guard isJSON else { return }
    write(action: "fail") { json in
      json.member("line", Int64(location.line))
      json.member("column", location.column.map(Int64.init))
      json.member("reason", reason)
    }
  }

  /// Records a remark on a position in a file.
  mutating func remark(_ what: String, at location: Location?, in name: String, isLoss: Bool) {
    var own = remarks.last?.name == name ? remarks.removeLast().remarks : Remarks()
    own.note(what, at: location, isLoss: isLoss)
    remarks.append((name, own))
  }

  /// Records remarks on a file.
  mutating func take(_ others: Remarks, of name: String) {
    if !others.all.isEmpty { remarks.append((name, others)) }
  }

  /// Records an item that was skipped on purpose.
  mutating func leaveOut(_ what: String) { leftOut[what, default: 0] += 1 }

  /// Prints the report: first the data, then the remarks.
  func tell(_ context: inout Context) throws(Failure) {
    if isJSON { try context.output.write("[") }
    if isLong {
      if !context.output.isQuiet, added + updated > 0 { try categories.print(to: &context.output) }
    } else {
      for piece in lines { try context.output.write(piece) }
    }
    if isJSON { try context.output.write("]\n") }
    for problem in problems { try context.output.warn(Escaping.forTerminal(problem.text)) }
    if problemCount > problems.count {
      try context.output.warn("and \(problemCount - problems.count) more")
    }
    for (name, remarks) in remarks {
      for remark in remarks.all {
        let text = Escaping.forTerminal("\(name): \(remark.text)")
        if remark.isLoss { try context.output.warn(text) } else { try context.output.note(text) }
      }
    }
    for (what, count) in leftOut.sorted(by: { $0.key < $1.key }) {
      try context.output.note("skipped: \(what) (\(count))")
    }
    try context.tell(Told(done: sum(), would: sum(verb: "would be ")))
  }

  /// A summary with reasons: `2,540 read: 2,506 added, 34 skipped as already there`.
  private func sum(verb: String = "") -> String {
    let leftOut = leftOut.values.reduce(0, +)
    let parts = [
      (added, "\(verb)added"), (updated, "\(verb)changed"),
      (skipped, "\(verb)skipped as duplicates"),
      (repeated, "\(verb)skipped as repeated in the file"),
      (trashed, "\(verb)skipped as in the trash"), (leftOut, "\(verb)skipped as unsupported"),
      (problemCount, verb.isEmpty ? "not imported" : "would not be imported"),
    ].filter { $0.0 > 0 }.map { "\(Self.grouped($0.0)) \($0.1)" }
    let read = "\(Self.grouped(count + leftOut)) read"
    return parts.isEmpty ? read : read + ": " + parts.joined(separator: ", ")
  }

  /// A count with a comma between groups of three digits.
  private static func grouped(_ count: Int) -> String {
    var digits = Array(String(count).utf8)
    var location = digits.count - 3
    while location > 0 {
      digits.insert(UInt8(ascii: ","), at: location)
      location -= 3
    }
    return String(decoding: digits, as: UTF8.self)
  }

  private mutating func write(action: String, _ rest: (inout JSONWriter) -> Void) {
    var json = JSONWriter()
    json.beginObject()
    json.member("action", action)
    rest(&json)
    json.endObject()
    append((lines.isEmpty ? [] : Array(",\n".utf8)) + json.bytes)
  }

  private mutating func append(_ line: [UInt8]) {
    if lines.last.map({ $0.count + line.count > Self.pieceBytes }) ?? true { lines.append([]) }
    lines[lines.count - 1] += line
  }
}
