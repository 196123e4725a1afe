/// A page of a table's b-tree: with rows, or with the numbers of its child pages.
///
/// Source: https://www.sqlite.org/fileformat2.html#b_tree_pages
struct TreePage {
  /// Where the page's header begins: on the first page, after the file's header.
  private let start: Int
  private let bytes: [UInt8]
  private let usableSize: Int
  /// Whether it has rows.
  let isLeaf: Bool
  /// The offsets of its cells, according to the page.
  let cells: [Int]

  /// Parses a page; nil if it does not belong to a table's tree.
  init?(_ bytes: [UInt8], number: Int, usableSize: Int) {
    start = number == 1 ? 100 : 0
    self.bytes = bytes
    self.usableSize = usableSize
    guard bytes[start] == 0x0D || bytes[start] == 0x05 else { return nil }
    isLeaf = bytes[start] == 0x0D
    let count = Self.short(bytes, start + 3)
    let first = start + (isLeaf ? 8 : 12)
    guard first + 2 * count <= usableSize else { return nil }
    cells = (0..<count).map { Self.short(bytes, first + 2 * $0) }
  }

  /// The child pages, each with the highest row id on it; nil for the last.
  var children: [(page: Int, last: Int64?)] {
    guard !isLeaf else { return [] }
    var found: [(page: Int, last: Int64?)] = []
    for cell in cells {
      var position = cell + 4
      guard cell >= start + 12, cell + 4 < bytes.count,
        let last = RawRecord.varint(bytes, &position)
      else { continue }
      found.append((DatabasePages.number(bytes, at: cell), last))
    }
    found.append((DatabasePages.number(bytes, at: start + 8), nil))
    return found
  }

  /// Whether cells of these sizes and the free space that the page records fill it exactly: none is
  /// missing and none counted twice.
  ///
  /// SQLite's own check requires exactly this of a page.
  func isFilled(by spans: [Range<Int>]) -> Bool {
    guard spans.count == cells.count else { return false }
    let first = start + (isLeaf ? 8 : 12) + 2 * cells.count
    var content = Self.short(bytes, start + 5)
    if content == 0 { content = 65_536 }
    guard content >= first, content <= usableSize else { return false }
    var taken = spans
    var free = Self.short(bytes, start + 1)
    while free != 0 {
      guard free >= content, free + 4 <= usableSize else { return false }
      let next = Self.short(bytes, free)
      let size = Self.short(bytes, free + 2)
      guard size >= 4, free + size <= usableSize, next == 0 || next > free else { return false }
      taken.append(free..<free + size)
      free = next
    }
    var (end, sum) = (content, 0)
    for span in taken.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard span.lowerBound >= end, span.upperBound <= usableSize else { return false }
      end = span.upperBound
      sum += span.count
    }
    return sum + Int(bytes[start + 7]) == usableSize - content
  }

  /// Whether all child pages are there, in order: see `isFilled(by:)`.
  var hasAllChildren: Bool {
    var spans: [Range<Int>] = []
    var last = Int64.min
    for cell in cells {
      var position = cell + 4
      guard cell + 4 < bytes.count, let id = RawRecord.varint(bytes, &position), id > last else {
        return false
      }
      last = id
      spans.append(cell..<position)
    }
    return isFilled(by: spans)
  }

  private static func short(_ bytes: [UInt8], _ offset: Int) -> Int {
    Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
  }
}
