internal import Favourites

/// The contents of segments.
struct Outgoing {
  var lines: [SegmentLine] = []
  var aliases: [Alias] = []
  var purges: [(uid: UID, purge: Purge)] = []

  var count: Int { lines.count + aliases.count + purges.count }
  var isEmpty: Bool { count == 0 }

  init() {}

  init(_ segment: Segment) {
    lines = segment.lines
    aliases = segment.aliases
    purges = segment.purges
  }

  mutating func add(_ other: Outgoing) {
    lines += other.lines
    aliases += other.aliases
    purges += other.purges
  }
}

/// Builds segments of this device.
struct Workshop {
  let device: UID
  let header: SegmentHeader
  let view: RemoteView
  private(set) var files: [String: Payload] = [:]
  /// The number of bytes held in memory, and the most to hold.
  private var held = 0
  private static let mostHeld = 8 << 20

  init(device: UID, header: SegmentHeader, view: RemoteView) {
    self.device = device
    self.header = header
    self.view = view
  }

  /// Segments with the same number that are filled one after the other.
  struct Batch {
    let to: Int64
    let level: Int64
    /// The number of lines added.
    var count = 0
    fileprivate var segment: Segment
    fileprivate var size = 0
    fileprivate var parts: [Manifest.Part] = []

    init(to: Int64, level: Int64, _ header: SegmentHeader) {
      self.to = to
      self.level = level
      segment = Segment(header: header, lines: [])
    }

    fileprivate var isFull: Bool {
      segment.count >= Segment.mostLines || size >= Segment.mostBytes
    }
  }

  /// A segment of this device, either a new one or one on the remote.
  func segment(_ part: Manifest.Part) -> Segment? {
    let made = files[part.path(of: device)]
    let bytes = if let made { made.bytes() } else { view.bytes(part, of: device) }
    return bytes.flatMap { try? view.segment($0, of: device, in: header.set) }
  }

  /// Builds as many segments as needed.
  mutating func make(_ outgoing: Outgoing, to seq: Int64, level: Int64) -> [Manifest.Part] {
    var batch = Batch(to: seq, level: level, header)
    add(outgoing, to: &batch)
    return end(&batch)
  }

  /// Adds facts, and then lines.
  mutating func add(_ outgoing: Outgoing, to batch: inout Batch) {
    for alias in outgoing.aliases.sorted() {
      batch.segment.aliases.append(alias)
      note(&batch)
    }
    for purge in outgoing.purges.sorted(by: { $0.uid < $1.uid }) {
      batch.segment.purges.append(purge)
      note(&batch)
    }
    for line in outgoing.lines { add(line, to: &batch) }
  }

  /// Adds a line.
  mutating func add(_ line: SegmentLine, to batch: inout Batch) {
    batch.segment.lines.append(line)
    batch.size += line.size
    note(&batch)
  }

  private mutating func note(_ batch: inout Batch) {
    batch.count += 1
    if batch.isFull { close(&batch) }
  }

  private mutating func close(_ batch: inout Batch) {
    let bytes = view.sealed(batch.segment.encoded())
    let part = Manifest.Part(
      to: batch.to, hash: SHA256.name(bytes), bytes: Int64(bytes.count),
      lines: Int64(batch.segment.count), level: batch.level)
    files[part.path(of: device)] = payload(bytes)
    // Identical segments are a single file.
    if !batch.parts.contains(part) { batch.parts.append(part) }
    batch.segment = Segment(header: header, lines: [])
    batch.size = 0
  }

  private mutating func payload(_ bytes: [UInt8]) -> Payload {
    if let spool = view.spool, held + bytes.count > Self.mostHeld {
      return Payload(bytes, in: spool)
    }
    held += bytes.count
    return Payload(bytes)
  }

  /// Completes the segments, at least one.
  mutating func end(_ batch: inout Batch) -> [Manifest.Part] {
    if batch.segment.count > 0 || batch.parts.isEmpty { close(&batch) }
    return batch.parts
  }
}

extension SegmentLine {
  /// The approximate size in bytes.
  fileprivate var size: Int {
    fields.reduce(100) { sum, entry in
      switch entry.value {
      case .text(let text): sum + 20 + text.utf8.count
      case .metadata(let entry): sum + 60 + entry.value.text.utf8.count
      case .place(_, let key): sum + 60 + 2 * key.count
      default: sum + 30
      }
    }
  }
}
