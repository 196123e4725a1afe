internal import Favourites
internal import Host

/// Prints the results of link checks one by one.
struct CheckPrinter {
  private let format: OutputFormat
  private let style: Style
  private let suggests: Bool
  private let isVerbose: Bool
  private var isFirst = true
  /// The number of links in each state.
  private(set) var counts: [LinkState: Int] = [:]

  init(_ context: Context, suggests: Bool) {
    format = OutputFormat.resolved(OutputOptions(), context)
    style = context.output.style
    isVerbose = context.global.isVerbose
    self.suggests = suggests
  }

  /// Begins.
  func begin(_ output: inout Output) throws(Failure) {
    if format == .json { try output.write("[") }
  }

  /// Prints a result; on a terminal, only if the link needs attention.
  mutating func add(
    _ link: KnownLink, _ sight: LinkSight, _ output: inout Output
  ) throws(Failure) {
    counts[sight.state, default: 0] += 1
    let archive = suggests && Self.isInNeed(sight.state) ? Self.archive(of: link) : nil
    switch format {
    case .json:
      if !isFirst { try output.write(",\n") }
      isFirst = false
      try output.write(json(link, sight, archive))
    case .table:
      guard isVerbose || (sight.state != .alive && sight.state != .skipped) else { return }
      try output.show(line(link, sight, archive))
    default:
      var cells = [
        sight.state.rawValue, String(link.id), Self.reason(sight), link.title, link.url,
        sight.movedTo ?? "",
      ]
      if suggests { cells.append(archive ?? "") }
      try output.write(cells.map(Escaping.forTSV).joined(separator: "\t") + "\n")
    }
  }

  /// Ends.
  func finish(_ output: inout Output) throws(Failure) {
    if format == .json { try output.write("]\n") }
  }

  /// The states that occurred, with their counts.
  var summary: String {
    LinkState.allCases.compactMap { state in
      counts[state].map { "\(state.rawValue) \($0)" }
    }.joined(separator: " · ")
  }

  private static func isInNeed(_ state: LinkState) -> Bool {
    [.failing, .broken, .suspect].contains(state)
  }

  private static func reason(_ sight: LinkSight) -> String {
    sight.reason ?? sight.status.map(String.init) ?? ""
  }

  /// The page in the Internet Archive as of the time when it was added. Source: its "Wayback
  /// Machine" addresses, `/web/YYYYMMDDhhmmss/URL`, which show the nearest copy.
  private static func archive(of link: KnownLink) -> String? {
    guard URLScheme.pages.contains(URLScheme(of: link.url)?.name ?? "") else { return nil }
    let digits = link.createdAt.text.utf8.filter(\.isASCIIDigit).prefix(14)
    return "https://web.archive.org/web/\(String(decoding: digits, as: UTF8.self))/\(link.url)"
  }

  private func json(_ link: KnownLink, _ sight: LinkSight, _ archive: String?) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("id", link.id)
    json.member("url", link.url)
    json.key("link")
    sight.write(to: &json)
    if suggests {
      json.member("archive", archive)
    }
    json.endObject()
    return json.bytes
  }

  private func line(_ link: KnownLink, _ sight: LinkSight, _ archive: String?) -> String {
    let width = Terminal.width()
    let state = TextWidth.padded(sight.state.rawValue, to: 8)
    let shown =
      switch sight.state {
      case .broken: style.removed(state)
      case .alive, .moved: style.added(state)
      default: style.bold(state)
      }
    let title = TextWidth.cut(Escaping.forTerminal(link.title), to: max(width / 2, 20))
    let reason = Escaping.forTerminal(Self.reason(sight))
    var text = "\(shown)  \(link.id)  \(title)  \(style.dim(reason))\n"
    let url = TextWidth.cut(Escaping.forTerminal(link.url), to: max(width - 10, 20))
    text += "          \(style.link(url, to: link.url))\n"
    if let target = sight.movedTo {
      let shown = TextWidth.cut(Escaping.forTerminal(target), to: max(width - 12, 20))
      text += "          → \(style.link(shown, to: target))\n"
    }
    if let archive {
      text += "          \(style.link(Escaping.forTerminal(archive), to: archive))\n"
    }
    return text
  }
}
