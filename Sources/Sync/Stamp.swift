package import Favourites

/// The time and device of a write to a register. Of two values for the same register, the one with
/// the greater stamp wins.
///
/// A *correction* resolves an inconsistency between writes of two devices, in the same way on every
/// device. It comes directly after the write that it corrects, so that it does not override any
/// later one.
package struct Stamp: Hashable, Sendable {
  /// The time in milliseconds since 1970, less than `Stamp.end`.
  package var ms: Int64
  /// The device that made the write.
  package var device: UID
  /// The number of the correction to that write, from 1; 0 for the write itself.
  package var correction = 0
  /// The target of a correction: the uid of a category, `live`, or empty.
  package var target = ""

  package init(ms: Int64, device: UID, correction: Int = 0, target: String = "") {
    self.ms = ms
    self.device = device
    self.correction = correction
    self.target = target
  }

  /// The stamp of the initial values of an item.
  package static let base = Stamp(ms: 0, device: UID(high: 0, low: 0))
  /// Times from here on (the year 6429) are invalid: beyond 2^48 no greater one exists.
  package static let end: Int64 = 1 << 47
  /// The most corrections of one write: more than any run makes.
  package static let mostCorrections = 1_000

  /// The stamp of a correction to a write with this stamp.
  package func corrected(to value: RegisterValue) -> Stamp {
    Stamp(ms: ms, device: device, correction: correction + 1, target: value.target)
  }

  /// The form in a segment: twelve digits for the time, the device if it is not the segment's, and
  /// a correction.
  package func text(in owner: UID?) -> String {
    var text = ms.hex(digits: 12)
    if device != owner || correction > 0 { text += "." + device.hex }
    if correction > 0 { text += ".\(correction).\(target)" }
    return text
  }

  /// Parses the form of `text(in:)`; nil if it is invalid.
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
