internal import Exchange
internal import Favourites
internal import Host
internal import Network

/// Fetches titles and descriptions from pages.
struct FetchWork {
  /// The fields to fetch from a page.
  struct Wanted: Sendable {
    let id: Int64
    let url: String
    let title: Bool
    let description: Bool
  }

  private enum Tag {
    case page(Wanted)
    /// A request for the JSON (oEmbed) description of a page without a title.
    case embedding(Wanted, PageFacts)
  }

  /// The numbers of pages, by outcome.
  struct Counts: Equatable {
    var asked = 0
    /// Pages without the requested fields.
    var silent = 0
    /// Pages that could not be fetched.
    var failed = 0
    /// Links that were not requested: private addresses.
    var skipped = 0
  }

  private let crawl: Crawl<Tag>
  private let allowsPrivate: Bool
  /// The results.
  private(set) var found: [PageFacts] = []
  private(set) var counts = Counts()

  init(_ session: WebSession) {
    crawl = session.crawl(Tag.self)
    allowsPrivate = session.options.allowsPrivate
  }

  /// The number of pages finished, including skipped ones.
  var done: Int { counts.asked + counts.skipped }

  /// Fetches pages.
  ///
  /// - Parameters:
  ///   - next: returns the next page; nil at the end.
  ///   - isStopped: returns true to stop early; results so far are kept.
  ///   - noted: called repeatedly with the number of pages finished.
  mutating func run(
    _ network: inout NetworkTally, next: () throws(Failure) -> Wanted?, isStopped: () -> Bool,
    noted: (Int) -> Void
  ) throws(Failure) {
    let start = Clock.monotonicNanoseconds()
    defer { network.note(crawl, since: start) }
    var isOver = false
    while !isStopped() {
      while crawl.hasRoom, !isOver {
        guard let wanted = try next() else {
          isOver = true
          break
        }
        begin(wanted)
      }
      if crawl.isIdle { return }
      do {
        for each in try crawl.step() { take(each) }
      } catch {
        throw Failure(error)
      }
      noted(done)
    }
    do {
      for each in try crawl.stop() { take(each) }
    } catch {
      throw Failure(error)
    }
  }

  private mutating func begin(_ wanted: Wanted) {
    guard let address = WebAddress(wanted.url), allowsPrivate || !address.isPrivate else {
      counts.skipped += 1
      return
    }
    crawl.add(Visit(address, allowsPrivate: allowsPrivate), tag: .page(wanted))
  }

  private mutating func take(_ ended: Crawl<Tag>.Ended) {
    switch ended.tag {
    case .page(let wanted): take(wanted, ended.visit, ended.end)
    case .embedding(_, var facts):
      if ended.end == .answered, let answer = ended.visit.answer, answer.status == 200 {
        facts.title = PageHead.title(ofEmbedding: answer.body)
      }
      finish(facts)
    }
  }

  private mutating func finish(_ facts: PageFacts) {
    counts.asked += 1
    guard facts.title != nil || facts.description != nil else {
      counts.silent += 1
      return
    }
    found.append(facts)
  }

  private mutating func take(_ wanted: Wanted, _ visit: Visit, _ end: Visit.End) {
    if end == .isPrivate {
      counts.skipped += 1
      return
    }
    guard end == .answered, let answer = visit.answer, (200..<300).contains(answer.status) else {
      counts.asked += 1
      counts.failed += 1
      return
    }
    var facts = PageFacts(id: wanted.id, url: wanted.url)
    let head = PageHead(visit)
    if wanted.title { facts.title = head?.title ?? visit.fileName }
    if wanted.description { facts.description = head?.description }
    guard wanted.title, facts.title == nil, let head, head.kind == .page,
      let address = visit.embedding(head)
    else { return finish(facts) }
    crawl.add(
      Visit(address, allowsPrivate: allowsPrivate && visit.start.isPrivate),
      tag: .embedding(wanted, facts))
  }
}
