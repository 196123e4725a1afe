internal import Exchange
package import Favourites

/// What a visit to a link says of it, given what was seen before.
package struct Verdict: Sendable {
  /// How long has to pass from the first failure to the one by which a link is broken, in milliseconds: a day.
  static let patience: Int64 = 86_400_000

  /// Whether the first failure is enough.
  package let isStrict: Bool
  package let now: Timestamp

  package init(isStrict: Bool, now: Timestamp) {
    self.isStrict = isStrict
    self.now = now
  }

  /// What is known of a page by its text.
  package struct Page: Equatable, Sendable {
    /// Whether it only wants to know whether a person is looking.
    package let isChallenge: Bool
    /// Whether a site might give it for any address: a page that answered well.
    package let mayBeAnything: Bool
    package let likeness: Likeness
  }

  /// Reads the page that a visit ended at.
  package static func page(_ visit: Visit) -> Page {
    let answer = visit.answer ?? Transfer()
    let type = answer.head.contentType
    let isHTML = type.isEmpty || type.contains(ascii: "html") || type.contains(ascii: "xml")
    var isChallenge =
      answer.head["cf-mitigated"]?.lowercased() == "challenge"
      || answer.head["x-amzn-waf-action"] != nil
    if isHTML, !isChallenge {
      isChallenge = PageHead(answer.body, charset: answer.head.charset).kind == .challenge
    }
    return Page(
      isChallenge: isChallenge,
      mayBeAnything: isHTML && (200..<300).contains(answer.status) && !visit.address.isFrontPage,
      likeness: Likeness(isHTML ? answer.body : []))
  }

  /// What is to be kept of a link.
  ///
  /// - Parameters:
  ///   - page: what the visit ended at; nil where nothing answered.
  ///   - isAnything: whether a made-up neighbour of the page is answered in the same way.
  ///   - before: what was seen the last time.
  package func sight(
    _ visit: Visit, _ end: Visit.End, page: Page?, isAnything: Bool, before: LinkSight?
  ) -> LinkSight {
    switch end {
    case .isPrivate: return skipped("private address")
    case .failed(let fault):
      // Who wants cookies and gets none sends those who come round in circles.
      if fault == .loop, visit.setsCookies { return blocked(visit, "wants cookies") }
      return failed(visit, fault.rawValue, before)
    case .answered: break
    }
    let status = visit.answer?.status ?? 0
    if page?.isChallenge == true { return blocked(visit, "challenge page") }
    if Self.closed.contains(status) || Habits.knows(status, of: visit.address.host) {
      return blocked(visit, nil)
    }
    if status == 304, let before { return unchanged(visit, before) }
    guard (200..<300).contains(status) else { return failed(visit, nil, before) }
    return answered(visit, isAnything: isAnything)
  }

  /// One that is not asked for at all.
  package func skipped(_ reason: String) -> LinkSight { unasked(.skipped, reason) }

  /// A file that is on the disk.
  package var present: LinkSight { LinkSight(.alive, at: now) }

  /// A file that is not on the disk, or of which nobody knows whether it is.
  package func absent(_ reason: String, before: LinkSight?) -> LinkSight {
    var sight = failure(before)
    sight.reason = reason
    return sight
  }

  /// A file that may not be looked for.
  package func refused(_ reason: String) -> LinkSight { unasked(.blocked, reason) }

  private func unasked(_ state: LinkState, _ reason: String) -> LinkSight {
    var sight = LinkSight(state, at: now)
    sight.reason = reason
    return sight
  }

  /// "unauthorized", "forbidden", "proxy authentication required", "too many requests", "unavailable for legal
  /// reasons", and what LinkedIn says.
  private static let closed: Set<Int> = [401, 403, 407, 429, 451, 999]

  private func answered(_ visit: Visit, isAnything: Bool) -> LinkSight {
    var sight = self.sight(.alive, visit)
    sight.etag = visit.hops.isEmpty ? visit.answer?.head["etag"] : nil
    let isRedirected = !visit.hops.isEmpty
    if isRedirected, visit.address.isFrontPage, !visit.start.isFrontPage {
      sight.state = .suspect
      sight.reason = "redirected to a front page"
    } else if isAnything {
      sight.state = .suspect
      sight.reason = "the site answers so for any address"
    } else if let target = Self.newAddress(visit) {
      sight.state = .moved
      sight.movedTo = target
    }
    return sight
  }

  /// Where the last of the permanent redirects at the beginning led to; nil where that is the same link, or a page that
  /// stands before the one that was asked for.
  private static func newAddress(_ visit: Visit) -> String? {
    guard let target = visit.hops.prefix(while: \.isPermanent).last?.target else { return nil }
    let text = target.text
    guard text.utf8.count <= Limits.urlBytes, !LinkKey.areEqual(text, visit.start.text),
      !PageMarks.isDoor(host: target.host, path: target.path)
        || PageMarks.isDoor(host: visit.start.host, path: visit.start.path)
    else { return nil }
    return text
  }

  private func unchanged(_ visit: Visit, _ before: LinkSight) -> LinkSight {
    var sight = before
    sight.checkedAt = now
    sight.status = visit.answer?.status
    (sight.failedAt, sight.failures) = (nil, 0)
    return sight
  }

  private func blocked(_ visit: Visit, _ reason: String?) -> LinkSight {
    var sight = self.sight(.blocked, visit)
    sight.reason = reason
    return sight
  }

  private func failed(_ visit: Visit, _ reason: String?, _ before: LinkSight?) -> LinkSight {
    var sight = failure(before)
    // Without an answer, the last one that came was that of a redirect.
    sight.status = reason == nil ? visit.answer?.status : nil
    sight.finalURL = visit.hops.isEmpty ? nil : visit.address.text
    sight.reason = reason
    return sight
  }

  private func failure(_ before: LinkSight?) -> LinkSight {
    let first = before?.failedAt ?? now
    let isLate =
      before?.failures ?? 0 > 0
      && now.milliseconds - first.milliseconds >= Self.patience
    var sight = LinkSight(
      isStrict || isLate || before?.state == .broken ? .broken : .failing, at: now)
    sight.failedAt = first
    let (count, isTooMany) = (before?.failures ?? 0).addingReportingOverflow(1)
    sight.failures = isTooMany ? .max : count
    return sight
  }

  private func sight(_ state: LinkState, _ visit: Visit) -> LinkSight {
    var sight = LinkSight(state, at: now)
    sight.status = visit.answer?.status
    sight.finalURL = visit.hops.isEmpty ? nil : visit.address.text
    return sight
  }
}
