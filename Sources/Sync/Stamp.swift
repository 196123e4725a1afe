package import Favourites

/// When a register was written, and by which device. Of two values of one register the one with the greater stamp stands.
///
/// A *correction* is what every device does alike where what two devices wrote cannot stand together. It stands right behind
/// the write that it corrects, so that it overrules no later one.
package struct Stamp: Hashable, Sendable {
  /// Milliseconds since 1970, less than `Stamp.end`.
  package var ms: Int64
  /// The device that wrote.
  package var device: UID
  /// Which correction of that write it is, from 1; 0 for the write itself.
  package var correction = 0
  /// Where a correction leads: the uid of a category, `live`, or empty.
  package var target = ""

  package init(ms: Int64, device: UID, correction: Int = 0, target: String = "") {
    self.ms = ms
    self.device = device
    self.correction = correction
    self.target = target
  }

  /// The stamp of a value with which its thing was added.
  package static let base = Stamp(ms: 0, device: UID(high: 0, low: 0))
  /// Times from here on (the year 6429) are damage: behind 2^48 there is no greater one.
  package static let end: Int64 = 1 << 47
  /// More corrections of one write than any run makes.
  package static let mostCorrections = 1_000

  /// The stamp of a correction of what has this stamp.
  package func corrected(to value: RegisterValue) -> Stamp {
    Stamp(ms: ms, device: device, correction: correction + 1, target: value.target)
  }

  /// As a segment has it: twelve digits of the time, the device where it is not the segment's, and a correction.
  package func text(in owner: UID?) -> String {
    var text = ms.hex(digits: 12)
    if device != owner || correction > 0 { text += "." + device.hex }
    if correction > 0 { text += ".\(correction).\(target)" }
    return text
  }

  /// Reads what `text(in:)` writes; nil for anything else.
  package init?(text: String, in owner: UID?) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard [1, 2, 4].contains(parts.count), parts[0].count == 12,
      let ms = Int64(hex: String(decoding: parts[0], as: UTF8.self)), ms < Self.end
    else { return nil }
    self.ms = ms
    if parts.count == 1 {
      guard let owner else { return nil }
      device = owner
      return
    }
    guard let device = UID(hex: String(decoding: parts[1], as: UTF8.self)) else { return nil }
    self.device = device
    guard parts.count == 4 else { return }
    guard let count = Int(String(decoding: parts[2], as: UTF8.self)),
      (1...Self.mostCorrections).contains(count)
    else { return nil }
    correction = count
    target = String(decoding: parts[3], as: UTF8.self)
    guard target.isEmpty || target == "live" || UID(hex: target) != nil else { return nil }
  }
}

extension Stamp: Comparable {
  package static func < (first: Stamp, second: Stamp) -> Bool {
    if first.ms != second.ms { return first.ms < second.ms }
    if first.device != second.device { return first.device < second.device }
    if first.correction != second.correction { return first.correction < second.correction }
    return first.target.utf8.lexicographicallyPrecedes(second.target.utf8)
  }
}
