/// The state of a link, from checking it.
package enum LinkState: String, CaseIterable, Sendable {
  /// The page exists.
  case alive
  /// It exists, and has permanently moved to another address.
  case moved
  /// The site responds, but not to programs: neither alive nor broken.
  case blocked
  /// It failed once.
  case failing
  /// It failed again, a day or more later.
  case broken
  /// There is a page, but probably not the one that was saved.
  case suspect
  /// It was not checked: not a web page, or a private address.
  case skipped

  /// The number stored in a file. Numbers are never reused.
  var number: Int64 {
    switch self {
    case .alive: 1
    case .moved: 2
    case .blocked: 3
    case .failing: 4
    case .broken: 5
    case .suspect: 6
    case .skipped: 7
    }
  }

  /// The state for a number in a file; nil if there is none.
  init?(number: Int64) {
    guard let state = Self.allCases.first(where: { $0.number == number }) else { return nil }
    self = state
  }
}

/// The result of checking a link.
package struct LinkSight: Equatable, Sendable {
  package var state: LinkState
  /// The status of the last response; nil if there was none.
  package var status: Int?
  /// The reason for its state, in a few words; nil if there is nothing to say.
  package var reason: String?
  package var checkedAt: Timestamp
  /// When the present series of failures began; nil if it did not fail.
  package var failedAt: Timestamp?
  /// The number of consecutive failures.
  package var failures: Int64 = 0
  /// The target of the last redirect; nil without any.
  package var finalURL: String?
  /// Its new address: the target of the last permanent redirect; nil without any.
  package var movedTo: String?
  /// The page's entity tag (RFC 9110, 8.8.3).
  package var etag: String?

  package init(_ state: LinkState, at time: Timestamp) {
    self.state = state
    checkedAt = time
  }

  /// Writes `{"state","status","checked_at","final_url","moved_to"}`.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("state", state.rawValue)
    json.member("status", status.map(Int64.init))
    json.member("checked_at", checkedAt.text)
    json.member("final_url", finalURL)
    json.member("moved_to", movedTo)
    json.endObject()
  }
}
