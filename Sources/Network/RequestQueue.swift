/// Requests that wait, by host, and which of them a run of curl makes next.
///
/// A run asks a host by as many requests at once as it has slots, or by fewer where it holds fewer of that host. So a
/// host whose requests are all in one run is not asked more often at once than that run has slots, however many of them
/// there are, and most runs can be long.
struct RequestQueue {
  /// A request by a number that its owner gives it.
  struct Request: Equatable {
    let number: Int
    let host: String
  }

  private struct Host {
    /// Those that come before all others.
    var first: [Int] = []
    var others: ArraySlice<Int> = []
    /// How many may be at work at the same time, over all runs.
    var used = 0
    var isListed = false

    var count: Int { first.count + others.count }

    /// Takes the next ones out, no more than there are.
    mutating func take(_ count: Int) -> [Int] {
      let early = min(count, first.count)
      let taken = first.suffix(early) + others.prefix(count - early)
      first.removeLast(early)
      others = others.dropFirst(count - early)
      return Array(taken)
    }
  }

  private let perHost: Int
  private var hosts: [String: Host] = [:]
  /// Hosts of which something waits and may be asked for, in the order in which their first request came.
  private var ready: [String] = []
  private var postponed: [(due: UInt64, request: Request)] = []

  /// - Parameter perHost: how many requests of one host may be at work at the same time.
  init(perHost: Int) { self.perHost = perHost }

  /// Adds a request behind those of its host, or before them.
  mutating func add(_ request: Request, first: Bool = false) {
    if first {
      hosts[request.host, default: Host()].first.append(request.number)
    } else {
      hosts[request.host, default: Host()].others.append(request.number)
    }
    list(request.host)
  }

  /// Adds one that is not to be made before a time, in milliseconds of any clock.
  mutating func postpone(_ request: Request, until due: UInt64) {
    postponed.append((due, request))
  }

  /// Lets those in whose time has come.
  mutating func wake(at now: UInt64) {
    guard let due = nextDue, due <= now else { return }
    for (due, request) in postponed where due <= now { add(request, first: true) }
    postponed.removeAll { $0.due <= now }
  }

  /// When the first that is postponed may be made; nil where none is.
  var nextDue: UInt64? { postponed.lazy.map(\.due).min() }

  /// How many a run with so many slots could take.
  func count(slots: Int) -> Int { ready.reduce(0) { $0 + allowed($1, slots) } }

  /// Takes requests for a run, dealt out so that those of one host are apart.
  ///
  /// - Parameters:
  ///   - most: how many at most.
  ///   - slots: how many of them the run makes at the same time.
  ///   - ofOne: how many of one host at most.
  mutating func take(_ most: Int, slots: Int, ofOne: Int = .max) -> [Request] {
    var piles: [[Request]] = []
    var left = most
    for host in ready where left > 0 {
      let count = min(allowed(host, slots), left, ofOne)
      guard count > 0, var state = hosts[host] else { continue }
      piles.append(state.take(count).map { Request(number: $0, host: host) })
      state.used += min(count, slots)
      hosts[host] = state
      left -= count
    }
    let before = ready
    ready = before.filter(isReady)
    if ready.count < before.count {
      for host in before where !isReady(host) { hosts[host]?.isListed = false }
    }
    return Self.dealt(piles)
  }

  /// Takes the room for one request of a host that is in no queue; whether there is any.
  mutating func reserve(_ host: String) -> Bool {
    guard hosts[host, default: Host()].used < perHost else { return false }
    hosts[host, default: Host()].used += 1
    return true
  }

  /// Takes notice that a request of a run is done.
  ///
  /// - Parameter rest: how many of the same host the run still has.
  mutating func release(_ host: String, rest: Int, slots: Int) {
    guard var state = hosts[host] else { return }
    state.used -= min(rest + 1, slots) - min(rest, slots)
    hosts[host] = state.used == 0 && state.count == 0 ? nil : state
    list(host)
  }

  private func isReady(_ host: String) -> Bool {
    hosts[host].map { $0.count > 0 && $0.used < perHost } ?? false
  }

  private mutating func list(_ host: String) {
    guard isReady(host), hosts[host]?.isListed == false else { return }
    hosts[host]?.isListed = true
    ready.append(host)
  }

  private func allowed(_ host: String, _ slots: Int) -> Int {
    guard let state = hosts[host] else { return 0 }
    let free = perHost - state.used
    return slots <= free ? state.count : min(free, state.count)
  }

  /// One of each pile after another.
  private static func dealt(_ piles: [[Request]]) -> [Request] {
    var dealt: [Request] = []
    var round = 0
    while true {
      let before = dealt.count
      for pile in piles where round < pile.count { dealt.append(pile[round]) }
      if dealt.count == before { return dealt }
      round += 1
    }
  }
}
