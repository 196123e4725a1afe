internal import Favourites
internal import Host

/// Visits to pages, made by several runs of curl side by side: as one ends, it begins another with what waits. Redirects
/// and further tries come before visits that have not begun.
///
/// Whoever uses it hands visits in as there is room and takes those that have ended out, so that it holds a few
/// thousand at most.
package final class Crawl<Tag> {
  /// A visit that has ended.
  package struct Ended {
    package let tag: Tag
    package let visit: Visit
    package let end: Visit.End
  }

  private struct Entry {
    let tag: Tag
    var visit: Visit
    var etag: String?
    /// Whether a run ended that said nothing of it.
    var isDoubtful = false
  }

  /// How many are held at most before `hasRoom` is false; more where all of these wait for a few hosts.
  private static var mostHeld: Int { 4_000 }
  private static var mostHeldOfFew: Int { 20_000 }
  /// How long is waited for the rest of what curl says, in milliseconds: it writes a character at a time.
  private static var pause: Int { 1 }

  private let curl: Curl
  private var lanes: [CrawlLane]
  private var queue: RequestQueue
  private var entries: [Int: Entry] = [:]
  private var count = 0
  /// Requests of which a run ended without a word.
  private var doubtful: [RequestQueue.Request] = []
  /// Whether a lane had nothing to do though something waits.
  private var isStarved = false
  /// Whether requests go to the sites themselves, and not to a proxy.
  private let isDirect: Bool
  /// Whether any site has answered anything.
  package private(set) var hasAnswer = false
  /// How many requests were made so far.
  package private(set) var requests = 0
  /// How often curl was started.
  package private(set) var runs = 0
  /// How long the slowest request took, in seconds.
  package private(set) var slowest = 0.0

  /// - Parameters:
  ///   - jobs: how many requests are made at the same time.
  ///   - perHost: how many of them of one host.
  package init(_ curl: Curl, jobs: Int, perHost: Int) {
    self.curl = curl
    lanes = CrawlLane.lanes(jobs: jobs, perHost: perHost)
    queue = RequestQueue(perHost: perHost)
    isDirect = !Self.hasProxy
  }

  /// The variables by which curl is told of a proxy: curl(1), "PROXY".
  private static var hasProxy: Bool {
    Environment.value("http_proxy") != nil || Environment.value("https_proxy") != nil
      || Environment.value("HTTPS_PROXY") != nil || Environment.value("all_proxy") != nil
      || Environment.value("ALL_PROXY") != nil
  }

  /// Whether nothing waits and nothing is under way.
  package var isIdle: Bool { entries.isEmpty }

  /// Whether more may be handed in.
  package var hasRoom: Bool {
    entries.count < (isStarved ? Self.mostHeldOfFew : Self.mostHeld)
  }

  /// Hands a visit in.
  ///
  /// - Parameters:
  ///   - etag: what the page was marked with; one that is still marked so answers with 304 and no more.
  ///   - first: true to have it made before those of the same host that wait.
  package func add(_ visit: Visit, tag: Tag, etag: String? = nil, first: Bool = false) {
    entries[count] = Entry(tag: tag, visit: visit, etag: etag)
    queue.add(.init(number: count, host: visit.address.host), first: first)
    count += 1
  }

  /// Begins what can be begun, waits until something is said or a tenth of a second is over, and gives the visits that
  /// have ended.
  ///
  /// - Parameter first: how many requests are under way at most while nothing has answered, each of another host.
  package func step(first: Int = .max) throws(Curl.Failure) -> [Ended] {
    queue.wake(at: Self.milliseconds)
    try begin(first)
    let working = lanes.indices.filter { lanes[$0].run != nil }
    let patience = queue.nextDue.map { Int($0) - Int(Self.milliseconds) } ?? 100
    guard !working.isEmpty else {
      if !entries.isEmpty { Clock.sleep(milliseconds: max(1, min(patience, 100))) }
      return []
    }
    let runs = working.compactMap { lanes[$0].run }
    let ready = CurlRun.wait(for: runs, milliseconds: max(1, min(patience, 100)))
    var ended: [Ended] = []
    guard ready.contains(true) else { return ended }
    Clock.sleep(milliseconds: Self.pause)
    for (lane, _) in zip(working, ready).filter(\.1) { try read(lane, &ended) }
    return ended
  }

  /// Ends all that is under way, and gives the visits of which the end was said already.
  package func stop() throws(Curl.Failure) -> [Ended] {
    var ended: [Ended] = []
    for lane in lanes { lane.run?.stop() }
    for lane in lanes.indices {
      while lanes[lane].run != nil { try read(lane, &ended, isStopped: true) }
    }
    return ended
  }

  private static var milliseconds: UInt64 { Clock.monotonicNanoseconds() / 1_000_000 }

  // MARK: Lanes

  private func begin(_ first: Int) throws(Curl.Failure) {
    isStarved = false
    for lane in lanes.indices where lanes[lane].run == nil {
      let chosen = choose(lane, first)
      guard !chosen.isEmpty else { continue }
      try start(lane, chosen)
    }
  }

  private func choose(_ lane: Int, _ first: Int) -> [RequestQueue.Request] {
    // What may be the reason why a run ended gets a run of its own.
    if let place = doubtful.firstIndex(where: { queue.reserve($0.host) }) {
      return [doubtful.remove(at: place)]
    }
    let slots = lanes[lane].slots
    let there = queue.count(slots: slots)
    isStarved = there == 0
    guard hasAnswer else {
      // Few and long runs, so that it is soon known whether anybody answers.
      let free = first - lanes.reduce(0) { $0 + $1.rest }
      return queue.take(min(free, max(1, first / 2)), slots: slots, ofOne: 1)
    }
    let isAlone = !lanes.contains { $0.run != nil }
    guard isAlone || !lanes[lane].waits(for: there, at: Self.milliseconds) else { return [] }
    // What is under way elsewhere counts: so each lane gets as much, and not each less than the one before.
    let all = there + lanes.reduce(0) { $0 + $1.rest }
    let share = (all + lanes.count - 1) / lanes.count
    return queue.take(lanes[lane].length(share), slots: slots)
  }

  private func start(_ lane: Int, _ chosen: [RequestQueue.Request]) throws(Curl.Failure) {
    let requests = chosen.compactMap { request in
      entries[request.number].map { CurlRequest($0.visit.address, etag: $0.etag) }
    }
    do throws(Curl.Failure) {
      let run = try curl.start(requests, slots: lanes[lane].slots)
      lanes[lane].begin(run, chosen, at: Self.milliseconds)
      runs += 1
      self.requests += requests.count
    } catch {
      // Where there are too many processes, they may be ours, and end.
      guard lanes.contains(where: { $0.run != nil }), error != .missing else { throw error }
      lanes[lane].begin(nil, chosen, at: Self.milliseconds)
      for place in chosen.indices { queue.add(finish(lane, place), first: true) }
    }
  }

  private func read(
    _ lane: Int, _ ended: inout [Ended], isStopped: Bool = false
  ) throws(Curl.Failure) {
    guard let run = lanes[lane].run else { return }
    var said: [Ended] = []
    try run.read { place, transfer in
      take(transfer, of: finish(lane, place), &said)
    }
    ended += said
    guard run.isOver else { return }
    // One that was stopped is not to blame for it.
    if !isStopped {
      for place in run.unsaid { doubt(finish(lane, place), &ended) }
    }
    lanes[lane].end(at: Self.milliseconds)
  }

  /// Takes notice that a request of a lane is done.
  private func finish(_ lane: Int, _ place: Int) -> RequestQueue.Request {
    let (request, rest) = lanes[lane].finish(place)
    queue.release(request.host, rest: rest, slots: lanes[lane].slots)
    return request
  }

  // MARK: Answers

  /// Takes one of which a run ended without a word; the second time it has failed.
  private func doubt(_ request: RequestQueue.Request, _ ended: inout [Ended]) {
    guard entries[request.number]?.isDoubtful == false else {
      return take(Transfer(exit: Transfer.unsaid), of: request, &ended)
    }
    entries[request.number]?.isDoubtful = true
    doubtful.append(request)
  }

  private func take(
    _ transfer: Transfer, of request: RequestQueue.Request, _ ended: inout [Ended]
  ) {
    guard var entry = entries.removeValue(forKey: request.number) else { return }
    if transfer.status > 0 { hasAnswer = true }
    slowest = max(slowest, transfer.seconds)
    let now = Timestamp(milliseconds: Clock.now())
    switch entry.visit.take(transfer, isDirect: isDirect, now: now) {
    case .end(let end): ended.append(Ended(tag: entry.tag, visit: entry.visit, end: end))
    case .ask(let pause):
      // What a page was marked with is of no use elsewhere.
      if !entry.visit.hops.isEmpty { entry.etag = nil }
      let next = RequestQueue.Request(number: request.number, host: entry.visit.address.host)
      entries[request.number] = entry
      if pause > 0 {
        queue.postpone(next, until: Self.milliseconds + pause)
      } else {
        queue.add(next, first: true)
      }
    }
  }
}
