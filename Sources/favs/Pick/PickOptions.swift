/// How much of the screen the picker uses.
struct PickOptions: Sendable {
  /// Whether it uses the whole screen, and restores its contents afterwards.
  var isFull = false
  /// The number of lines, or a percentage of the screen.
  var height: Height?

  /// The program that draws the picker.
  enum Picker: String, CaseIterable, Sendable {
    case favs, fzf
  }

  /// A height.
  enum Height: Equatable, Sendable {
    case lines(Int)
    /// From 1 to 100.
    case percent(Int)
  }

  /// The options that set these values.
  static let options: [Option<PickOptions>] = [
    .read(
      "height", nil, "N|N%", "use this many lines, or this part of the screen", \.height,
      by: height),
    .flag("full", nil, "use the whole screen", \.isFull),
  ]

  private static func height(_ text: String) throws(ValueError) -> Height {
    guard text.utf8.last == UInt8(ascii: "%") else {
      return .lines(Int(clamping: try Value.positive(text)))
    }
    let percent = try Value.positive(String(text.dropLast()))
    guard percent <= 100 else { throw ValueError("\(text) is above 100%") }
    return .percent(Int(percent))
  }

  /// The minimum number of lines for a percentage, if the screen has as many.
  private static let fewest = 10

  /// The number of lines to use on a screen of the given height.
  func height(of rows: Int) -> Int {
    if isFull { return max(1, rows) }
    switch height ?? .percent(40) {
    case .lines(let lines): return max(1, min(lines, rows))
    case .percent(let percent):
      return max(1, min(rows, max(Self.fewest, rows * percent / 100)))
    }
  }
}
