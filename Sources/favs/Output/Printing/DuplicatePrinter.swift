internal import Favourites
internal import Host

/// Prints groups of duplicates.
struct DuplicatePrinter {
  private let format: OutputFormat
  private let style: Style
  private var isFirst = true

  init(_ context: Context) {
    format = OutputFormat.resolved(OutputOptions(), context)
    style = context.output.style
  }

  /// Prints groups with all their favourites.
  mutating func print(
    _ groups: [DuplicateGroup], in store: inout Store, _ output: inout Output
  ) throws(Failure) {
    try print(groups, ids: \.ids, merged: nil, in: &store, &output)
  }

  /// Prints merged groups: the remaining favourite of each.
  mutating func print(
    merged groups: [DuplicateGroup], in store: inout Store, _ output: inout Output
  ) throws(Failure) {
    try print(
      groups, ids: { Array($0.ids.prefix(1)) }, merged: { Array($0.ids.dropFirst()) }, in: &store,
      &output)
  }

  /// - Parameters:
  ///   - ids: the favourites of a group to show.
  ///   - merged: the favourites that were merged into the first; nil if none were.
  private mutating func print(
    _ groups: [DuplicateGroup], ids: (DuplicateGroup) -> [Int64],
    merged: ((DuplicateGroup) -> [Int64])?, in store: inout Store, _ output: inout Output
  ) throws(Failure) {
    if format == .json { try output.write("[") }
    let all = groups.flatMap(ids)
    var rows = try Failure.of(store.path, store.favourites(all))
    var next = try Failure.of(store.path, rows.next(in: &store))
    for (number, group) in groups.enumerated() {
      var members: [Favourite] = []
      for id in ids(group) {
        guard let favourite = next, favourite.id == id else { continue }
        members.append(favourite)
        next = try Failure.of(store.path, rows.next(in: &store))
      }
      try print(group, number + 1, members, merged: merged?(group), &output)
    }
    if format == .json { try output.write("]\n") }
  }

  private mutating func print(
    _ group: DuplicateGroup, _ number: Int, _ members: [Favourite], merged: [Int64]?,
    _ output: inout Output
  ) throws(Failure) {
    guard let first = members.first else { return }
    switch format {
    case .json:
      if !isFirst { try output.write(",\n") }
      isFirst = false
      try output.write(Self.json(group, first, members, merged))
    case .table: try output.show(table(group, first, members))
    default:
      for each in members {
        let cells = [
          String(number), group.kind.rawValue, String(each.id), each.category, String(each.rank),
          each.title, each.url ?? "",
        ]
        try output.write(cells.map(Escaping.forTSV).joined(separator: "\t") + "\n")
      }
    }
  }

  private static func json(
    _ group: DuplicateGroup, _ first: Favourite, _ members: [Favourite], _ merged: [Int64]?
  ) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("kind", group.kind.rawValue)
    if group.kind == .title {
      json.member("title", first.title)
    } else {
      json.member("link", first.url ?? "")
    }
    json.member("favourites", of: members) { $1.write(FavouriteField.living, to: &$0) }
    if let merged { json.member("merged", of: merged) { $0.integer($1) } }
    json.endObject()
    return json.bytes
  }

  /// The common values of the favourites, followed by the values of each.
  private func table(
    _ group: DuplicateGroup, _ first: Favourite, _ members: [Favourite]
  ) -> String {
    let common = group.kind == .title ? first.title : first.url ?? ""
    let width = Terminal.width()
    let heading = TextWidth.cut(Escaping.forTerminal(common), to: max(width - 16, 20))
    var table = Table([
      Table.Column(title: "", isNumber: true), Table.Column(title: "", isFlexible: true),
      Table.Column(title: "", isFlexible: true), Table.Column(title: "", isFlexible: true),
    ])
    for each in members {
      table.rows.append([
        Table.Cell(text: String(each.id)),
        Table.Cell(text: Escaping.forTerminal("\(each.category)@\(each.rank)")),
        Table.Cell(text: Escaping.forTerminal(each.title)),
        Table.Cell(
          text: group.kind == .similar ? Escaping.forTerminal(each.url ?? "") : "", url: each.url),
      ])
    }
    let lines = table.lines(width: width - 2, style: style).rows.map { "  \($0)\n" }.joined()
    return "\(style.bold(heading))  \(style.dim(Self.words(group.kind)))\n\(lines)"
  }

  private static func words(_ kind: DuplicateGroup.Kind) -> String {
    switch kind {
    case .link: "same link"
    case .similar: "similar link"
    case .title: "same title"
    }
  }
}
