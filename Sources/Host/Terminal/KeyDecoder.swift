/// From the bytes that a terminal sends to keys.
///
/// Whatever the bytes are, they become keys or nothing: no sequence that is not known types anything, and none that
/// never ends is kept for long.
///
/// Sources: ECMA-48, 5.4 (control sequences) and 5.6 (control strings); XTerm Control Sequences, "PC-Style Function
/// Keys" and "Bracketed Paste Mode", https://invisible-island.net/xterm/ctlseqs/ctlseqs.html; for `CSI … u`,
/// https://www.leonerd.org.uk/hacks/fixterms/.
package struct KeyDecoder: Sendable {
  /// What has come and is not a whole key yet.
  private var pending: [UInt8] = []
  /// What was pasted so far, while a paste goes on.
  private var paste: [UInt8]?
  /// What of a sequence that is too long is passed over.
  private var skipping = Skipping.nothing

  private enum Skipping: Equatable {
    case nothing
    /// A control sequence: up to its last byte.
    case sequence
    /// A control string: up to what ends it.
    case string
  }

  /// The longest sequence that is looked at, in bytes.
  static let longestSequence = 256
  /// How much of a paste is kept, in bytes.
  package static let longestPaste = 1 << 16
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  package init() {}

  /// After how many milliseconds without another byte `keysAfterPause()` is to be asked; nil for never.
  package var patience: Int? {
    if paste != nil { return 1_000 }
    return pending.isEmpty ? nil : 100
  }

  /// The keys that are whole with these bytes.
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
      // However it comes, what is too long is nothing.
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

  /// The keys where no more bytes came: an Escape that nothing followed is a key of its own, and what is unfinished
  /// is dropped.
  package mutating func keysAfterPause() -> [Key] {
    defer {
      pending = []
      paste = nil
      skipping = .nothing
    }
    if let paste { return Self.pasted(paste + pending) }
    return pending == [0x1B] || pending == [0x1B, 0x1B] ? [.named(.escape)] : []
  }

  /// Passes over what is too long to be kept; gives the Escape that was typed before it.
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

  /// Where what is passed over ends; nil where that is not known yet.
  private mutating func skipped(from start: Int) -> Int? {
    var index = start
    while index < pending.count {
      let byte = pending[index]
      switch skipping {
      case .string where byte == 0x07:
        skipping = .nothing
        return index + 1
      case .string where byte == 0x1B:
        // It begins what ends the string, or something new, which ends it too.
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

  /// Takes what is pasted, up to its end where it has come; nil where it has not, and then nothing is pending but
  /// what may begin the end.
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
