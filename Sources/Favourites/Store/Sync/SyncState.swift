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

/// Another device, and what of it was merged.
package struct SyncPeer: Equatable, Sendable {
  package var name = ""
  package var seq: Int64 = 0
  package var publication = ""
  package var ms: Int64 = 0
  package var recent: [Publication] = []
  /// The name of its manifest, so that one that is the same is not read.
  package var manifest = ""

  package init() {}
}

/// What was published and is not known to have arrived.
package struct PendingPublication: Equatable, Sendable {
  package var manifest: String
  package var seq: Int64
  package var ms: Int64
  package var recent: [Publication]
  /// Whether all own segments were looked through.
  package var isWhole: Bool
  /// How many emptied things were known.
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

/// What a file knows of its syncs.
package struct SyncState: Equatable, Sendable {
  /// Where it syncs with.
  package var remote = ""
  package var set: UID?
  /// For whom what is sent is encrypted, in the words of the program age; empty where it is not.
  package var recipients: [String] = []
  /// What this file calls itself; nil before the first sync.
  package var me: UID?
  /// The machine that it was on.
  package var host = ""
  /// All that it ever called itself.
  package var mine: Set<UID> = []
  /// The last change that was looked through.
  package var mark: Int64 = 0
  /// The last own stamp, the greatest of all, and by how much others are ahead of this clock, in milliseconds.
  package var last: Int64 = 0
  package var seen: Int64 = 0
  package var ahead: Int64 = 0
  /// How often it has published, and the stamp of the last time.
  package var seq: Int64 = 0
  package var ms: Int64 = 0
  package var recent: [Publication] = []
  /// The name of the last manifest; empty for none.
  package var manifest = ""
  package var pending: PendingPublication?
  /// Whether what is unsent was there at the first sync.
  package var isFirst = false
  /// Whether own segments may hold what was emptied.
  package var isUnclean = false
  /// How many registers changed since all own segments were looked through.
  package var churn: Int64 = 0
  package var was: [UID: Int64] = [:]
  package var retired: Set<UID> = []
  package var peers: [UID: SyncPeer] = [:]
  /// The remote as it was left, in the driver's words: where it is the same, nothing has to be read.
  package var listing = ""
  /// When the last sync ended, in milliseconds.
  package var syncedAt: Int64 = 0

  package init() {}
}
