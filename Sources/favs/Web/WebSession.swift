internal import Favourites
internal import Host
internal import Network

/// What a command needs to ask for pages: curl, and what is noted of it for the log and the profile.
struct WebSession {
  let curl: Curl
  let options: NetworkOptions

  /// What we say that we are: a program, and which.
  private static let agent = "favs/\(Program.version) (favourites manager)"

  /// Makes what curl works in. It ends when the last that holds it does.
  init(_ options: NetworkOptions) throws(Failure) {
    self.options = options
    do {
      curl = try Curl(agent: Self.agent, timeout: options.patience)
    } catch {
      throw Failure(error)
    }
  }

  /// Visits to pages.
  func crawl<Tag>(_ type: Tag.Type) -> Crawl<Tag> {
    Crawl(curl, jobs: options.atOnce, perHost: options.ofOneHost)
  }
}

/// What the network was used for in a run.
struct NetworkTally: Equatable, Sendable {
  var requests = 0
  /// How often curl was started.
  var runs = 0
  /// How long the slowest request took, in seconds.
  var slowest = 0.0
  /// How long it took, in nanoseconds, waiting included.
  var nanoseconds: UInt64 = 0

  /// Takes notice of what a crawl did.
  mutating func note<Tag>(_ crawl: Crawl<Tag>, since start: UInt64) {
    requests += crawl.requests
    runs += crawl.runs
    slowest = max(slowest, crawl.slowest)
    nanoseconds += Clock.monotonicNanoseconds() - start
  }
}
