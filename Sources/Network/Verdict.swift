internal import Exchange
package import Favourites

/// Determines the state of a link from a visit, and from its previous state.
package struct Verdict: Sendable {
  /// The time between the first failure and the one that makes a link broken, in milliseconds: a
  /// day.
  static let patience: Int64 = 86_400_000

  /// Whether a single failure makes a link broken.
  package let isStrict: Bool
  package let now: Timestamp

  package init(isStrict: Bool, now: Timestamp) {
    self.isStrict = isStrict
    self.now = now
  }

  /// Information about a page from its text.
  package struct Page: Equatable, Sendable {
    /// Whether it only checks that the visitor is human.
    package let isChallenge: Bool
    /// Whether the site might return it for any address: a successful page.
    package let mayBeAnything: Bool
    package let likeness: Likeness
  }

  /// Reads the final page of a visit.
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

  /// The new state of a link.
  ///
  /// - Parameters:
  ///   - page: the final page of the visit; nil if nothing answered.
  ///   - isAnything: whether a made-up address of the site gives the same answer.
  ///   - before: the previous state.
  package func sight(
    _ visit: Visit, _ end: Visit.End, page: Page?, isAnything: Bool, before: LinkSight?
  ) -> LinkSight {
    switch end {
    case .isPrivate: return skipped("private address")
    case .failed(let fault):
      // A site that requires cookies may redirect visitors without them in circles.
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

  /// The state of a link that is not checked at all.
  package func skipped(_ reason: String) -> LinkSight { unasked(.skipped, reason) }

  /// The state of an existing file.
  package var present: LinkSight { LinkSight(.alive, at: now) }

  /// The state of a file that does not exist, or cannot be checked.
  package func absent(_ reason: String, before: LinkSight?) -> LinkSight {
    var sight = failure(before)
    sight.reason = reason
    return sight
  }

  /// The state of a file that must not be accessed.
  package func refused(_ reason: String) -> LinkSight { unasked(.blocked, reason) }

  private func unasked(_ state: LinkState, _ reason: String) -> LinkSight {
    var sight = LinkSight(state, at: now)
    sight.reason = reason
    return sight
  }

  /// "unauthorized", "forbidden", "proxy authentication required", "too many requests",
  /// "unavailable for legal reasons", and what LinkedIn says.
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

  /// The target of the last permanent redirect at the beginning of the visit; nil if it is the same
  /// link, or an interstitial page.
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
    // Without a response, the last status is that of a redirect.
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
