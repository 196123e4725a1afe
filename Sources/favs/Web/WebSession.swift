internal import Favourites
internal import Host
internal import Network

/// The network access of a command: curl, and statistics for the log and the profile.
struct WebSession {
  let curl: Curl
  let options: NetworkOptions

  /// Our user agent.
  private static let agent = "favs/\(Program.version) (favourites manager)"

  /// Creates the folder in which curl works. It is removed with the last reference to it.
  init(_ options: NetworkOptions) throws(Failure) {
    self.options = options
    do {
      curl = try Curl(agent: Self.agent, timeout: options.patience)
    } catch {
      throw Failure(error)
    }
  }

  /// Creates a crawl.
  func crawl<Tag>(_ type: Tag.Type) -> Crawl<Tag> {
    Crawl(curl, jobs: options.atOnce, perHost: options.ofOneHost)
  }
}

/// Statistics about the network in a run.
struct NetworkTally: Equatable, Sendable {
  var requests = 0
  /// The number of times that curl was started.
  var runs = 0
  /// The duration of the slowest request, in seconds.
  var slowest = 0.0
  /// The total time, including waiting, in nanoseconds.
  var nanoseconds: UInt64 = 0

  /// Adds the statistics of a crawl.
  mutating func note<Tag>(_ crawl: Crawl<Tag>, since start: UInt64) {
    requests += crawl.requests
    runs += crawl.runs
    slowest = max(slowest, crawl.slowest)
    nanoseconds += Clock.monotonicNanoseconds() - start
  }
}
