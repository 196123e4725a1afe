internal import Favourites

/// A scan of a segment: everything except the lines for favourites, which are not parsed.
struct SegmentGlance {
  /// Categories and facts.
  var segment: Segment
  /// The number of lines for favourites.
  var favourites = 0
  /// Favourites with more data than they were added with.
  var mixed: Set<UID> = []
  /// The latest stamp in any line.
  var latest: Int64
}

extension SegmentGlance {
  /// Scans a segment. Lines for favourites are validated only when they are read.
  ///
  /// - Parameters:
  ///   - device: the device whose folder contains it.
  ///   - set: the set that it must belong to.
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

  /// The favourite and the stamp of a line that begins as favs writes it; otherwise nil.
  private static func beginning(
    _ line: ArraySlice<UInt8>, _ owner: UID
  ) -> (uid: UID, stamp: Stamp)? {
    guard line.starts(with: opening) else { return nil }
    var rest = line.dropFirst(opening.count)
    guard let uid = UID(hexadecimal: rest.prefix(32)), uid != .none else { return nil }
    rest = rest.dropFirst(32)
    guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
    guard rest.starts(with: stamping) else {
      // If the stamp is further on in the line, reading the line will find it.
      return rest.first == UInt8(ascii: ",") ? (uid, .base) : nil
    }
    let text = rest.dropFirst(stamping.count).prefix { $0 != UInt8(ascii: "\"") }
    let stamp = Stamp(text: String(decoding: text, as: UTF8.self), in: owner)
    return stamp.flatMap { $0 == .base ? nil : (uid, $0) }
  }
}
