import Host

@testable import Favourites
@testable import favs

extension FuzzTarget {
  /// What a terminal sends: decoded, and given to a picker, which then draws itself.
  static let keys = FuzzTarget(name: "keys", longest: 4_096) { bytes in
    var whole = KeyDecoder()
    let keys = whole.keys(from: bytes) + whole.keysAfterPause()
    var pieces = KeyDecoder()
    let single = bytes.flatMap { pieces.keys(from: [$0]) } + pieces.keysAfterPause()
    // Of what is too long to be a key, not all is kept until it has come.
    let isShort = bytes.count < 200
    try BrokenLaw.unless(
      !isShort || keys == single, "\(keys) in one piece are \(single) in many")
    for size in [(24, 80), (16, 64), (3, 20)] { try draw(keys, rows: size.0, columns: size.1) }
  }

  /// A picker that these keys were pressed in is drawn within its bounds, and nothing typed is
  /// obeyed.
  private static func draw(_ keys: [Key], rows: Int, columns: Int) throws {
    let layout = PickLayout(rows: rows, columns: columns)
    var state = PickState()
    state.listHeight = max(1, layout.listHeight)
    state.hasPreview = false
    for key in keys {
      // Found at once, whatever it is.
      if state.isSearching { state.take(.found(PickFound(rows: glances, total: 3))) }
      _ = state.take(key)
    }
    let frame = PickScreen(
      state: state, layout: layout, palette: PickPalette(hasColour: false, hasWeight: false),
      now: Timestamp(milliseconds: 0), action: "print"
    ).frame
    try BrokenLaw.unless(frame.lines.count <= rows, "\(frame.lines.count) lines of \(rows)")
    try BrokenLaw.unless(frame.cursor < columns, "the cursor is at \(frame.cursor)")
    for line in frame.lines {
      let width = PickScreen.width(ofDressed: line)
      try BrokenLaw.unless(width <= columns, "\(width) columns of \(columns)")
      let isObeyed = line.unicodeScalars.contains { $0.value < 0x20 && $0.value != 0x1B }
      try BrokenLaw.unless(!isObeyed, "a control character is drawn")
    }
  }

  private static let glances = (1...3).map { number in
    Glance(
      id: Int64(number), title: "Dune \(number)", url: nil, category: "books", hits: [0..<4])
  }
}
