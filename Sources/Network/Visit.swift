package import Favourites

/// The way to one page: from its link over redirects to what answers in the end. A value that is told what each request
/// came to, and says what is to be done next.
package struct Visit: Equatable, Sendable {
  /// The most redirects that are followed.
  static let mostHops = 10
  /// How often a request is made again that failed in a way that may pass.
  static let mostRetries = 2
  /// How long is waited before each of these, in milliseconds.
  static let pauses: [UInt64] = [1_000, 4_000]
  /// The longest wait that a site may ask for, in seconds.
  static let longestWait: Int64 = 60

  /// A redirect that was followed.
  package struct Hop: Equatable, Sendable {
    package let status: Int
    package let target: WebAddress

    /// Whether the page has this address for good.
    package var isPermanent: Bool { status == 301 || status == 308 }
  }

  /// Why nothing can be said of a page.
  package enum Fault: String, Equatable, Sendable {
    case name = "host not found"
    case connection = "cannot connect"
    case timeout = "timed out"
    case certificate = "bad certificate"
    case security = "TLS failed"
    case silence = "no answer"
    case protocolError = "invalid answer"
    case loop = "redirect loop"
    case hops = "too many redirects"
    case target = "redirect to something that is not a web page"
    case privateTarget = "redirect to a private address"

    /// Whether it may pass by itself.
    var isPassing: Bool {
      switch self {
      case .name, .connection, .timeout, .security, .silence: true
      default: false
      }
    }
  }

  /// What there is to be said of it in the end.
  package enum End: Equatable, Sendable {
    /// This answered.
    case answered
    case failed(Fault)
    /// Its address turned out to be private, and no such is to be asked.
    case isPrivate
  }

  /// What is to be done next.
  package enum Step: Equatable, Sendable {
    /// Ask for `address`, not before so many milliseconds have passed.
    case ask(after: UInt64)
    case end(End)
  }

  package let start: WebAddress
  /// The redirects that were followed.
  package private(set) var hops: [Hop] = []
  /// What is to be asked for, or answered last.
  package private(set) var address: WebAddress
  /// The last answer.
  package private(set) var answer: Transfer?
  /// Whether any answer wanted to keep something here.
  package private(set) var setsCookies = false
  private let allowsPrivate: Bool
  private var retries = 0
  /// Whether what answered last is reached by everybody.
  private var isPublic: Bool?

  package init(_ start: WebAddress, allowsPrivate: Bool) {
    self.start = start
    self.allowsPrivate = allowsPrivate
    address = start
  }

  /// Takes what a request for `address` came to.
  ///
  /// - Parameters:
  ///   - isDirect: whether the one that was reached is the site itself, and no proxy.
  ///   - now: by which a date in an answer is understood.
  package mutating func take(_ transfer: Transfer, isDirect: Bool, now: Timestamp) -> Step {
    if isDirect, let remote = transfer.remote {
      if remote.isPrivate {
        if isPublic == true { return .end(.failed(.privateTarget)) }
        guard allowsPrivate else { return .end(.isPrivate) }
      }
      isPublic = !remote.isPrivate
    } else {
      isPublic = !address.isPrivate
    }
    guard transfer.isAnswered else { return failed(Self.fault(transfer)) }
    if transfer.head["set-cookie"] != nil { setsCookies = true }
    if let pause = pause(transfer, now) { return .ask(after: pause) }
    answer = transfer
    guard Self.redirects.contains(transfer.status), let location = transfer.head.bytes("location")
    else { return .end(.answered) }
    forgetBody()
    return follow(location, transfer.status)
  }

  /// Forgets the text of the last answer, which may be long.
  package mutating func forgetBody() { answer?.body = [] }

  private static let redirects: Set<Int> = [301, 302, 303, 307, 308]

  private mutating func follow(_ location: [UInt8], _ status: Int) -> Step {
    guard case .page(let target) = address.resolving(location) else {
      return .end(.failed(.target))
    }
    let isLocal = InternetAddress(target.host)?.isLinkLocal ?? false
    if target.isPrivate, isPublic == true || !allowsPrivate || isLocal {
      return .end(.failed(.privateTarget))
    }
    guard !isKnown(target) else { return .end(.failed(.loop)) }
    guard hops.count < Self.mostHops else { return .end(.failed(.hops)) }
    hops.append(Hop(status: status, target: target))
    address = target
    retries = 0
    return .ask(after: 0)
  }

  private func isKnown(_ target: WebAddress) -> Bool {
    let wanted = target.requested
    return start.requested == wanted || hops.contains { $0.target.requested == wanted }
  }

  private mutating func failed(_ fault: Fault) -> Step {
    guard fault.isPassing, retries < Self.mostRetries else { return .end(.failed(fault)) }
    retries += 1
    return .ask(after: Self.pauses[retries - 1])
  }

  /// How long to wait before an answer that may pass is asked for again, in milliseconds; nil where it is the last word.
  private mutating func pause(_ transfer: Transfer, _ now: Timestamp) -> UInt64? {
    guard Self.passing.contains(transfer.status), retries < Self.mostRetries else { return nil }
    var pause = Self.pauses[retries]
    if let wait = Self.wait(transfer.head["retry-after"], now) {
      // A site that wants to be left alone for longer is left alone.
      guard wait <= Self.longestWait else { return nil }
      pause = UInt64(max(wait, 0)) * 1_000
    }
    retries += 1
    return pause
  }

  private static let passing: Set<Int> = [408, 425, 429, 500, 502, 503, 504]

  /// What `Retry-After` asks for, in seconds: RFC 9110, 10.2.3.
  private static func wait(_ value: String?, _ now: Timestamp) -> Int64? {
    guard let value else { return nil }
    if let seconds = Int64(value) { return max(0, seconds) }
    guard let date = HTTPDate.read(value) else { return nil }
    return (date.milliseconds - now.milliseconds + 999) / 1_000
  }

  /// Source: curl(1), "EXIT CODES".
  private static func fault(_ transfer: Transfer) -> Fault {
    switch transfer.exit {
    case 5, 6: .name
    case 7, 97: .connection
    case 28: .timeout
    case 51, 58, 60, 77, 83, 90, 91: .certificate
    case 35, 53, 54, 59, 64, 66, 80, 98: .security
    case 18, 52, 55, 56: .silence
    default: .protocolError
    }
  }
}
