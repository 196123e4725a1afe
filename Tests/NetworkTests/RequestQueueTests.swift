import Testing

@testable import Network

struct RequestQueueTests {
  private func queue(_ hosts: String, perHost: Int) -> RequestQueue {
    var queue = RequestQueue(perHost: perHost)
    for (number, host) in hosts.enumerated() {
      queue.add(.init(number: number, host: String(host)))
    }
    return queue
  }

  private func take(
    _ queue: inout RequestQueue, _ most: Int, _ slots: Int, ofOne: Int = .max
  ) -> [Int] {
    queue.take(most, slots: slots, ofOne: ofOne).map(\.number)
  }

  @Test func `all of a host is in one run where its slots are not too many for it`() {
    var queue = queue("aaabbbc", perHost: 2)
    #expect(queue.count(slots: 2) == 7)
    #expect(take(&queue, 5, 2) == [0, 3, 1, 4, 2])
    // The rest of b waits for what is under way of it.
    #expect(take(&queue, 5, 2) == [6])
    #expect(queue.count(slots: 2) == 0)
    queue.release("b", rest: 1, slots: 2)
    #expect(take(&queue, 5, 2) == [5])
  }

  @Test func `a run with more slots than a host may have holds no more of it than that`() {
    var queue = queue("aaabbb", perHost: 2)
    #expect(queue.count(slots: 4) == 4)
    #expect(take(&queue, 9, 4) == [0, 3, 1, 4])
    #expect(take(&queue, 9, 4).isEmpty)
    queue.release("a", rest: 1, slots: 4)
    #expect(take(&queue, 9, 4) == [2])
  }

  @Test func `several runs may share a host that may have their slots`() {
    var queue = queue("aaaaaa", perHost: 4)
    #expect(take(&queue, 2, 2) == [0, 1])
    #expect(take(&queue, 2, 2) == [2, 3])
    #expect(take(&queue, 2, 2).isEmpty)
    queue.release("a", rest: 1, slots: 2)
    queue.release("a", rest: 0, slots: 2)
    #expect(take(&queue, 9, 2) == [4, 5])
  }

  @Test func `of each host no more than is wanted is taken, and what comes first comes first`() {
    var queue = queue("aabb", perHost: 8)
    queue.add(.init(number: 9, host: "b"), first: true)
    #expect(take(&queue, 9, 1, ofOne: 1) == [0, 9])
    #expect(take(&queue, 9, 1) == [1, 2, 3])
  }

  @Test func `what is postponed comes when its time has come`() {
    var queue = RequestQueue(perHost: 1)
    queue.postpone(.init(number: 1, host: "a"), until: 20)
    queue.postpone(.init(number: 2, host: "b"), until: 10)
    #expect(queue.nextDue == 10)
    queue.wake(at: 9)
    #expect(take(&queue, 9, 1).isEmpty)
    queue.wake(at: 10)
    #expect(take(&queue, 9, 1) == [2])
    #expect(queue.nextDue == 20)
  }

  @Test func `room that is reserved is not given away`() {
    var queue = queue("a", perHost: 1)
    let reserved = [queue.reserve("a"), queue.reserve("a")]
    #expect(reserved == [true, false])
    #expect(take(&queue, 1, 1).isEmpty)
    queue.release("a", rest: 0, slots: 1)
    #expect(take(&queue, 1, 1) == [0])
  }

  @Test func `no host has more than it may, whatever runs there are`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let perHost = Int.random(in: 1...5, using: &random)
      var queue = RequestQueue(perHost: perHost)
      for number in 0..<60 {
        queue.add(.init(number: number, host: String("abcde".randomElement(using: &random) ?? "a")))
      }
      var runs: [(slots: Int, requests: [RequestQueue.Request])] = []
      var taken: Set<Int> = []
      for _ in 0..<10_000 where taken.count < 60 || !runs.isEmpty {
        let slots = Int.random(in: 1...5, using: &random)
        let chosen = queue.take(Int.random(in: 1...20, using: &random), slots: slots)
        let before = taken.count
        taken.formUnion(chosen.map(\.number))
        #expect(taken.count == before + chosen.count)
        if !chosen.isEmpty { runs.append((slots, chosen)) }
        for host in "abcde".map(String.init) {
          let most = runs.reduce(0) { sum, run in
            sum + min(run.slots, run.requests.count { $0.host == host })
          }
          #expect(most <= perHost)
        }
        // Any that is under way may be the next that is done.
        guard let run = runs.indices.randomElement(using: &random) else { continue }
        let place = runs[run].requests.indices.randomElement(using: &random) ?? 0
        let host = runs[run].requests.remove(at: place).host
        queue.release(
          host, rest: runs[run].requests.count { $0.host == host }, slots: runs[run].slots)
        if runs[run].requests.isEmpty { runs.remove(at: run) }
      }
      #expect(taken.count == 60 && runs.isEmpty)
    }
  }
}

struct CrawlLaneTests {
  @Test func `lanes have as few slots as one host may have`() {
    #expect(CrawlLane.lanes(jobs: 16, perHost: 2).map(\.slots) == Array(repeating: 2, count: 8))
    #expect(CrawlLane.lanes(jobs: 16, perHost: 1).map(\.slots) == Array(repeating: 1, count: 16))
    #expect(CrawlLane.lanes(jobs: 16, perHost: 16).map(\.slots) == Array(repeating: 2, count: 8))
    #expect(CrawlLane.lanes(jobs: 3, perHost: 2).map(\.slots) == [1, 1, 1])
    #expect(CrawlLane.lanes(jobs: 9, perHost: 3).map(\.slots) == [2, 1, 1, 1, 1, 1, 1, 1])
    #expect(CrawlLane.lanes(jobs: 256, perHost: 2).map(\.slots).reduce(0, +) == 256)
  }

  @Test func `a run is as long as may be done in a few seconds`() {
    var lane = CrawlLane(slots: 2)
    #expect(lane.length(1_000) == 8)
    let requests = (0..<8).map { RequestQueue.Request(number: $0, host: "a") }
    lane.begin(nil, requests, at: 0)
    #expect(lane.rest == 8)
    let finished = lane.finish(0)
    #expect(finished == (requests[0], 7))
    lane.end(at: 4_000)
    // Two in a second.
    #expect(lane.length(1_000) == 8 && lane.length(5) == 5 && lane.length(1) == 4)
    lane.begin(nil, requests, at: 0)
    lane.end(at: 20)
    // Four hundred: no run that is over before it has begun, for a while.
    #expect(lane.length(1_000) == 500 && lane.length(1) == 100)
    #expect(lane.waits(for: 99, at: 119) && !lane.waits(for: 100, at: 119))
    #expect(!lane.waits(for: 99, at: 120))
  }
}
