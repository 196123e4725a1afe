/// How much of the screen a picker takes.
struct PickOptions: Sendable {
  /// All of it, with what stands there put aside.
  var isFull = false
  /// So many lines, or so much of all.
  var height: Height?

  /// What draws it.
  enum Picker: String, CaseIterable, Sendable {
    case favs, fzf
  }

  /// A height.
  enum Height: Equatable, Sendable {
    case lines(Int)
    /// From 1 to 100.
    case percent(Int)
  }

  /// The options that set it.
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

  /// The fewest lines that a part of the screen comes to, where there are so many.
  private static let fewest = 10

  /// The lines that it takes of a screen.
  func height(of rows: Int) -> Int {
    if isFull { return max(1, rows) }
    switch height ?? .percent(40) {
    case .lines(let lines): return max(1, min(lines, rows))
    case .percent(let percent):
      return max(1, min(rows, max(Self.fewest, rows * percent / 100)))
    }
  }
}
