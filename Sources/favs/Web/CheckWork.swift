internal import Favourites
internal import Host
internal import Network

/// Checks links, and passes on the results in batches.
struct CheckWork {
  private enum Tag {
    case link(KnownLink)
    /// A request for a made-up page of a site, by the site.
    case neighbour(String)
  }

  /// A page that waits for the site's answer to a made-up request.
  private struct Candidate {
    let link: KnownLink
    let visit: Visit
    let end: Visit.End
    let page: Verdict.Page
  }

  /// A site's answer to a request for a page that cannot exist.
  private enum Neighbour {
    /// Not known yet; these pages wait for it.
    case asked([Candidate])
    /// Not found, as it should be.
    case none
    /// A page: its final address and a fingerprint of its contents.
    case something(address: String, likeness: Likeness)
  }

  /// The number of silent hosts from which the network counts as down.
  private static let silentHosts = 20
  /// The number of hosts to contact before any has answered.
  private static let firstHosts = 32
  /// The number of results in a batch, and the longest time before it is passed on, in nanoseconds.
  private static let batch = 500
  private static let batchTime: UInt64 = 1_000_000_000
  /// The number of links to read at a time.
  private static let page = 1_000
  /// The number of sites whose answers to remember.
  private static let mostNeighbours = 2_000
  /// The most pages that wait for their site's answer to a made-up request.
  private static let mostCandidates = 4_000

  private let crawl: Crawl<Tag>
  private let verdict: Verdict
  private let allowsPrivate: Bool
  private var results: [(link: KnownLink, sight: LinkSight)] = []
  private var lastBatch = Clock.monotonicNanoseconds()
  private var neighbours: [String: Neighbour] = [:]
  /// Hosts that did not answer, but were not known to fail.
  private var silent: Set<String> = []
  private var hasTried = false
  /// The number of pages with a result, and of those that wait for it.
  private var done = 0
  private var candidates = 0

  init(_ session: WebSession, _ verdict: Verdict) {
    crawl = session.crawl(Tag.self)
    allowsPrivate = session.options.allowsPrivate
    self.verdict = verdict
  }

  /// Checks links.
  ///
  /// - Parameters:
  ///   - ids: the favourites whose links to check, in order.
  ///   - isStopped: returns true to stop early; results so far are kept.
  ///   - noted: called repeatedly with the number of links checked.
  ///   - keep: receives results in batches.
  mutating func run(
    _ ids: [Int64], _ context: inout Context, isStopped: () -> Bool, noted: (Int) -> Void,
    keep: ([(link: KnownLink, sight: LinkSight)], inout Context) throws(Failure) -> Void
  ) throws(Failure) {
    let start = Clock.monotonicNanoseconds()
    defer { context.network.note(crawl, since: start) }
    var rest = ids[...]
    var ahead: [KnownLink] = []
    while !isStopped() {
      try fill(&ahead, &rest, context)
      if crawl.isIdle, ahead.isEmpty, rest.isEmpty { break }
      try step()
      try checkNetwork()
      if results.count >= Self.batch
        || Clock.monotonicNanoseconds() - lastBatch >= Self.batchTime
      {
        try handOn(&context, keep)
      }
      noted(done + candidates)
    }
    if isStopped() {
      try stop()
    } else {
      try checkNetwork(isLast: true)
    }
    try handOn(&context, keep)
  }

  /// Starts as many requests as possible.
  private mutating func fill(
    _ ahead: inout [KnownLink], _ rest: inout ArraySlice<Int64>, _ context: Context
  ) throws(Failure) {
    while crawl.hasRoom, candidates < Self.mostCandidates {
      if let link = ahead.popLast() {
        begin(link)
      } else {
        guard !rest.isEmpty else { return }
        ahead = try Array(read(&rest, context).reversed())
      }
    }
  }

  private func read(
    _ rest: inout ArraySlice<Int64>, _ context: Context
  ) throws(Failure) -> [KnownLink] {
    let ids = Array(rest.prefix(Self.page))
    rest = rest.dropFirst(Self.page)
    // Closed again right away: an open reader would block every writer.
    let store = try context.reading()
    return try context.opened(store.links(of: ids))
  }

  private mutating func handOn(
    _ context: inout Context,
    _ keep: ([(link: KnownLink, sight: LinkSight)], inout Context) throws(Failure) -> Void
  ) throws(Failure) {
    // Until some host has answered, the network may be down.
    guard crawl.hasAnswer || !hasTried else { return }
    lastBatch = Clock.monotonicNanoseconds()
    guard !results.isEmpty else { return }
    try keep(results, &context)
    results = []
  }

  private mutating func finish(_ link: KnownLink, _ sight: LinkSight) {
    results.append((link, sight))
    done += 1
  }

  // MARK: Links

  private func file(_ path: String, _ before: LinkSight?) -> LinkSight {
    do throws(HostError) {
      let isThere = try FileStatus.of(path, followingLinks: true) != nil
      return isThere ? verdict.present : verdict.absent("no such file", before: before)
    } catch {
      return error.isRefused
        ? verdict.refused(error.reason) : verdict.absent(error.reason, before: before)
    }
  }

