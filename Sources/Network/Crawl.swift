internal import Favourites
internal import Host

/// Visits to pages, made in waves: redirects and further tries wait for a wave of their own among those that begin.
///
/// Whoever uses it hands visits in as there is room and takes those that have ended out, so that it holds a few
/// thousand at most.
package final class Crawl<Tag> {
  /// A visit that has ended.
  package struct Ended {
    package let tag: Tag
    package let visit: Visit
    package let end: Visit.End
    /// How long its last request took, in seconds.
    package let seconds: Double
  }

  private struct Entry {
    let tag: Tag
    var visit: Visit
    var etag: String?
    var waiting: WavePlan.Waiting
  }

  /// How many are held at most before `hasRoom` is false.
  private static var mostHeld: Int { 2_000 }

  private let curl: Curl
  private let jobs: Int
  private let perHost: Int
  /// Whether requests go to the sites themselves, and not to a proxy.
  private let isDirect: Bool
  private var entries: [Entry] = []
  /// Whether any site has answered anything.
  package private(set) var hasAnswer = false
  /// How many requests were made so far.
  package private(set) var requests = 0
  /// How long they took one after another, in seconds.
  package private(set) var seconds = 0.0
  /// How many waves.
  package private(set) var waves = 0

  package init(_ curl: Curl, jobs: Int, perHost: Int) {
    self.curl = curl
    self.jobs = jobs
    self.perHost = perHost
    isDirect = !Self.hasProxy
  }

  /// The variables by which curl is told of a proxy: curl(1), "PROXY".
  private static var hasProxy: Bool {
    Environment.value("http_proxy") != nil || Environment.value("https_proxy") != nil
      || Environment.value("HTTPS_PROXY") != nil || Environment.value("all_proxy") != nil
      || Environment.value("ALL_PROXY") != nil
  }

  /// Whether nothing waits.
  package var isIdle: Bool { entries.isEmpty }

  /// Whether more may be handed in.
  package var hasRoom: Bool { entries.count < Self.mostHeld }

  /// Hands a visit in.
  ///
  /// - Parameter etag: what the page was marked with; one that is still marked so answers with 304 and no more.
  package func add(_ visit: Visit, tag: Tag, etag: String? = nil) {
    entries.append(
      Entry(tag: tag, visit: visit, etag: etag, waiting: .init(host: visit.address.host)))
  }

  /// Makes one wave, and gives the visits that ended by it. Where all that waits has to wait longer, it waits.
  ///
  /// - Parameters:
  ///   - most: how many requests at most.
  ///   - isStopped: true to make no more, and stop those that are being made.
  ///   - noted: called now and then with how many of the wave are done.
  package func wave(
    upTo most: Int = Curl.longestWave, isStopped: () -> Bool, noted: (Int) -> Void = { _ in }
  ) throws(Curl.Failure) -> [Ended] {
    let chosen = choose(most, isStopped)
    guard !chosen.isEmpty else { return [] }
    let wave = chosen.map { entries[$0] }
    let transfers = try curl.run(
      wave.map { CurlRequest($0.visit.address, etag: $0.etag) }, jobs: jobs, isStopped: isStopped,
      noted: noted)
    waves += 1
    requests += chosen.count
    var ended: [Ended] = []
    var done: Set<Int> = []
    let now = Timestamp(milliseconds: Clock.now())
    for (place, transfer) in zip(chosen, transfers) {
      // One that was stopped is not to blame for it; what curl says nothing of has failed.
      if transfer == nil, isStopped() { continue }
      let transfer = transfer ?? Transfer(exit: Transfer.unsaid)
      seconds += transfer.seconds
      if transfer.status > 0 { hasAnswer = true }
      switch entries[place].visit.take(transfer, isDirect: isDirect, now: now) {
      case .end(let end):
        done.insert(place)
        ended.append(
          Ended(
            tag: entries[place].tag, visit: entries[place].visit, end: end,
            seconds: transfer.seconds))
      case .ask(let pause):
        // What a page was marked with is of no use elsewhere.
        if !entries[place].visit.hops.isEmpty { entries[place].etag = nil }
        entries[place].waiting = .init(
          host: entries[place].visit.address.host, notBefore: Self.milliseconds + pause)
      }
    }
    var place = -1
    entries.removeAll { _ in
      place += 1
      return done.contains(place)
    }
    return ended
  }

  private static var milliseconds: UInt64 { Clock.monotonicNanoseconds() / 1_000_000 }

  private func choose(_ most: Int, _ isStopped: () -> Bool) -> [Int] {
    while !entries.isEmpty, !isStopped() {
      let waiting = entries.lazy.map(\.waiting)
      let now = Self.milliseconds
      let chosen = WavePlan.choose(waiting, now: now, perHost: perHost, most: most)
      guard chosen.isEmpty, let next = WavePlan.next(waiting), next > now else { return chosen }
      Clock.sleep(milliseconds: Int(min(next - now, 100)))
    }
    return []
  }
}
