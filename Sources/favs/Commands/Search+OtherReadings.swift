internal import Favourites

// What a query that finds nothing may have been meant for: the text as it stands, in which `not`,
// `or`, `-x`, `#1` and `name:` are part of it; or a link, pasted with more than what is stored.

extension Search {
  /// Another reading of the query, and a note on it; nil if it finds something as it is, or the
  /// other finds nothing either.
  func otherReading(
    _ text: String, _ query: Query, _ selection: Selection, in store: inout Store,
    _ context: borrowing Context
  ) throws(Failure) -> (search: PreparedSearch, note: String)? {
    let words = Self.words(of: text)
    let isOneLink = words.count == 1 && text.utf8.contains(where: { "/:".utf8.contains($0) })
    guard !isExact, words.count <= Self.mostWords else { return nil }
    let mayBeText = try mayBeText(query, in: store, context)
    guard isOneLink || mayBeText, try context.opened(store.isEmpty(selection)) else { return nil }
    if isOneLink, let link = try context.opened(store.link(like: text)) {
      let search = try context.opened(store.prepare(.text(TextTerm(link)), .never))
      return (search, "no matches for '\(text)': showing results for '\(link)'")
    }
    guard mayBeText else { return nil }
    var selection = selection
    let search = try literal(text, words, in: &store, context)
    selection.search = search
    guard try context.opened(!store.isEmpty(selection)) else { return nil }
    return (search, "no matches for the query: showing results for the text as it stands")
  }

  /// Whether a query is likelier a text than it seems: it has an `or`, `not` or `-`, or a tag that
  /// nothing has, and no other filter.
  private func mayBeText(
    _ query: Query, in store: borrowing Store, _ context: borrowing Context
  ) throws(Failure) -> Bool {
    switch query {
    case .any, .not: return true
    case .text: return false
    case .test(.tag(let tag)): return try context.opened(!store.isUsed(tag))
    case .test: return false
    case .all(let parts):
      guard parts.allSatisfy(\.isTextOrTag) else { return false }
      for part in parts where try mayBeText(part, in: store, context) { return true }
      return false
    }
  }

  /// Whoever types more does not type a title.
  private static let mostWords = 32

  static func words(of text: String) -> [String] {
    text.unicodeScalars.split { $0.isWhitespace }.map { String($0) }
  }

  /// A search for the text as it stands: its words in a row, and each that means something in a
  /// query letter by letter.
  private func literal(
    _ text: String, _ words: [String], in store: inout Store, _ context: borrowing Context
  ) throws(Failure) -> PreparedSearch {
    let meaning = words.filter { word in
      word.utf8.contains { "-#:()|\"".utf8.contains($0) }
    }
    let query = Query.all(
      [.text(TextTerm(words.joined(separator: " ")))] + meaning.map { .test(.part($0)) })
    return try context.opened(store.prepare(query, .never))
  }

  /// Suggests quotes if favourites have the text of a query as it stands, with an `or` or `not` in
  /// it: those may be somewhere among the others.
  func hintAtText(
    _ text: String, _ query: Query, _ selection: Selection, in store: inout Store,
    _ context: inout Context
  ) throws(Failure) {
    let words = Self.words(of: text)
    guard !isExact, !context.output.isQuiet, !query.isWordsOnly, words.count <= Self.mostWords,
      words.contains(where: { ["or", "not"].contains($0) }), !text.utf8.contains(0x22)
    else { return }
    var selection = selection
    selection.search = try literal(text, words, in: &store, context)
    let count = try context.opened(store.count(selection))
    guard count > 0 else { return }
    let quoted = Escaping.forTerminal(ShellWord.quoted("\"\(text)\""))
    try context.output.note(
      "hint: favs search \(quoted) finds \(counted(favourites: Int(count))) with just these words")
  }
}

extension Query {
  /// Whether it has no filters but tags.
  fileprivate var isTextOrTag: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.allSatisfy(\.isTextOrTag)
    case .not(let part): part.isTextOrTag
    case .text, .test(.tag): true
    case .test: false
    }
  }
}
