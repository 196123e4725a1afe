internal import Favourites

// Where nothing was found: names that nothing has, which are likely slips.

extension Context {
  /// Says which tags, categories and metadata that were asked for are those of no favourite, and
  /// what is called nearly the same.
  mutating func hintAtNames(
    in selection: Selection, _ store: borrowing Store
  ) throws(Failure) {
    guard !output.isQuiet, try opened(store.countAll()) > 0 else { return }
    let search = selection.search?.query
    var hints: [String] = []
    let tests = (selection.filters + (search.map { [$0] } ?? [])).flatMap(\.positiveTests)
    for test in tests.prefix(Self.mostNames) {
      switch test {
      case .tag(let tag): hints += try hint(at: tag, store)
      case .category(let path): hints += try hint(at: path, store)
      case .metadata(let condition): hints += try hint(atMetadata: condition.key, store)
      default: break
      }
    }
    for term in (search?.positiveTerms ?? []).prefix(Self.mostNames) {
      // `autor:herbert`: a name that nothing has is taken as a word.
      let name = term.text.utf8.prefix { $0 != UInt8(ascii: ":") }
      guard name.count < term.text.utf8.count - 1 else { continue }
      hints += try hint(
        atMetadata: String(decoding: name, as: UTF8.self), store, isSure: false)
    }
    var told: [String] = []
    // A name that long is no slip.
    for hint in hints where !told.contains(hint) && told.count < 3 && hint.utf8.count < 400 {
      told.append(hint)
      try output.note("hint: " + Escaping.forTerminal(hint))
    }
  }

  /// How many names are looked up.
  private static let mostNames = 8

  private func hint(
    at tag: TagName, _ store: borrowing Store
  ) throws(Failure) -> [String] {
    let names = try opened(store.tags()).map(\.name)
    guard !names.contains(where: { (try? TagName.parse($0))?.key == tag.key }) else { return [] }
    return ["no favourite has the tag '\(tag.text)'" + near(tag.text, names)]
  }

  private func hint(
    at path: CategoryPath, _ store: borrowing Store
  ) throws(Failure) -> [String] {
    let names = try opened(store.categories()).map(\.name)
    guard !names.contains(where: { (try? CategoryPath.parse($0))?.key == path.key }) else {
      return []
    }
    // The last part of a name by itself, such as `sci-fi` for `books/sci-fi`.
    let ending = "/" + path.text.lowercased()
    if let whole = names.first(where: { $0.lowercased().hasSuffix(ending) }) {
      return ["no category is called '\(path.text)'; one is called '\(whole)'"]
    }
    return ["no category is called '\(path.text)'" + near(path.text, names)]
  }

  /// - Parameter isSure: false if it may not be meant as a name: then only a near one is told.
  private func hint(
    atMetadata name: String, _ store: borrowing Store, isSure: Bool = true
  ) throws(Failure) -> [String] {
    guard try !opened(store.isUsed(name)) else { return [] }
    let keys = try opened(store.metadataKeys()).sorted()
    let near = near(name, keys)
    return isSure || !near.isEmpty ? ["no favourite has metadata '\(name)'" + near] : []
  }

  private func near(_ name: String, _ names: [String]) -> String {
    let lowered = names.map { $0.lowercased() }
    guard let near = Suggestion.nearest(to: name.lowercased(), among: lowered),
      let place = lowered.firstIndex(of: near)
    else { return "" }
    return "; one is called '\(names[place])'"
  }
}
