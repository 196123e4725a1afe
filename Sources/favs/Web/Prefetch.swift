internal import Favourites
internal import Host

/// Fetches titles and descriptions for links that are about to be added. A failure never prevents
/// adding them.
struct Prefetch {
  /// The results, by the bytes of the URL.
  private var pages: [[UInt8]: PageFacts] = [:]

  /// Fetches the pages of links.
  ///
  /// - Parameter held: signals that end the fetching early.
  mutating func ask(
    _ urls: [String], _ held: borrowing HeldSignals, _ context: inout Context
  ) throws(Failure) {
    var seen: Set<[UInt8]> = []
    var rest = urls.filter { seen.insert(Array($0.utf8)).inserted }[...]
    guard !rest.isEmpty else { return }
    var progress = WebProgress(total: rest.count, isQuiet: context.output.isQuiet)
    var options = NetworkOptions()
    // A URL typed by the user is fetched even if its address is private.
    options.allowsPrivate = true
    var failure: Failure?
    do throws(Failure) {
      var work = FetchWork(try WebSession(options))
      try work.run(
        &context.network,
        next: { () throws(Failure) in
          rest.popFirst().map {
            FetchWork.Wanted(id: 0, url: $0, title: true, description: true)
          }
        }, isStopped: { held.hasCome }, noted: { progress.show($0, "") })
      for facts in work.found { pages[Array(facts.url.utf8)] = facts }
    } catch {
      failure = error
    }
    progress.end()
    if let failure { try context.output.warn("no title was fetched: \(failure.message)") }
  }

  /// Fills in the results for a favourite that was just added.
  func fill(_ addition: Addition, url: String?, in store: inout Store) throws(StoreError) {
    guard case .added(let id) = addition, let url = url?.trimmed,
      let found = pages[Array(url.utf8)]
    else { return }
    var facts = PageFacts(id: id, url: url)
    (facts.title, facts.description) = (found.title, found.description)
    _ = try store.fill([facts], replaces: false)
  }
}