  private mutating func begin(_ link: KnownLink) {
    if let path = FileLink.path(of: link.url) {
      return finish(link, file(path, link.sight))
    }
    guard let address = WebAddress(link.url) else {
      return finish(link, verdict.skipped("not a web page"))
    }
    guard allowsPrivate || !address.isPrivate else {
      return finish(link, verdict.skipped("private address"))
    }
    let etag = link.sight?.state == .alive ? link.sight?.etag : nil
    crawl.add(Visit(address, allowsPrivate: allowsPrivate), tag: .link(link), etag: etag)
    hasTried = true
  }

  private mutating func step() throws(Failure) {
    do {
      try take(crawl.step(first: Self.firstHosts))
    } catch {
      throw Failure(error)
    }
  }

  /// Cancels all requests; results so far are kept.
  private mutating func stop() throws(Failure) {
    do {
      try take(crawl.stop())
    } catch {
      throw Failure(error)
    }
    judgeWaiting()
  }

  private mutating func take(_ ended: [Crawl<Tag>.Ended]) {
    for each in ended {
      switch each.tag {
      case .link(let link): take(link, each)
      case .neighbour(let site): take(neighbourOf: site, each)
      }
    }
  }

  private mutating func take(_ link: KnownLink, _ ended: Crawl<Tag>.Ended) {
    let isKnownToFail = link.sight?.state == .failing || link.sight?.state == .broken
    if case .failed = ended.end, ended.visit.answer == nil, !isKnownToFail {
      silent.insert(ended.visit.start.host)
    }
    guard ended.end == .answered else {
      return finish(
        link,
        verdict.sight(
          ended.visit, ended.end, page: nil, isAnything: false, before: link.sight))
    }
    let page = Verdict.page(ended.visit)
    var visit = ended.visit
    visit.forgetBody()
    let candidate = Candidate(link: link, visit: visit, end: ended.end, page: page)
    // A link that was alive before is not suspected.
    let isNew = link.sight?.state != .alive && link.sight?.state != .moved
    guard candidate.page.mayBeAnything, isNew else { return judge(candidate, isAnything: false) }
    compare(candidate)
  }

  private mutating func judge(_ candidate: Candidate, isAnything: Bool) {
    finish(
      candidate.link,
      verdict.sight(
        candidate.visit, candidate.end, page: candidate.page, isAnything: isAnything,
        before: candidate.link.sight))
  }

  // MARK: Neighbours

  private mutating func compare(_ candidate: Candidate) {
    let site = candidate.visit.address.origin
    switch neighbours[site] {
    case .asked(var waiting)?:
      neighbours[site] = nil
      waiting.append(candidate)
      neighbours[site] = .asked(waiting)
      candidates += 1
    case let known?: judge(candidate, isAnything: Self.isAnything(candidate, known))
    case nil:
      neighbours[site] = .asked([candidate])
      candidates += 1
      let address = candidate.visit.address
      crawl.add(
        Visit(
          address.with(path: Self.neighbour(of: address.path)), allowsPrivate: allowsPrivate),
        tag: .neighbour(site), first: true)
    }
  }

  /// The path of a made-up page next to another, which cannot exist.
  private static func neighbour(of path: String) -> String {
    let isFolder = path.utf8.count > 1 && path.utf8.last == UInt8(ascii: "/")
    let bytes = Array(isFolder ? path.utf8.dropLast() : path.utf8[...])
    let start = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let name = bytes[start...]
    let end = name.lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex
    let ending = name.endIndex - end <= 6 ? name[end...] : []
    return String(decoding: bytes[..<start], as: UTF8.self) + "favs-"
      + Randomness.name(ofBytes: 8) + String(decoding: ending, as: UTF8.self)
      + (isFolder ? "/" : "")
  }

  private mutating func take(neighbourOf site: String, _ ended: Crawl<Tag>.Ended) {
    guard case .asked(let waiting)? = neighbours[site] else { return }
    var answer = Neighbour.none
    if ended.end == .answered, let status = ended.visit.answer?.status, (200..<300).contains(status)
    {
      answer = .something(
        address: ended.visit.address.requested, likeness: Verdict.page(ended.visit).likeness)
    }
    if neighbours.count > Self.mostNeighbours {
      neighbours = neighbours.filter { if case .asked = $0.value { true } else { false } }
    }
    neighbours[site] = answer
    candidates -= waiting.count
    for candidate in waiting {
      judge(candidate, isAnything: Self.isAnything(candidate, answer))
    }
  }

  /// Judges the waiting pages by what they look like, since no answer will come any more.
  private mutating func judgeWaiting() {
    for case .asked(let waiting) in neighbours.values {
      for candidate in waiting { judge(candidate, isAnything: false) }
    }
    neighbours = [:]
    candidates = 0
  }

  private static func isAnything(_ candidate: Candidate, _ neighbour: Neighbour) -> Bool {
    guard case .something(let address, let likeness) = neighbour else { return false }
    let isSameTarget =
      !candidate.visit.hops.isEmpty && candidate.visit.address.requested == address
    return isSameTarget || candidate.page.likeness.isLike(likeness)
  }

  // MARK: The network

  /// Throws if the network is down.
  private func checkNetwork(isLast: Bool = false) throws(Failure) {
    guard !crawl.hasAnswer, !silent.isEmpty, isLast || silent.count >= Self.silentHosts else {
      return
    }
    throw Failure(
      .inputOutput,
      silent.count == 1
        ? "'\(silent.first ?? "")' does not answer, and nothing else was asked"
        : "none of \(silent.count) hosts answers: the network seems to be down",
      hint: "nothing was recorded")
  }
}
