/// One manifest that a device published.
package struct Publication: Hashable, Sendable {
  package let seq: Int64
  /// Sixteen random hexadecimal digits.
  package let id: String

  package init(seq: Int64, id: String) {
    self.seq = seq
    self.id = id
  }

  package init?(_ value: JSONValue) {
    guard case .array(let parts) = value, parts.count == 2, case .integer(let seq) = parts[0],
      case .string(let id) = parts[1], id.utf8.count == 16, (1..<1 << 40).contains(seq)
    else { return nil }
    self.init(seq: seq, id: id)
  }

  package func write(to json: inout JSONWriter) {
    json.beginArray()
    json.integer(seq)
    json.string(id)
    json.endArray()
  }
}

/// Another device, and how much of it was merged.
package struct SyncPeer: Equatable, Sendable {
  package var name = ""
  package var seq: Int64 = 0
  package var publication = ""
  package var ms: Int64 = 0
  package var recent: [Publication] = []
  /// The name of its manifest, so that an unchanged one is not read again.
  package var manifest = ""

  package init() {}
}

/// A publication that is not known to have arrived.
package struct PendingPublication: Equatable, Sendable {
  package var manifest: String
  package var seq: Int64
  package var ms: Int64
  package var recent: [Publication]
  /// Whether all own segments were processed.
  package var isWhole: Bool
  /// The number of deletions known.
  package var purged: Int64

  package init(
    manifest: String, seq: Int64, ms: Int64, recent: [Publication], isWhole: Bool, purged: Int64
  ) {
    self.manifest = manifest
    self.seq = seq
    self.ms = ms
    self.recent = recent
    self.isWhole = isWhole
    self.purged = purged
  }
}

/// The sync state of a file.
package struct SyncState: Equatable, Sendable {
  /// The remote.
  package var remote = ""
  package var set: UID?
  /// The recipients for whom sent data is encrypted, as the program age writes them; empty for no
  /// encryption.
  package var recipients: [String] = []
  /// The uid of this file as a device; nil before the first sync.
  package var me: UID?
  /// The machine that the file was on.
  package var host = ""
  /// All uids that it has used as a device.
  package var mine: Set<UID> = []
  /// The last change that was processed.
  package var mark: Int64 = 0
  /// The last own stamp, the greatest of all stamps, and how far others are ahead of this clock, in
  /// milliseconds.
  package var last: Int64 = 0
  package var seen: Int64 = 0
  package var ahead: Int64 = 0
  /// The number of publications, and the stamp of the last one.
  package var seq: Int64 = 0
  package var ms: Int64 = 0
  package var recent: [Publication] = []
  /// The name of the last manifest; empty if there is none.
  package var manifest = ""
  package var pending: PendingPublication?
  /// Whether the unsent data dates from the first sync.
  package var isFirst = false
  /// Whether own segments may hold deleted data.
  package var isUnclean = false
  /// How many registers changed since all own segments were processed.
  package var churn: Int64 = 0
  package var was: [UID: Int64] = [:]
  package var retired: Set<UID> = []
  package var peers: [UID: SyncPeer] = [:]
  /// The state of the remote after the last sync, in the driver's format: if unchanged, nothing has
  /// to be read.
  package var listing = ""
  /// When the last sync ended, in milliseconds.
  package var syncedAt: Int64 = 0

  package init() {}
}
