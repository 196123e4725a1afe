package import Favourites

/// The way to a page, from its link through redirects to the final response. A value that receives
/// the result of each request, and determines the next step.
package struct Visit: Equatable, Sendable {
  /// The most redirects to follow.
  static let mostHops = 10
  /// The most retries of a request after a temporary failure.
  static let mostRetries = 2
  /// The waiting times before retries, in milliseconds.
  static let pauses: [UInt64] = [1_000, 4_000]
  /// The longest wait that a site may request, in seconds.
  static let longestWait: Int64 = 60

  /// A redirect that was followed.
  package struct Hop: Equatable, Sendable {
    package let status: Int
    package let target: WebAddress

    /// Whether the redirect is permanent.
    package var isPermanent: Bool { status == 301 || status == 308 }
  }

  /// Why a page could not be reached.
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

    /// Whether the fault may be temporary.
    var isPassing: Bool {
      switch self {
      case .name, .connection, .timeout, .security, .silence: true
      default: false
      }
    }
  }

  /// The outcome of a visit.
  package enum End: Equatable, Sendable {
    /// There was a response.
    case answered
    case failed(Fault)
    /// The address turned out to be private, and such addresses are not allowed.
    case isPrivate
  }

  /// The next step.
  package enum Step: Equatable, Sendable {
    /// Request `address`, after a delay in milliseconds.
    case ask(after: UInt64)
    case end(End)
  }

  package let start: WebAddress
  /// The redirects that were followed.
  package private(set) var hops: [Hop] = []
  /// The address to request next, or the one that answered last.
  package private(set) var address: WebAddress
  /// The last response.
  package private(set) var answer: Transfer?
  /// Whether any response set a cookie.
  package private(set) var setsCookies = false
  private let allowsPrivate: Bool
  private var retries = 0
  /// Whether the server of the last response is publicly reachable.
  private var isPublic: Bool?

  package init(_ start: WebAddress, allowsPrivate: Bool) {
    self.start = start
    self.allowsPrivate = allowsPrivate
    address = start
  }

  /// Handles the result of the request for `address`.
  ///
  /// - Parameters:
  ///   - isDirect: whether the server is the site itself, not a proxy.
  ///   - now: the current time, for dates in the response.
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

  /// Discards the body of the last response, which may be long.
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

  /// How long to wait before a retry after a temporary failure, in milliseconds; nil if the result
  /// is final.
  private mutating func pause(_ transfer: Transfer, _ now: Timestamp) -> UInt64? {
    guard Self.passing.contains(transfer.status), retries < Self.mostRetries else { return nil }
    var pause = Self.pauses[retries]
    if let wait = Self.wait(transfer.head["retry-after"], now) {
      // If a site asks for a longer wait, there is no retry.
      guard wait <= Self.longestWait else { return nil }
      pause = UInt64(max(wait, 0)) * 1_000
    }
    retries += 1
    return pause
  }

  private static let passing: Set<Int> = [408, 425, 429, 500, 502, 503, 504]

  /// The wait requested by `Retry-After`, in seconds: RFC 9110, 10.2.3.
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
