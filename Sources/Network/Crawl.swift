internal import Favourites
internal import Host

/// Fetches pages with several curl processes in parallel: when one ends, another starts with
/// waiting requests. Redirects and retries come before new visits.
///
/// Callers add visits while there is room, and collect those that have ended, so that at most a few
/// thousand are held.
package final class Crawl<Tag> {
  /// A finished visit.
  package struct Ended {
    package let tag: Tag
    package let visit: Visit
    package let end: Visit.End
  }

  private struct Entry {
    let tag: Tag
    var visit: Visit
    var etag: String?
    /// Whether a process ended without a result for it.
    var isDoubtful = false
  }

  /// The most visits to hold before `hasRoom` is false; more if all of them wait for a few hosts.
  private static var mostHeld: Int { 4_000 }
  private static var mostHeldOfFew: Int { 20_000 }
  /// How long to wait for the rest of curl's output, in milliseconds: it writes single characters.
  private static var pause: Int { 1 }

  private let curl: Curl
  private var lanes: [CrawlLane]
  private var queue: RequestQueue
  private var entries: [Int: Entry] = [:]
  private var count = 0
  /// Requests for which a process ended without a result.
  private var doubtful: [RequestQueue.Request] = []
  /// Whether a lane had nothing to do although requests are waiting.
  private var isStarved = false
  /// Whether requests go to the sites directly, rather than to a proxy.
  private let isDirect: Bool
  /// Whether any site has answered.
  package private(set) var hasAnswer = false
  /// The number of requests so far.
  package private(set) var requests = 0
  /// The number of times that curl was started.
  package private(set) var runs = 0
  /// The duration of the slowest request, in seconds.
  package private(set) var slowest = 0.0

  /// - Parameters:
  ///   - jobs: the number of simultaneous requests.
  ///   - perHost: the number of simultaneous requests to one host.
  package init(_ curl: Curl, jobs: Int, perHost: Int) {
    self.curl = curl
    lanes = CrawlLane.lanes(jobs: jobs, perHost: perHost)
    queue = RequestQueue(perHost: perHost)
    isDirect = !Self.hasProxy
  }

  /// Whether the environment sets a proxy for curl: curl(1), "PROXY".
  private static var hasProxy: Bool {
    Environment.value("http_proxy") != nil || Environment.value("https_proxy") != nil
      || Environment.value("HTTPS_PROXY") != nil || Environment.value("all_proxy") != nil
      || Environment.value("ALL_PROXY") != nil
  }

  /// Whether no visit is waiting or running.
  package var isIdle: Bool { entries.isEmpty }

  /// Whether more visits may be added.
  package var hasRoom: Bool {
    entries.count < (isStarved ? Self.mostHeldOfFew : Self.mostHeld)
  }

  /// Adds a visit.
  ///
  /// - Parameters:
  ///   - etag: the page's last entity tag; if it is unchanged, the answer is just a 304.
  ///   - first: whether the visit comes before waiting ones to the same host.
  package func add(_ visit: Visit, tag: Tag, etag: String? = nil, first: Bool = false) {
    entries[count] = Entry(tag: tag, visit: visit, etag: etag)
    queue.add(.init(number: count, host: visit.address.host), first: first)
    count += 1
  }

  /// Starts as many requests as possible, waits for results, but no longer than a tenth of a
  /// second, and returns finished visits.
  ///
  /// - Parameter first: the most simultaneous requests before the first answer, each to a different
  ///   host.
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

  /// Cancels everything, and returns the visits that have finished already.
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
    // A request that may have made a process fail gets a process of its own.
    if let index = doubtful.firstIndex(where: { queue.reserve($0.host) }) {
      return [doubtful.remove(at: index)]
    }
    let slots = lanes[lane].slots
    let there = queue.count(slots: slots)
    isStarved = there == 0
    guard hasAnswer else {
      // Few long runs, to learn quickly whether any host answers.
      let free = first - lanes.reduce(0) { $0 + $1.rest }
      return queue.take(min(free, max(1, first / 2)), slots: slots, ofOne: 1)
    }
    let isAlone = !lanes.contains { $0.run != nil }
    guard isAlone || !lanes[lane].waits(for: there, at: Self.milliseconds) else { return [] }
    // Includes running requests, so that all lanes get equal shares.
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
      // If there are too many processes, some may be our own, and will end.
      guard lanes.contains(where: { $0.run != nil }), error != .missing else { throw error }
      lanes[lane].begin(nil, chosen, at: Self.milliseconds)
      for index in chosen.indices { queue.add(finish(lane, index), first: true) }
    }
  }

  private func read(
    _ lane: Int, _ ended: inout [Ended], isStopped: Bool = false
  ) throws(Curl.Failure) {
    guard let run = lanes[lane].run else { return }
    var said: [Ended] = []
    try run.read { index, transfer in
      take(transfer, of: finish(lane, index), &said)
    }
    ended += said
    guard run.isOver else { return }
    // After a stop, missing results are no failures.
    if !isStopped {
      for index in run.unsaid { doubt(finish(lane, index), &ended) }
    }
    lanes[lane].end(at: Self.milliseconds)
  }

  /// Marks a request of a lane as finished.
  private func finish(_ lane: Int, _ index: Int) -> RequestQueue.Request {
    let (request, rest) = lanes[lane].finish(index)
    queue.release(request.host, rest: rest, slots: lanes[lane].slots)
    return request
  }

  // MARK: Answers

  /// Handles a request for which a process ended without a result; the second time, it has failed.
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
      // The entity tag is not valid for another page.
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
