/// Waiting requests by host, from which the requests of the next run are chosen.
///
/// A run sends at most as many simultaneous requests to a host as it has slots. So if all requests
/// to a host are in one run, the limit for the host holds however many there are, and most runs can
/// be long.
struct RequestQueue {
  /// A request, identified by a number that the caller assigns.
  struct Request: Equatable {
    let number: Int
    let host: String
  }

  private struct Host {
    /// Requests that come before all others.
    var first: [Int] = []
    var others: ArraySlice<Int> = []
    /// The number of simultaneous requests reserved in all runs.
    var used = 0
    var isListed = false

    var count: Int { first.count + others.count }

    /// Removes and returns the next requests, up to a number.
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
  /// Hosts with waiting requests that may be sent, in order of their first request.
  private var ready: [String] = []
  private var postponed: [(due: UInt64, request: Request)] = []

  /// - Parameter perHost: the most simultaneous requests to one host.
  init(perHost: Int) { self.perHost = perHost }

  /// Adds a request after or before the others to its host.
  mutating func add(_ request: Request, first: Bool = false) {
    if first {
      hosts[request.host, default: Host()].first.append(request.number)
    } else {
      hosts[request.host, default: Host()].others.append(request.number)
    }
    list(request.host)
  }

  /// Adds a request for a later time, in milliseconds of any clock.
  mutating func postpone(_ request: Request, until due: UInt64) {
    postponed.append((due, request))
  }

  /// Makes requests available whose time has come.
  mutating func wake(at now: UInt64) {
    guard let due = nextDue, due <= now else { return }
    for (due, request) in postponed where due <= now { add(request, first: true) }
    postponed.removeAll { $0.due <= now }
  }

  /// The time of the first postponed request; nil if there is none.
  var nextDue: UInt64? { postponed.lazy.map(\.due).min() }

  /// The number of requests that a run with this many slots could take.
  func count(slots: Int) -> Int { ready.reduce(0) { $0 + allowed($1, slots) } }

  /// Takes requests for a run, interleaved so that requests to one host are apart.
  ///
  /// - Parameters:
  ///   - most: the most requests to take.
  ///   - slots: the number of simultaneous requests in the run.
  ///   - ofOne: the most requests to one host.
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

  /// Reserves a slot for a request outside the queue; returns whether the host had one free.
  mutating func reserve(_ host: String) -> Bool {
    guard hosts[host, default: Host()].used < perHost else { return false }
    hosts[host, default: Host()].used += 1
    return true
  }

  /// Marks a request of a run as finished.
  ///
  /// - Parameter rest: the number of the run's unfinished requests to the same host.
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

  /// Takes one request from each pile in turn.
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
