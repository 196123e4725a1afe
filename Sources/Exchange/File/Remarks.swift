/// What is to be said of a file beside what is in it: what was put right in it, and what could not be kept.
///
/// The same said of several places is said once, with how often, and the first of the places.
package struct Remarks: Sendable {
  /// One thing that is to be said.
  package struct Remark: Sendable {
    package let what: String
    /// Whether something was lost by it, so that the reading did not go all well.
    package let isLoss: Bool
    package fileprivate(set) var count = 0
    /// Where, the first few times.
    package fileprivate(set) var places: [Place] = []
  }

  /// How many places are kept of one, and how many remarks.
  private static let mostPlaces = 5
  private static let mostRemarks = 1_000

  /// In the order in which they first came up.
  package private(set) var all: [Remark] = []

  package init() {}

  /// Whether anything was lost.
  package var hasLoss: Bool { all.contains(where: \.isLoss) }

  /// Takes one down.
  package mutating func note(_ what: String, at place: Place?, isLoss: Bool, count: Int = 1) {
    let known = all.firstIndex { $0.isLoss == isLoss && $0.what.utf8.elementsEqual(what.utf8) }
    guard let index = known ?? (all.count < Self.mostRemarks ? all.count : nil) else { return }
    if known == nil { all.append(Remark(what: what, isLoss: isLoss)) }
    all[index].count += count
    if let place, all[index].places.count < Self.mostPlaces { all[index].places.append(place) }
  }
}

extension Remarks.Remark {
  /// In words: `line 6, column 12: a byte that is not UTF-8 (3 times, also line 9)`.
  package var text: String {
    guard let first = places.first else { return count > 1 ? "\(what) (\(count) times)" : what }
    guard count > 1 else { return "\(first.text): \(what)" }
    let others = places.dropFirst().map { Place(line: $0.line) == $0 ? $0.text : "line \($0.line)" }
    let rest = count > places.count ? " and so on" : ""
    return "\(first.text): \(what) (\(count) times, also \(others.joined(separator: ", "))\(rest))"
  }
}
