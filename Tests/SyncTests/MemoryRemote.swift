import Host
import SQLite
import Sync
import TestSupport
import Testing

@testable import Favourites

/// A remote in memory.
final class MemoryRemote: RemoteFiles {
  var tree: [String: [UInt8]] = [:]

  init(_ tree: [String: [UInt8]] = [:]) { self.tree = tree }

  var paths: Set<String> { Set(tree.keys) }

  func bytes(of path: String, atMost limit: Int) -> [UInt8]? {
    tree[path].flatMap { $0.count <= limit ? $0 : nil }
  }

  func size(of path: String) -> Int64? { tree[path].map { Int64($0.count) } }

  func prepare(_ paths: [String]) {}

  var hasFailed = false
  let isFixed = true

  /// Where what is sent is kept until then.
  var spool: MemorySpool?

  var view: RemoteView { get throws { RemoteView(self, try Marker(of: self), spool: spool) } }

  /// Writes the segments of a device anew, as another hand would that knows how they are named.
  func damage(_ device: UID, _ edit: (String) -> String) throws {
    guard var manifest = try view.manifests[device] else { return }
    for (place, part) in manifest.parts.enumerated() {
      guard let bytes = tree.removeValue(forKey: part.path(of: device)) else { continue }
      let new = Array(edit(String(decoding: bytes, as: UTF8.self)).utf8)
      manifest.parts[place].hash = SHA256.name(new)
      manifest.parts[place].bytes = Int64(new.count)
      tree[manifest.parts[place].path(of: device)] = new
    }
    tree[Manifest.path(of: device)] = manifest.encoded()
  }

  func take(_ outcome: SyncOutcome) {
    for path in outcome.deletes { tree[path] = nil }
    for (path, payload) in outcome.puts { tree[path] = payload.bytes() }
  }
}

/// A place in memory for what is to be sent.
final class MemorySpool: Spool {
  private(set) var bytes: [UInt8] = []
  let hasFailed = false

  func keep(_ new: [UInt8]) -> Int64 {
    bytes += new
    return Int64(bytes.count - new.count)
  }

  func bytes(at place: Int64, count: Int) -> [UInt8]? {
    Array(bytes[Int(place)..<Int(place) + count])
  }
}

/// One file of favourites on one machine.
final class Home {
  var store: Store
  let host: String
  var now: Int64 = 1_800_000_000_000
  /// So many lines of favourites it holds at a time.
  let portion: Int
  /// By how much its clock is wrong, in milliseconds.
  let skew: Int64

  init(_ host: String, portion: Int = SyncRequest().portion, skew: Int64 = 0) throws {
    self.host = host
    self.portion = portion
    self.skew = skew
    now += skew
    store = try Store.inMemory(named: host)
  }

  @discardableResult
  func change<Result>(
    _ body: (inout Store) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    let (result, number) = try store.change(ChangeRequest(command: "test"), body)
    if let number, skew != 0 { try date(number) }
    return result
  }

  /// Gives a change the time of this machine's clock, as far as that does not go back.
  private func date(_ number: Int64) throws(StoreError) {
    let update = try store.connection.query(
      """
      UPDATE change SET at = max(?1, ifnull((SELECT at + 1 FROM change WHERE number < ?2
        ORDER BY number DESC LIMIT 1), 0)) WHERE number = ?2
      """)
    update.bind(Clock.now() + skew, at: 1)
    update.bind(number, at: 2)
    try update.run()
  }

  @discardableResult
  func add(
    _ title: String, url: String? = nil, in category: String = "inbox", tags: [String] = []
  ) throws -> Int64 {
    var draft = Draft()
    draft.title = title
    draft.url = url
    draft.category = try CategoryPath.parse(category)
    draft.tags = try tags.map { try TagName.parse($0) }
    return try change { (store) throws(StoreError) in
      try store.add(draft, duplicates: .allow)
    }.id
  }

  /// Syncs, and gives what came of it. A request may be left to `edit`.
  @discardableResult
  func sync(
    _ remote: MemoryRemote, publishes: Bool = true, _ edit: (inout SyncRequest) -> Void = { _ in }
  ) throws -> SyncOutcome {
    var request = SyncRequest()
    request.isYes = true
    request.portion = portion
    edit(&request)
    now += 1
    let outcome = try store.sync(
      try remote.view, request, command: "sync", joining: "memory", now: now, host: host
    ) { count in (0..<count).map { _ in UInt8.random(in: 0...255) } }
    if let me = try store.syncState()?.me, let set = try remote.view.set {
      // What one writes others can read, line by line.
      for (path, payload) in outcome.puts where path.hasSuffix(".seg") {
        let lines = (payload.bytes() ?? []).split(separator: 0x0A)
        for line in lines.dropFirst() {
          let one = Array(lines[0]) + [0x0A] + Array(line) + [0x0A]
          if (try? Segment(one, of: me, in: set)) == nil {
            Issue.record("unreadable: \(String(decoding: line, as: UTF8.self))")
          }
        }
      }
    }
    if outcome.refusal == nil, publishes {
      remote.take(outcome)
      if outcome.publishes { try store.confirmSync(listing: "", now: now) }
    }
    return outcome
  }

  /// What a person sees, and what is in the trash, the ids left out: the same on every device once
  /// all have synced.
  func canonical() throws -> [String] {
    var lines: [String] = []
    var paths: [Int64: String] = [:]
    let categories = try store.syncCategories()
    let uids = Dictionary(uniqueKeysWithValues: categories.map { ($0.row.id, $0.row.uid) })
    for (row, whole) in categories {
      // One in the trash keeps the whole name that it had when it went there.
      let path = row.isLive ? whole : "\(row.name) of \(uids[row.home ?? 0]?.text ?? "nothing")"
      paths[row.id] = path
      lines.append(
        "\(row.isLive ? "c" : "C") \(path) \(row.uid) \(text(row, .note)) "
          + "\(text(row, .createdAt)) \(text(row, .modifiedAt)) \(row.deletedAt ?? 0)")
      for (rank, entry) in try store.syncOrder(row.id).enumerated() {
        lines.append("\(path)@\(rank + 1) \(try favourite(entry.id))")
      }
    }
    for id in try store.syncFavouriteIDs() {
      guard let row = try store.syncFavourite(id), !row.isLive else { continue }
      lines.append("trash \(paths[row.home ?? 0] ?? "?") \(try favourite(id))")
    }
    return lines.sorted()
  }

  private func favourite(_ id: Int64) throws -> String {
    guard let row = try store.syncFavourite(id) else { return "?" }
    let tags = row.tags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let metadata = row.metadata.sorted { $0.key < $1.key }
      .map { "\($0.value.key)=\($0.value.value.text)" }
    return
      "\(row.uid) \(row.name) \(text(row, .url)) \(text(row, .note)) \(tags) \(metadata) "
      + "\(text(row, .createdAt)) \(text(row, .modifiedAt)) \(text(row, .openedAt)) "
      + "\(row.opened) \(row.deletedAt ?? 0)"
  }

  private func text(_ row: SyncRow, _ column: FavouriteColumn) -> String {
    row[column].text ?? row[column].whole.map(String.init) ?? (column.kind == .time ? "0" : "-")
  }
}
