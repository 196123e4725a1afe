internal import Favourites
internal import Host

/// Takes favourites over from a file.
struct Import: Command {
  static let synopsis = Synopsis<Self>(
    "Take favourites over from JSON",
    details: [
      "Reads what --json and --format jsonl print: one object a line, or one array. uids, dates, ranks and "
        + "counts are taken over; ids are given anew. '-' is standard input.",
      "One with the uid, or with the category and URL, of another is a duplicate. Prints what was done "
        + "with each; all of it is one change, or nothing at all.",
    ],
    operands: .one("FILE|-", .file),
    options: [
      .read(
        "into", nil, "PATH", "put all of them into this category", \.target, .category,
        by: Value.category),
      .readList(
        "tag", "t", "TAG", "one more tag for each; may be repeated", \.tags, .tag, by: Value.tag),
      .read(
        "on-duplicate", nil, "WHAT", "skip, update or keep both", \.duplicates,
        .choices(OnDuplicate.allCases.map(\.rawValue)), by: Value.choice(OnDuplicate.self)),
    ] + WriteOptions.options.lifted(to: \.write),
    examples: [
      Example("favs import books.jsonl", "take over what favs list --format jsonl printed")
    ],
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput, .invalidInput],
    seeAlso: ["add", "list"])

  /// What is done with what is there already.
  enum OnDuplicate: String, CaseIterable, Sendable {
    case skip, update, keep
  }

  var operands: [String] = []
  var global = GlobalOptions()
  var target: CategoryPath?
  var tags: [TagName] = []
  var duplicates: OnDuplicate?
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let name = operands[0] == "-" ? "standard input" : operands[0]
    var source = try context.waiting { () throws(Failure) in
      try DraftSource(operands[0], named: name)
    }
    let handling: Duplicates =
      switch duplicates ?? .skip {
      case .skip: .skip
      case .update: .update
      case .keep: .allow
      }
    var failure: Failure?
    do throws(Failure) {
      _ = try context.change(write, isLarge: true) { (store) throws(StoreError) in
        var report = ImportReport(isJSON: global.isJSON)
        do throws(Failure) {
          var order = ImportOrder()
          while var draft = try source.next() {
            if let target { draft.category = target }
            draft.tags += tags
            do throws(StoreError) {
              let addition = try store.take(draft, duplicates: handling, order: &order)
              report.note(addition, draft)
            } catch {
              let told = Failure(error, path: store.path)
              throw Failure(
                told.code, "\(name): line \(source.lineNumber): \(told.message)", hint: told.hint)
            }
          }
          do throws(StoreError) {
            try store.settle(order)
          } catch {
            throw Failure(error, path: store.path)
          }
        } catch {
          failure = error
          throw .abandoned
        }
        return report
      } show: { (_, context, report) throws(Failure) in
        try report.print(&context)
      }
    } catch {
      throw failure ?? error
    }
    return .done
  }
}
