/// Where one run of curl after another makes requests of a crawl, and how long these runs are.
struct CrawlLane {
  /// How long a run is to take at most, and at least where there is enough to do, in seconds. Others wait for what is in
  /// a run that is slow; and starting curl costs as much as several requests.
  private static let longest = 4.0
  private static let shortest = 0.25
  private static let mostRequests = 500
  /// How long more is waited for where there is less than that, in milliseconds.
  private static let patience: UInt64 = 100
  /// How many lanes there are, as far as there is work for them.
  private static let fewest = 8
  private static let most = 16

  /// How many requests are made at the same time.
  let slots: Int
  /// What is under way.
  private(set) var run: CurlRun?
  private var requests: [RequestQueue.Request] = []
  /// How many are not done yet, by host.
  private var rests: [String: Int] = [:]
  /// How many are not done yet.
  private(set) var rest = 0
  private var began: UInt64 = 0
  private var ended: UInt64 = 0
  /// How many requests it makes in a second, by its last run.
  private var rate: Double?

  init(slots: Int) { self.slots = slots }

  /// The lanes for so many requests at the same time: as few slots in each as one host may have, so that a run may hold
  /// all that waits of a host.
  static func lanes(jobs: Int, perHost: Int) -> [CrawlLane] {
    let count = min(jobs, max(fewest, min(most, jobs / max(perHost, 1))))
    return (0..<count).map { CrawlLane(slots: jobs / count + ($0 < jobs % count ? 1 : 0)) }
  }

  /// How many requests its next run is to have.
  ///
  /// - Parameter share: how many there are for it.
  func length(_ share: Int) -> Int {
    guard let rate else { return 4 * slots }
    let time = max(Double(share), rate * Self.shortest)
    let length = min(time, rate * Self.longest, Double(Self.mostRequests))
    return max(Int(length), 2 * slots)
  }

  /// Whether it had better wait for more than there is.
  func waits(for there: Int, at time: UInt64) -> Bool {
    guard let rate, time - ended < Self.patience else { return false }
    return Double(there) < rate * Self.shortest
  }

  /// Begins a run at a time, in milliseconds of any clock.
  mutating func begin(_ run: CurlRun?, _ requests: [RequestQueue.Request], at time: UInt64) {
    self.run = run
    self.requests = requests
    rest = requests.count
    rests = [:]
    for request in requests { rests[request.host, default: 0] += 1 }
    began = time
  }

  /// Takes notice that a request is done; gives it, and how many the run still has of its host.
  mutating func finish(_ place: Int) -> (request: RequestQueue.Request, rest: Int) {
    let request = requests[place]
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
