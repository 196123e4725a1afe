/// What is known of a link since it was asked for last.
package enum LinkState: String, CaseIterable, Sendable {
  /// The page is there.
  case alive
  /// It is there, and has another address for good.
  case moved
  /// The site answers, but not to programs: neither alive nor broken.
  case blocked
  /// It failed once.
  case failing
  /// It failed again, a day or more later.
  case broken
  /// There is a page, but hardly the one that was kept.
  case suspect
  /// It was not asked for: no page, or a private address.
  case skipped

  /// How it is kept in a file. Numbers are never given again.
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

  /// The state that a number of a file stands for; nil for none.
  init?(number: Int64) {
    guard let state = Self.allCases.first(where: { $0.number == number }) else { return nil }
    self = state
  }
}

/// What was seen when a link was asked for.
package struct LinkSight: Equatable, Sendable {
  package var state: LinkState
  /// The status of the last answer; nil where there was none.
  package var status: Int?
  /// Why it is in its state, in a few words; nil where nothing is to be said.
  package var reason: String?
  package var checkedAt: Timestamp
  /// When it failed first, of the failures in a row that last until now; nil where it did not.
  package var failedAt: Timestamp?
  /// How often it failed in a row.
  package var failures: Int64 = 0
  /// Where the last redirect led to; nil without any.
  package var finalURL: String?
  /// Its new address: where the last of the permanent redirects led to; nil without any.
  package var movedTo: String?
  /// What the page was marked with (RFC 9110, 8.8.3).
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
