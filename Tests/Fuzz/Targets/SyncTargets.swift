@testable import Favourites
@testable import Sync

extension FuzzTarget {
  private static let device = UID(high: 0xB8A1_0000_0000_0000, low: 0xD7)
  private static let set = UID(high: 0xC3E1_0000_0000_0000, low: 0x6A)

  /// A segment of another device: what is taken of it is written again as it was read, and can be merged.
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
    try merge(segment)
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

  /// Merges it into an empty file, which has to be whole afterwards.
  private static func merge(_ segment: Segment) throws {
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
    let outcome = try store.sync(
      RemoteView(remote, try Marker(of: remote)), request, command: "sync", joining: "fuzz",
      now: 1_800_000_000_000, host: "here"
    ) { Array(repeating: 7, count: $0) }
    guard outcome.refusal == nil else { return }
    for inspection in try store.inspect() {
      try BrokenLaw.unless(
        inspection.problem == nil, "\(inspection.check): \(inspection.problem ?? "")")
    }
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
