package import Favourites

/// An immutable file of a remote: the writes of one device, as lines of JSON.
package struct Segment: Hashable, Sendable {
  package var header: SegmentHeader
  /// Sorted by kind, uid and stamp.
  package var lines: [SegmentLine]
  package var aliases: [Alias]
  package var purges: [(uid: UID, purge: Purge)]

  package init(
    header: SegmentHeader, lines: [SegmentLine], aliases: [Alias] = [],
    purges: [(uid: UID, purge: Purge)] = []
  ) {
    self.header = header
    self.lines = lines
    self.aliases = aliases
    self.purges = purges
  }

  package static func == (first: Segment, second: Segment) -> Bool {
    first.header == second.header && first.lines == second.lines
      && first.aliases == second.aliases
      && first.purges.elementsEqual(second.purges) { $0.uid == $1.uid && $0.purge == $1.purge }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(header)
    hasher.combine(lines)
  }

  /// The number of lines after the header.
  package var count: Int { lines.count + aliases.count + purges.count }

  /// The most lines and bytes of a segment that favs writes.
  package static let mostLines = 2_048
  package static let mostBytes = 1 << 20
  /// The largest segment accepted, in bytes: a single line may be as long as the longest favourite.
  package static let longest = 16 << 20

  /// The contents of the file.
  package func encoded() -> [UInt8] {
    var json = JSONWriter()
    header.write(to: &json)
    json.newline()
    for line in lines.sorted(by: Self.comesBefore) {
      line.write(to: &json, owner: header.device)
      json.newline()
    }
    for alias in aliases.sorted() {
      json.beginObject()
      json.key("alias")
      json.beginArray()
      json.string(alias.source.hex)
      json.string(alias.target.hex)
      json.endArray()
      json.member("kind", alias.kind.mark)
      json.endObject()
      json.newline()
    }
    for (uid, purge) in purges.sorted(by: { $0.uid < $1.uid }) {
      json.beginObject()
      json.member("purged", uid.hex)
      json.member("kind", purge.kind.mark)
      json.member("p", purge.stamp.text(in: nil))
      json.endObject()
      json.newline()
    }
    return json.bytes
  }

  private static func comesBefore(_ first: SegmentLine, _ second: SegmentLine) -> Bool {
    if first.kind != second.kind { return first.kind == .category }
    return first.uid == second.uid ? first.stamp < second.stamp : first.uid < second.uid
  }

  /// Parses a segment.
  ///
  /// - Parameters:
  ///   - device: the device whose folder contains it.
  ///   - set: the set that it must belong to.
  package init(_ bytes: [UInt8], of device: UID, in set: UID) throws(SegmentError) {
    let lines = try Self.lines(bytes)
    try self.init(bytes, header: lines[0], of: device, in: set)
    self.lines.reserveCapacity(lines.count)
    for line in lines.dropFirst() { try take(bytes, line) }
  }

  /// The ranges of lines in a file: at least one, and no more than a segment may have.
  static func lines(_ bytes: [UInt8]) throws(SegmentError) -> [Range<Int>] {
    guard bytes.count <= longest else { throw .tooLarge }
    guard bytes.last == 0x0A else { throw .malformed }
    var lines: [Range<Int>] = []
    var start = 0
    for (place, byte) in bytes.enumerated() where byte == 0x0A {
      lines.append(start..<place)
      start = place + 1
    }
    guard lines.count <= 4 * mostLines + 1 else { throw .malformed }
    return lines
  }

  /// A segment of which only the header was parsed.
  init(
    _ bytes: [UInt8], header line: Range<Int>, of device: UID, in set: UID
  ) throws(SegmentError) {
    self.init(header: try SegmentHeader(try Self.object(bytes, line)), lines: [])
    guard header.device == device, header.set == set else { throw .malformed }
  }

  /// Parses one of the other lines.
  mutating func take(_ bytes: [UInt8], _ line: Range<Int>) throws(SegmentError) {
    try take(try Self.object(bytes, line))
  }

  private static func object(
    _ bytes: [UInt8], _ line: Range<Int>
  ) throws(SegmentError) -> JSONObject {
    do throws(JSONError) {
      var reader = JSONReader(bytes, from: line.lowerBound, to: line.upperBound)
      let value = try JSONValue(from: &reader)
      try reader.finish()
      if case .object(let object) = value { return object }
    } catch {}
    throw .malformed
  }

  private mutating func take(_ object: JSONObject) throws(SegmentError) {
    if object["f"] != nil {
      lines.append(try SegmentLine(object, kind: .favourite, owner: header.device))
    } else if object["c"] != nil {
      lines.append(try SegmentLine(object, kind: .category, owner: header.device))
    } else if let pair = object["alias"] {
      guard case .array(let uids) = pair, uids.count == 2, object.members.count == 2,
        let source = uids[0].uid, let target = uids[1].uid
      else { throw .malformed }
      aliases.append(Alias(try Self.kind(object), source, target))
    } else if let uid = object["purged"] {
      guard let uid = uid.uid, object.members.count == 3, case .string(let text)? = object["p"],
        let stamp = Stamp(text: text, in: nil)
      else { throw .malformed }
      purges.append((uid, Purge(try Self.kind(object), stamp)))
    } else {
      throw .newer
    }
  }

  private static func kind(_ object: JSONObject) throws(SegmentError) -> SyncKind {
    guard case .string(let mark)? = object["kind"], let kind = SyncKind(mark: mark) else {
      throw .malformed
    }
    return kind
  }
}
