/// Remarks on a file beside its contents: what was corrected, and what could not be kept.
///
/// The same remark on several positions is recorded once, with a count and the first few positions.
package struct Remarks: Sendable {
  /// A remark.
  package struct Remark: Sendable {
    package let what: String
    /// Whether something was lost, so that the import was not complete.
    package let isLoss: Bool
    package fileprivate(set) var count = 0
    /// The first few positions.
    package fileprivate(set) var locations: [Location] = []
  }

  /// The most positions to keep for a remark, and the most remarks.
  private static let mostLocations = 5
  private static let mostRemarks = 1_000

  /// In the order in which they first occurred.
  package private(set) var all: [Remark] = []

  package init() {}

  /// Whether anything was lost.
  package var hasLoss: Bool { all.contains(where: \.isLoss) }

  /// Records a remark.
  package mutating func note(_ what: String, at location: Location?, isLoss: Bool, count: Int = 1) {
    let known = all.firstIndex { $0.isLoss == isLoss && $0.what.utf8.elementsEqual(what.utf8) }
    guard let index = known ?? (all.count < Self.mostRemarks ? all.count : nil) else { return }
    if known == nil { all.append(Remark(what: what, isLoss: isLoss)) }
    all[index].count += count
    if let location, all[index].locations.count < Self.mostLocations {
      all[index].locations.append(location)
    }
  }
}

extension Remarks.Remark {
  /// The text: `line 6, column 12: a byte that is not UTF-8 (3 times, also line 9)`.
  package var text: String {
    guard let first = locations.first else { return count > 1 ? "\(what) (\(count) times)" : what }
    guard count > 1 else { return "\(first.text): \(what)" }
    let others = locations.dropFirst().map {
      Location(line: $0.line) == $0 ? $0.text : "line \($0.line)"
    }
    let rest = count > locations.count ? " and so on" : ""
    return "\(first.text): \(what) (\(count) times, also \(others.joined(separator: ", "))\(rest))"
  }
}
