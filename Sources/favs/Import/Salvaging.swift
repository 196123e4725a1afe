internal import Favourites
internal import Host

/// Copies everything readable from a damaged file to a new one.
struct Salvaging {
  private let source: String
  private let target: String

  private let isNamed: Bool

  init(from source: String, isNamed: Bool, to target: String) {
    self.source = source
    self.isNamed = isNamed
    self.target = target
  }

  /// Creates the new file, and reports its contents.
  func run(in context: inout Context) throws(Failure) -> ExitCode {
    try check()
    let found: Salvaged
    do throws(StoreError) {
      found = try Store.salvage(
        source, into: target, command: "doctor --salvage", meter: context.file.meter)
    } catch .unconfirmed(_, let error) {
      // The error names a temporary file that no longer exists.
      let failure = Failure(.sqlite(error), path: target)
      throw Failure(
        failure.code, failure.message, hint: "'\(target)' was not created",
        systemError: failure.systemError)
    } catch {
      throw Failure(error, path: target)
    }
    context.deed = .file(target)
    if context.global.isJSON {
      try writeJSON(found, &context.output)
    } else {
      let lines = Self.counts(found).map { "\($0.count)\t\($0.text)\n" }
      try context.output.write(lines.joined())
    }
    if found.isPending {
      try context.output.warn(
        "a write to '\(Escaping.forTerminal(source))' was interrupted, and its journal was not used"
      )
    }
    try context.output.note(
      "'\(source)' was not changed; favs --db \(ShellWord.quoted(target)) \(Self.view(of: found)) "
        + "shows what was rescued"
    )
    return found.isComplete ? .done : .incomplete
  }

  /// The command that shows the most of what was found.
  private static func view(of found: Salvaged) -> String {
    if found.favourites > 0 { return "list" }
    return found.trashed + found.trashedCategories > 0 ? "trash" : "category"
  }

  /// The counts to report, in order: the text of a line, and the JSON key.
  private static func counts(_ found: Salvaged) -> [(text: String, key: String, count: Int)] {
    [
      ("favourites", "favourites", found.favourites),
      ("in the trash", "trashed", found.trashed),
      ("categories", "categories", found.categories),
      ("categories in the trash", "trashed_categories", found.trashedCategories),
      ("lost rows", "lost_rows", found.lostRows),
      ("unreadable pages", "damaged_pages", found.damagedPages),
      ("repaired texts", "mended_texts", found.mendedTexts),
      ("replaced uids", "new_uids", found.newUIDs),
      ("renamed categories", "mended_names", found.mendedNames),
      ("lost tags, metadata and fields", "lost_details", found.lostDetails),
    ]
  }

  private func check() throws(Failure) {
    guard !target.isEmpty, !target.hasSuffix("/") else {
      throw Failure(.usage, "--salvage: '\(target)' is not a file name", hint: "name a new file")
    }
    let old = try Failure.of(FileStatus.of(source, followingLinks: true))
    let new = try Failure.of(FileStatus.of(target, followingLinks: false))
    guard new == nil else {
      throw Failure(
        .conflict, "'\(target)' already exists", hint: "name a new file")
    }
    if !isNamed, let old, old.owner != FileStatus.currentUser {
      throw Failure(.unusable(path: source, .notOurs), path: source)
    }
    guard old?.kind == .regular else {
      throw Failure(.notFound, "'\(source)' does not exist, or is not a file")
    }
  }

  private func writeJSON(_ found: Salvaged, _ output: inout Output) throws(Failure) {
    var json = JSONWriter()
    json.beginObject()
    for count in Self.counts(found) {
      json.member(count.key, Int64(count.count))
    }
    json.member("pending", found.isPending)
    json.endObject()
    json.newline()
    try output.write(json.bytes)
  }
}
