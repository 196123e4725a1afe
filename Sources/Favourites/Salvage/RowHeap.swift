/// Rows in the form in which a file stores them, concatenated and parsed on demand: as values they
/// would take many times the memory.
struct RowHeap {
  /// A row: its id, and the place of its bytes.
  private struct Entry {
    let id: Int64
    let chunk: Int32
    let start: Int32
    let end: Int32
  }

  private var entries: [Entry] = []
  /// Pieces that never grow beyond their initial capacity, so that growing does not copy
  /// everything.
  private var chunks: [[UInt8]] = []
  private static let chunkSize = 1 << 18

  /// Adds a row; returns its number.
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

  /// The row with a number.
  subscript(number: Int) -> RawRecord? {
    let entry = entries[number]
    return RawRecord(
      rowID: entry.id, Array(chunks[Int(entry.chunk)][Int(entry.start)..<Int(entry.end)]))
  }
}
