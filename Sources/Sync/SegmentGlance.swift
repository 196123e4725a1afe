internal import Favourites

/// What a segment says beside what favourites were added with, found without reading those lines.
struct SegmentGlance {
  /// Categories and facts.
  var segment: Segment
  /// How many lines of favourites there are.
  var favourites = 0
  /// Favourites of which more is said than what they were added with.
  var mixed: Set<UID> = []
  /// The greatest stamp of any line.
  var latest: Int64
}

extension SegmentGlance {
  /// Reads a file. That lines of favourites are sound is found out by whoever reads them.
  ///
  /// - Parameters:
  ///   - device: whose folder it stands in.
  ///   - set: the set that it has to be of.
  init(_ bytes: [UInt8], of device: UID, in set: UID) throws(SegmentError) {
    let lines = try Segment.lines(bytes)
    segment = try Segment(bytes, header: lines[0], of: device, in: set)
    latest = segment.header.ms
    for line in lines.dropFirst() {
      if let (uid, stamp) = Self.beginning(bytes[line], device) {
        favourites += 1
        if stamp != .base { mixed.insert(uid) }
        latest = max(latest, stamp.ms)
        continue
      }
      let before = segment.lines.count
      try segment.take(bytes, line)
      guard segment.lines.count > before, let last = segment.lines.last else { continue }
      latest = max(latest, last.stamp.ms)
      guard last.kind == .favourite else { continue }
      segment.lines.removeLast()
      favourites += 1
      if last.stamp != .base { mixed.insert(last.uid) }
    }
  }

  private static let opening = Array(#"{"f":""#.utf8)
  private static let stamping = Array(#","s":""#.utf8)

  /// The favourite and the stamp of a line that begins as favs writes it; nil for any other.
  private static func beginning(
    _ line: ArraySlice<UInt8>, _ owner: UID
  ) -> (uid: UID, stamp: Stamp)? {
    guard line.starts(with: opening) else { return nil }
    var rest = line.dropFirst(opening.count)
    guard let uid = UID(hexadecimal: rest.prefix(32)), uid != .none else { return nil }
    rest = rest.dropFirst(32)
    guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
    guard rest.starts(with: stamping) else {
      // Where it is said elsewhere, whoever reads the line finds it.
      return rest.first == UInt8(ascii: ",") ? (uid, .base) : nil
    }
    let text = rest.dropFirst(stamping.count).prefix { $0 != UInt8(ascii: "\"") }
    let stamp = Stamp(text: String(decoding: text, as: UTF8.self), in: owner)
    return stamp.flatMap { $0 == .base ? nil : (uid, $0) }
  }
}
