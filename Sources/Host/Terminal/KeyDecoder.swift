/// Converts the bytes that a terminal sends to keys.
///
/// Any bytes become keys or nothing: no unknown sequence types anything, and no endless one is kept
/// for long.
///
/// Sources: ECMA-48, 5.4 (control sequences) and 5.6 (control strings); XTerm Control Sequences,
/// "PC-Style Function Keys" and "Bracketed Paste Mode",
/// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html; for `CSI … u`,
/// https://www.leonerd.org.uk/hacks/fixterms/.
package struct KeyDecoder: Sendable {
  /// The bytes of an incomplete key.
  private var pending: [UInt8] = []
  /// The pasted text so far, during a paste.
  private var paste: [UInt8]?
  /// The part of an overlong sequence that is being skipped.
  private var skipping = Skipping.nothing

  private enum Skipping: Equatable {
    case nothing
    /// A control sequence: to its last byte.
    case sequence
    /// A control string: to its terminator.
    case string
  }

  /// The longest sequence that is decoded, in bytes.
  static let longestSequence = 256
  /// How much of a paste is kept, in bytes.
  package static let longestPaste = 1 << 16
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  package init() {}

  /// After how many milliseconds without another byte to call `keysAfterPause()`; nil for never.
  package var patience: Int? {
    if paste != nil { return 1_000 }
    return pending.isEmpty ? nil : 100
  }

  /// The keys completed by these bytes.
  package mutating func keys(from bytes: [UInt8]) -> [Key] {
    pending += bytes
    var keys: [Key] = []
    var start = 0
    while start < pending.count {
      if skipping != .nothing {
        guard let end = skipped(from: start) else { return keys }
        start = end
        continue
      }
      if paste != nil {
        guard let end = collect(from: start, &keys) else { return keys }
        start = end
        continue
      }
      guard let (key, length) = Self.key(in: pending[start...]) else { break }
      start += length
      // Overlong sequences are ignored, however they arrive.
      guard length <= Self.longestSequence + 1 else { continue }
      switch key {
      case .key(let key): keys.append(key)
      case .pasteBegins: paste = []
      case .nothing: break
      }
    }
    pending.removeFirst(start)
    if paste == nil, pending.count > Self.longestSequence { keys += limited() }
    return keys
  }

  /// The keys if no more bytes arrive: an Escape with nothing after it is a key of its own, and an
  /// incomplete sequence is dropped.
  package mutating func keysAfterPause() -> [Key] {
    defer {
      pending = []
      paste = nil
      skipping = .nothing
    }
    if let paste { return Self.pasted(paste + pending) }
    return pending == [0x1B] || pending == [0x1B, 0x1B] ? [.named(.escape)] : []
  }

  /// Skips a sequence too long to keep; returns the Escape typed before it.
  private mutating func limited() -> [Key] {
    var keys: [Key] = []
    if pending.starts(with: [0x1B, 0x1B]) {
      keys = [.named(.escape)]
      pending.removeFirst()
      guard pending.count > Self.longestSequence else { return keys }
    }
    let isString = pending.count > 1 && Self.beginsString(pending[1])
    skipping = isString ? .string : .sequence
    pending = []
    return keys
  }

  /// Where the skipped part ends; nil if not known yet.
  private mutating func skipped(from start: Int) -> Int? {
    var index = start
    while index < pending.count {
      let byte = pending[index]
      switch skipping {
      case .string where byte == 0x07:
        skipping = .nothing
        return index + 1
      case .string where byte == 0x1B:
        // It begins the terminator, or something new, which also ends the string.
        guard index + 1 < pending.count else {
          pending.removeFirst(index)
          return nil
        }
        skipping = .nothing
        return pending[index + 1] == UInt8(ascii: "\\") ? index + 2 : index
      case .sequence where byte >= 0x40 && byte < 0x7F:
        skipping = .nothing
        return index + 1
      case .sequence where byte < 0x20 || byte >= 0x7F:
        skipping = .nothing
        return index
      default: index += 1
      }
    }
    return index
  }

  /// Collects pasted text up to its end; nil if the end has not arrived, and then only what may
  /// begin the end is pending.
  private mutating func collect(from start: Int, _ keys: inout [Key]) -> Int? {
    let rest = Array(pending[start...])
    if let end = Self.place(of: Self.pasteEnd, in: rest) {
      keys += Self.pasted((paste ?? []) + rest[..<end])
      paste = nil
      return start + end + Self.pasteEnd.count
    }
    var kept = min(rest.count, Self.pasteEnd.count - 1)
    while kept > 0, !Self.pasteEnd.starts(with: rest[(rest.count - kept)...]) { kept -= 1 }
    let taken = rest[..<(rest.count - kept)]
    let room = Self.longestPaste - (paste?.count ?? 0)
    paste?.append(contentsOf: taken.prefix(max(0, room)))
    pending = Array(rest[(rest.count - kept)...])
    return nil
  }

  private static func pasted(_ bytes: [UInt8]) -> [Key] {
    let text = String(decoding: bytes.prefix(longestPaste), as: UTF8.self)
    return text.isEmpty ? [] : [.paste(text)]
  }

  private static func place(of wanted: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= wanted.count else { return nil }
    return (0...(bytes.count - wanted.count)).first { bytes[$0...].starts(with: wanted) }
  }
}
