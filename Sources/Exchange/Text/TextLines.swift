/// Numbered lines of a text file, with LF, CRLF or CR as line ends.
struct TextLines: Sendable {
  /// A line, without its end.
  struct Line: Sendable {
    let bytes: [UInt8]
    let number: Int

    /// The line as text.
    var text: String { String(decoding: bytes, as: UTF8.self) }
    /// The position of the line.
    var location: Location { Location(line: number) }
  }

  private var number = 0
  /// The lines of a piece split at CR that were not returned yet, in reverse order.
  private var pending: [[UInt8]] = []

  init() {}

  /// Returns the next line; nil at the end.
  mutating func next(from input: inout ForeignFile) throws(ExchangeError) -> Line? {
    if pending.isEmpty {
      guard let bytes = try input.nextLine() else { return nil }
      guard bytes.contains(0x0D) else {
        number += 1
        return Line(bytes: bytes, number: number)
      }
      pending = bytes.split(separator: 0x0D, omittingEmptySubsequences: false).reversed().map {
        Array($0)
      }
    }
    number += 1
    return Line(bytes: pending.removeLast(), number: number)
  }

  /// All remaining lines.
  static func all(_ input: inout ForeignFile) throws(ExchangeError) -> [Line] {
    var lines = TextLines()
    var all: [Line] = []
    var size = 0
    while let line = try lines.next(from: &input) {
      size += line.bytes.count
      guard size <= ForeignFile.largestWhole else {
        throw .tooLarge(
          "larger than \(ForeignFile.largestWhole >> 20) MiB, the limit for this format")
      }
      all.append(line)
    }
    return all
  }
}

extension Sniff {
  /// The first lines of the file, trimmed, without empty ones; the last one may be incomplete.
  func lines(_ count: Int) -> [String] {
    bytes.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
      .split(maxSplits: count * 4) { $0 == 0x0A || $0 == 0x0D }
      .prefix(count * 4)
      .map { String(decoding: $0.prefix(4_096), as: UTF8.self) }
      .filter { $0.contains { !$0.isWhitespace } }
      .prefix(count).map(\.self)
  }
}
