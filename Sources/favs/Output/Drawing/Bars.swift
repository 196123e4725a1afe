internal import Host

/// Bars and columns of block characters in eighths; of `#` if the locale is not UTF-8.
struct Bars: Sendable {
  /// Whether block characters can be shown.
  let isUTF8: Bool

  init(isUTF8: Bool = Terminal.isUTF8) { self.isUTF8 = isUTF8 }

  private static let across = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  private static let upwards = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A bar for a value, with `width` columns for the largest. Any value other than 0 is visible.
  func bar(_ value: Int64, of largest: Int64, width: Int) -> String {
    let eighths = Self.eighths(value, of: largest, over: width)
    guard isUTF8 else { return String(repeating: "#", count: (eighths + 7) / 8) }
    return String(repeating: "█", count: eighths / 8) + Self.across[eighths % 8]
  }

  /// Columns side by side, as lines from top to bottom; each column is `width` wide and followed by
  /// a space.
  func columns(_ values: [Int64], height: Int, width: Int) -> [String] {
    let largest = values.max() ?? 0
    let eighths = values.map { Self.eighths($0, of: largest, over: height) }
    return (0..<height).reversed().map { line in
      let cells = eighths.map { high in
        let part = min(8, max(0, high - 8 * line))
        let mark = isUTF8 ? Self.upwards[part] : part > 0 ? "#" : " "
        return String(repeating: mark, count: width)
      }
      var text = cells.joined(separator: " ")
      while text.hasSuffix(" ") { text.removeLast() }
      return text
    }
  }

  private static func eighths(_ value: Int64, of largest: Int64, over length: Int) -> Int {
    guard value > 0, largest > 0, length > 0 else { return 0 }
    return max(1, Int((Double(value) / Double(largest) * Double(length * 8)).rounded()))
  }
}
