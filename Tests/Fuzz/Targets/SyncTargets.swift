@testable import Favourites
@testable import Sync

extension FuzzTarget {
  private static let device = UID(high: 0xB8A1_0000_0000_0000, low: 0xD7)
  private static let set = UID(high: 0xC3E1_0000_0000_0000, low: 0x6A)

  /// A segment of another device: what is taken of it is written again as it was read, looks the
  /// same at a glance, and can be merged, at once or a few lines at a time.
  static let segment = FuzzTarget(name: "sync-segment", longest: 65_536) { bytes in
    guard let segment = try? Segment(bytes, of: device, in: set) else { return }
    let again = try Segment(segment.encoded(), of: device, in: set)
    try BrokenLaw.unless(again.encoded() == segment.encoded(), "a segment is read as another one")
    for line in segment.lines {
      try BrokenLaw.unless(line.stamp.ms < Stamp.end, "a stamp is past the end of time")
      for (_, value) in line.fields {
        guard case .text(let text) = value else { continue }
        try BrokenLaw.unless(!text.utf8.contains(0), "a text has a NUL in it")
      }
    }
    let glance = try SegmentGlance(again.encoded(), of: device, in: set)
    let favourites = segment.lines.filter { $0.kind == .favourite }
    let mixed = Set(favourites.filter { $0.stamp != .base }.map(\.uid))
    let others = again.lines.filter { $0.kind == .category }
    try BrokenLaw.unless(
      glance.favourites == favourites.count && glance.mixed == mixed
        && glance.segment.lines == others && glance.segment.aliases == again.aliases,
      "a segment looks like another one at a glance")
    let whole = try merged(segment, inPortionsOf: SyncRequest().portion)
    let pieces = try merged(segment, inPortionsOf: 1)
    try BrokenLaw.unless(whole == pieces, "merged in pieces it comes to something else")
  }

  /// A manifest: whatever it names stands in the folder of its device.
  static let manifest = FuzzTarget(name: "sync-manifest", longest: 65_536) { bytes in
    _ = try? Marker(bytes)
    guard let manifest = try? Manifest(bytes, of: device) else { return }
    let again = try Manifest(manifest.encoded(), of: device)
    try BrokenLaw.unless(again.encoded() == manifest.encoded(), "a manifest is read as another one")
    for part in manifest.parts {
      let path = part.path(of: device)
      try BrokenLaw.unless(
        path.hasPrefix("d/\(device.hex)/") && path.utf8.count { $0 == 0x2F } == 2
          && !path.utf8.contains(0), "a manifest names \(path)")
    }
  }

  /// Merges it into an empty file, which has to be whole afterwards; gives what is in it, or
  /// nothing where it was refused.
  private static func merged(_ segment: Segment, inPortionsOf portion: Int) throws -> [String] {
    var store = try Store.inMemory(named: "fuzz")
    let bytes = segment.encoded()
    let part = Manifest.Part(
      to: 1, hash: SHA256.name(bytes), bytes: Int64(bytes.count), lines: Int64(segment.count),
      level: 0)
    let manifest = Manifest(
      set: set, device: device, name: "other", seq: 1, ms: segment.header.ms, previous: "",
      recent: [Publication(seq: 1, id: "0123456789abcdef")], was: [:], retired: [], parts: [part])
    let remote = FuzzRemote([
      Marker.path: Marker(set).encoded(), Manifest.path(of: device): manifest.encoded(),
      part.path(of: device): bytes,
    ])
    var request = SyncRequest()
    request.isYes = true
    request.portion = portion
    let outcome = try store.sync(
      RemoteView(remote, try Marker(of: remote)), request, command: "sync", joining: "fuzz",
      now: 1_800_000_000_000, host: "here"
    ) { Array(repeating: 7, count: $0) }
    guard outcome.refusal == nil else { return [] }
    for inspection in try store.inspect() {
      try BrokenLaw.unless(
        inspection.problem == nil, "\(inspection.check): \(inspection.problem ?? "")")
    }
    return try content(store)
  }

  /// What is in a file, the ids left out.
  private static func content(_ store: borrowing Store) throws -> [String] {
    var homes: [Int64: UID] = [:]
    for (row, _) in try store.syncCategories() { homes[row.id] = row.uid }
    func text(_ row: SyncRow) -> String {
      let tags = row.tags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let metadata = row.metadata.map { "\($0.key)=\($0.value.value.text)" }.sorted()
      let home = row.home.flatMap { homes[$0]?.text } ?? ""
      let columns = FavouriteColumn.allCases.filter { $0 != .id }.map { "\(row[$0])" }
      return "\(home) \(columns) \(tags) \(metadata) \(row.deletedAt ?? 0)"
    }
    var lines = try store.syncCategories().map { text($0.row) }
    for id in try store.syncFavouriteIDs() {
      if let row = try store.syncFavourite(id) { lines.append(text(row)) }
    }
    return lines.sorted()
  }
}

/// A remote of a few files.
private final class FuzzRemote: RemoteFiles {
  private let files: [String: [UInt8]]

  init(_ files: [String: [UInt8]]) { self.files = files }

  var paths: Set<String> { Set(files.keys) }
  func bytes(of path: String, atMost limit: Int) -> [UInt8]? { files[path] }
  func size(of path: String) -> Int64? { files[path].map { Int64($0.count) } }
  func prepare(_ paths: [String]) {}

  var hasFailed: Bool { false }
  var isFixed: Bool { false }
}
