/// A sequence of curl processes in a crawl, and the numbers of requests in them.
struct CrawlLane {
  /// The longest duration of a run and, if there are enough requests, the shortest, in seconds. A
  /// slow run delays other requests in it, while starting curl costs as much as several requests.
  private static let longest = 4.0
  private static let shortest = 0.25
  private static let mostRequests = 500
  /// How long to wait for more requests if there are too few, in milliseconds.
  private static let patience: UInt64 = 100
  /// The number of lanes, if there is work for them.
  private static let fewest = 8
  private static let most = 16

  /// The number of simultaneous requests.
  let slots: Int
  /// The running process.
  private(set) var run: CurlRun?
  private var requests: [RequestQueue.Request] = []
  /// The number of unfinished requests, by host.
  private var rests: [String: Int] = [:]
  /// The number of unfinished requests.
  private(set) var rest = 0
  private var began: UInt64 = 0
  private var ended: UInt64 = 0
  /// The requests per second in the last run.
  private var rate: Double?

  init(slots: Int) { self.slots = slots }

  /// The lanes for a number of simultaneous requests. If possible, each has no more slots than one
  /// host may use, so that a single run can contain all waiting requests to a host.
  static func lanes(jobs: Int, perHost: Int) -> [CrawlLane] {
    let count = min(jobs, max(fewest, min(most, jobs / max(perHost, 1))))
    return (0..<count).map { CrawlLane(slots: jobs / count + ($0 < jobs % count ? 1 : 0)) }
  }

  /// The number of requests for the next run.
  ///
  /// - Parameter share: the number of requests available for it.
  func length(_ share: Int) -> Int {
    guard let rate else { return 4 * slots }
    let time = max(Double(share), rate * Self.shortest)
    let length = min(time, rate * Self.longest, Double(Self.mostRequests))
    return max(Int(length), 2 * slots)
  }

  /// Whether to wait for more requests.
  func waits(for there: Int, at time: UInt64) -> Bool {
    guard let rate, time - ended < Self.patience else { return false }
    return Double(there) < rate * Self.shortest
  }

  /// Begins a run at a time in milliseconds, of any clock.
  mutating func begin(_ run: CurlRun?, _ requests: [RequestQueue.Request], at time: UInt64) {
    self.run = run
    self.requests = requests
    rest = requests.count
    rests = [:]
    for request in requests { rests[request.host, default: 0] += 1 }
    began = time
  }

  /// Marks a request as finished; returns it, and the number of the run's unfinished requests to
  /// the same host.
  mutating func finish(_ index: Int) -> (request: RequestQueue.Request, rest: Int) {
    let request = requests[index]
    let left = (rests[request.host] ?? 1) - 1
    rests[request.host] = left
    rest -= 1
    return (request, left)
  }

  /// Ends the run.
  mutating func end(at time: UInt64) {
    run = nil
    rest = 0
    ended = time
    rate = Double(requests.count) * 1_000 / Double(max(time - began, 1))
  }
}
