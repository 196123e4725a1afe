/// Rows as they lie in a file, one behind the other, and read when they are needed: as values they would take many times
/// the room.
struct RowHeap {
  /// A row: its id, and where its bytes are.
  private struct Entry {
    let id: Int64
    let chunk: Int32
    let start: Int32
    let end: Int32
  }

  private var entries: [Entry] = []
  /// Pieces that never grow beyond what they begin with, so that no growth copies all of it.
  private var chunks: [[UInt8]] = []
  private static let chunkSize = 1 << 18

  /// Takes a row in; gives its number.
  mutating func append(_ row: RawRecord) -> Int {
    let size = row.bytes.count
    if chunks.last.map({ $0.count + size > Self.chunkSize }) ?? true {
      var chunk: [UInt8] = []
      chunk.reserveCapacity(max(size, min(Self.chunkSize, 2 * (chunks.last?.count ?? 2_048))))
      chunks.append(chunk)
    }
    let last = chunks.count - 1
    let start = chunks[last].count
    chunks[last] += row.bytes
    entries.append(
      Entry(id: row.rowID, chunk: Int32(last), start: Int32(start), end: Int32(start + size)))
    return entries.count - 1
  }

  /// The row of a number.
  subscript(number: Int) -> RawRecord? {
    let entry = entries[number]
    return RawRecord(
      rowID: entry.id, Array(chunks[Int(entry.chunk)][Int(entry.start)..<Int(entry.end)]))
  }
}
